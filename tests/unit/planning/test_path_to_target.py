"""The shortest path: known optima, what holds of every plan, and why there may be none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from gengdu.planning.path_to_target import (
    Action,
    Budget,
    Effort,
    Held,
    NoPath,
    Plan,
    Problem,
    Rules,
    Transfer,
    find_culprits,
    furthest,
    solve,
)
from gengdu.planning.path_to_target.choices import Choices, choices_of
from gengdu.planning.path_to_target.plan import standing_at
from gengdu.planning.path_to_target.rule_of_thumb import by_hand
from tests.unit.planning.counties import RULES, build, county, drawn, hire, place

EXACTLY = Effort(gap=Fraction(0))
STRICT = Rules(needed=2, floor=Fraction(85, 100), limits={"primary": Fraction(1, 2)})


def done(plan: Plan) -> dict[tuple[str, str], int]:
    return {(column.action, column.school): count for column, count in plan.done}


# Cases whose cheapest plan is known


def test_a_county_that_passes_needs_nothing() -> None:
    plan = solve(county(place("A", 100, teachers=5, rooms=2), actions=(hire(), build())))

    assert (plan.cost, plan.bound, plan.done, plan.moves) == (0, 0, [], [])


def test_one_of_two_indicators_may_stay_at_the_floor_and_the_dearer_one_does() -> None:
    problem = county(place("A", 100, teachers=0, rooms=0), actions=(hire(), build()))
    wide = replace(problem, rules=replace(RULES, limits={"primary": Fraction(9)}))

    plan = solve(wide, effort=EXACTLY)

    # 5 teachers reach the line; of the rooms 1.7 are enough, so 2. The other way round is 5 and 2.
    assert done(plan) == {("hire", "A"): 5, ("build", "A"): 2}
    assert plan.cost == 5 * 100 + 2 * 300


def with_rooms(problem: Problem, rooms: str) -> Problem:
    """Return a county of one place with so many rooms, even a part of one."""
    there = problem.places[0]
    held = dict(there.held) | {"rooms": Held(Fraction(rooms), Fraction(100), Fraction(2), 100)}
    return replace(problem, places=(replace(there, held=held),))


def test_a_value_on_its_floor_is_on_it() -> None:
    problem = county(place("A", 100, teachers=5), actions=(build(),))

    assert solve(with_rooms(problem, "1.7")).cost == 0
    assert solve(with_rooms(problem, "1.6999")).cost == 300


def test_a_move_is_chosen_where_it_is_cheaper_and_the_giver_keeps_its_line() -> None:
    rich = place("rich", 100, teachers=7, rooms=2, kinds={("teachers",): 7})
    poor = place("poor", 100, teachers=3, rooms=2, kinds={("teachers",): 3})
    problem = county(rich, poor, actions=(hire(),), rules=STRICT,
                     transfer=Transfer("move", Fraction(30), most_out_otherwise=9))  # fmt: skip

    plan = solve(problem, effort=EXACTLY)

    assert [(m.giver, m.taker, m.teachers) for m in plan.moves] == [("rich", "poor", 2)]
    assert (plan.cost, plan.done) == (60, [])


def test_a_giver_never_falls_below_its_line_even_if_it_would_still_pass() -> None:
    rich = place("rich", 100, teachers=5, rooms=2, kinds={("teachers",): 5})
    poor = place("poor", 100, teachers=4, rooms=2, kinds={("teachers",): 4})
    problem = county(rich, poor, actions=(hire(),), rules=STRICT,
                     transfer=Transfer("move", Fraction(1), most_out_otherwise=9))  # fmt: skip

    plan = solve(problem, effort=EXACTLY)

    assert (plan.moves, done(plan)) == ([], {("hire", "poor"): 1})


def test_teachers_move_within_their_town_first() -> None:
    giver = {("teachers",): 9}
    schools = [
        place("A", 100, teachers=9, rooms=2, kinds=giver, area="north"),
        place("B", 100, teachers=9, rooms=2, kinds=giver, area="south"),
        place("C", 100, teachers=4, rooms=2, kinds={("teachers",): 4}, area="south"),
        place("D", 100, teachers=4, rooms=2, kinds={("teachers",): 4}, area="north"),
    ]
    transfer = Transfer("move", Fraction(1), most_out_otherwise=1)

    plan = solve(county(*schools, transfer=transfer, rules=STRICT), effort=EXACTLY)

    assert {(m.giver, m.taker) for m in plan.moves} == {("A", "D"), ("B", "C")}


def test_a_coefficient_at_its_limit_is_within_it() -> None:
    # Values 1 and 3 of the line and equal weights: mean 2, deviation 1, coefficient exactly 1/2.
    schools = (place("A", 100, teachers=5, rooms=2), place("B", 100, teachers=15, rooms=2))
    just = replace(RULES, limits={"primary": Fraction(1, 2)})
    under = replace(RULES, limits={"primary": Fraction(499, 1000)})

    assert solve(county(*schools, actions=(hire(),), rules=just)).cost == 0
    assert done(solve(county(*schools, actions=(hire(),), rules=under))) == {("hire", "A"): 1}


def test_a_coefficient_may_ask_for_more_than_the_lines() -> None:
    schools = (place("A", 100, teachers=5, rooms=2), place("B", 300, teachers=60, rooms=6))
    limited = replace(STRICT, limits={"primary": Fraction(3, 10)})
    plan = solve(county(*schools, actions=(hire(most=30),), rules=limited), effort=EXACTLY)

    assert standing_at(plan.choices, plan.choices.levels).failing == ()
    # x per hundred at A and 20 at B, weights 1/4 and 3/4: the deviation is √3·(20 - x)/4, the mean
    # (x + 60)/4; squared, so that nothing is rounded.
    least = min(x for x in range(5, 21) if 3 * (20 - x) ** 2 <= Fraction(9, 100) * (x + 60) ** 2)
    assert done(plan) == {("hire", "A"): least - 5}


def test_a_room_of_a_school_counts_for_both_its_stages() -> None:
    primary = place("A", 100, teachers=5, rooms=3)
    shared = Held(Fraction(3), Fraction(200), Fraction(2), 100)
    both = (
        replace(primary, held=dict(primary.held) | {"rooms": shared}),
        replace(primary, stage="junior", held=dict(primary.held) | {"rooms": shared}),
    )
    plan = solve(county(*both, actions=(build(),), rules=replace(RULES, needed=2)), effort=EXACTLY)

    assert done(plan) == {("build", "A"): 1}


# What holds of every plan


def everything(choices: Choices) -> list[tuple[int, ...]]:
    return list(product(*(range(column.most + 1) for column in choices.columns)))


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 9, 11])
def test_no_plan_of_a_small_county_is_cheaper(seed: int) -> None:
    problem = drawn(seed, schools=2)
    choices = choices_of(problem)
    costs = [
        choices.cost(list(times))
        for times in everything(choices)
        if not choices.breaks_limit(list(times))
        and standing_at(choices, choices.levels_after(list(times))).passes
    ]

    if costs:
        plan = solve(problem, effort=EXACTLY)
        assert plan.cost == min(costs)
        assert plan.bound <= plan.cost
    else:
        with pytest.raises(NoPath) as caught:
            solve(problem)
        assert caught.value.is_proven


@pytest.mark.parametrize("seed", range(10))
def test_a_plan_passes_keeps_every_limit_and_costs_no_more_than_by_hand(seed: int) -> None:
    problem = drawn(seed, schools=6)
    try:
        plan = solve(problem)
    except NoPath:
        assert by_hand(choices_of(problem)) is None
        return
    choices, times = plan.choices, list(plan.times)

    assert not choices.breaks_limit(times)
    assert standing_at(choices, choices.levels_after(times)).passes
    assert plan.bound <= plan.cost == choices.cost(times)
    assert plan.gap <= Fraction(1, 100)
    assert plan.greedy_cost is None or plan.cost <= plan.greedy_cost
    assert solve(problem).times == plan.times


def passing_with(problem: Problem, yuan: int) -> tuple[int, Fraction]:
    reach = furthest(replace(problem, budgets=(Budget("money", Fraction(yuan)),)), effort=EXACTLY)
    assert reach.plan.cost <= yuan
    assert reach.passing <= reach.at_most <= reach.failing_now
    return reach.passing, reach.plan.cost


@pytest.mark.parametrize("seed", [1, 4, 5])
def test_more_money_never_reaches_less_far(seed: int) -> None:
    problem = drawn(seed, schools=5)
    reached = [passing_with(problem, yuan)[0] for yuan in (0, 200, 500, 1000, 2000)]

    assert reached[0] == 0
    assert reached == sorted(reached)


def test_with_enough_money_all_pass_at_the_cost_of_the_cheapest_plan() -> None:
    problem = drawn(1, schools=5)
    plan = solve(problem, effort=EXACTLY)

    reach = furthest(replace(problem, budgets=(Budget("money", plan.cost),)), effort=EXACTLY)

    assert reach.passing == reach.failing_now
    assert reach.plan.cost == plan.cost


# Why there is none


def test_the_budget_that_is_too_small_is_named_with_what_it_lacks() -> None:
    problem = county(
        place("A", 100, teachers=2, rooms=2), actions=(hire(),), rules=STRICT,
        budgets=(Budget("pay", Fraction(250), frozenset({"hire"})), Budget("all", Fraction(9999))),
    )  # fmt: skip
    with pytest.raises(NoPath) as caught:
        solve(problem)
    culprits = find_culprits(caught.value.choices)

    assert [(one.group, one.needed) for one in culprits.limits] == [(("budget", "pay"), 50)]
    assert culprits.requirements == (("school", "A", "primary"),)
    assert culprits.is_minimal


def test_the_school_that_has_no_room_is_named() -> None:
    problem = county(
        place("A", 100, teachers=5, rooms=0), place("B", 100, teachers=5, rooms=1),
        actions=(replace(build(), most_each={("A", ""): 1}),), rules=STRICT,
    )  # fmt: skip
    with pytest.raises(NoPath) as caught:
        solve(problem)
    culprits = find_culprits(caught.value.choices)

    assert [(c.group, c.needed) for c in culprits.limits] == [(("each", "build", "A", ""), 1)]
    assert culprits.requirements == (("school", "A", "primary"),)


def test_posts_for_the_whole_county_conflict_with_the_schools_that_need_them() -> None:
    problem = county(
        place("A", 100, teachers=3, rooms=2), place("B", 100, teachers=4, rooms=2),
        actions=(hire(most_together=2),), rules=STRICT,
    )  # fmt: skip
    with pytest.raises(NoPath) as caught:
        solve(problem)
    culprits = find_culprits(caught.value.choices)

    assert [(c.group, c.needed) for c in culprits.limits] == [(("together", "hire"), 1)]
    assert culprits.requirements == (("school", "A", "primary"), ("school", "B", "primary"))


def test_a_coefficient_that_no_allowed_action_narrows_is_named() -> None:
    schools = (place("A", 100, teachers=5, rooms=2), place("B", 100, teachers=40, rooms=2))
    with pytest.raises(NoPath) as caught:
        solve(county(*schools, actions=(hire(most=3),)))
    culprits = find_culprits(caught.value.choices)

    assert ("coefficient", "primary", "teachers") in culprits.requirements
    assert ("each", "hire", "A", "primary") in [one.group for one in culprits.limits]


def test_where_only_whole_numbers_conflict_the_limit_that_resolves_it_is_named() -> None:
    # Half a teacher would do for each; two halves fit into one post, two teachers do not.
    schools = [place(name, 90, teachers=4, rooms=2) for name in ("A", "B")]
    with pytest.raises(NoPath) as caught:
        solve(county(*schools, actions=(hire(most_together=1),), rules=STRICT))
    culprits = find_culprits(caught.value.choices)

    assert not culprits.is_minimal
    assert [one.group for one in culprits.limits] == [("together", "hire")]


@pytest.mark.parametrize("seed", [0, 3, 5, 6, 7, 9, 10, 14])
@pytest.mark.parametrize("part", [Fraction(0), Fraction(1, 2), Fraction(99, 100)])
def test_what_a_budget_lacks_and_what_it_has_are_the_cost_of_the_cheapest_plan(
    seed: int, part: Fraction
) -> None:
    problem = drawn(seed)
    cost = solve(problem, effort=EXACTLY).cost
    with pytest.raises(NoPath) as caught:
        solve(replace(problem, budgets=(Budget("all", cost * part),)))
    culprits = find_culprits(caught.value.choices)

    needed = {one.group: one.needed for one in culprits.limits}["budget", "all"]
    assert needed is not None
    assert abs(cost * part + needed - cost) < 1


# Bad input


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda: {"rules": Rules(1, Fraction(1), {"junior": Fraction(1)})},
            "no limit for this stage",
        ),
        (lambda: {"places": (place("A", 0),)}, "pupils"),
        (lambda: {"places": (place("A", 9), place("A", 8))}, "stands twice"),
        (lambda: {"actions": (hire(), hire())}, "stands twice"),
        (lambda: {"actions": (hire(-1),)}, "below zero"),
        (lambda: {"actions": (Action("x", {"rooms": Fraction(1)}, Fraction(1)),)}, "wrong level"),
        (
            lambda: {"actions": (Action("x", {"money": Fraction(1)}, Fraction(1)),)},
            "no such indicator",
        ),
        (lambda: {"budgets": (Budget("b", Fraction(1), frozenset({"y"})),)}, "no such action"),
        (lambda: {"transfer": Transfer("move", Fraction(0))}, "a move costs something"),
    ],
)
def test_what_contradicts_itself_is_refused(change: object, told: str) -> None:
    fine = county(place("A", 100, teachers=5, rooms=2), actions=(hire(),))

    with pytest.raises(ValueError, match=told):
        replace(fine, **change())  # type: ignore[operator]


def test_a_place_that_lacks_a_number_is_refused_with_its_name() -> None:
    whole = place("A", 100, teachers=5, rooms=2)
    blank = replace(whole, held={"teachers": whole.held["teachers"]})

    with pytest.raises(ValueError, match="A primary: not reported: rooms"):
        county(blank)
