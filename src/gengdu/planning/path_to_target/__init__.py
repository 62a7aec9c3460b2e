"""The cheapest set of actions by which every school and every coefficient of a county passes.

A mixed-integer second-order cone problem: lines of schools are linear, a coefficient of variation
at its limit is a cone over the pupils' weights. It is solved by outer approximation on HiGHS: each
round's bound holds for the problem itself, and what is answered has been checked with exact
fractions, so the gap that is told is proven.
"""

from gengdu.planning.path_to_target.culprits import Culprit, Culprits, find_culprits
from gengdu.planning.path_to_target.plan import Move, Plan, Standing
from gengdu.planning.path_to_target.problem import (
    Action,
    Budget,
    Held,
    Place,
    Problem,
    Rules,
    Transfer,
)
from gengdu.planning.path_to_target.solving import Effort, NoPath, Reach, furthest, solve

__all__ = [
    "Action", "Budget", "Culprit", "Culprits", "Effort", "Held", "Move", "NoPath", "Place", "Plan",
    "Problem", "Reach", "Rules", "Standing", "Transfer", "find_culprits", "furthest", "solve",
]  # fmt: skip
