"""path_district, path_county: the cheapest way to pass, beside the rule of thumb.

A scale is a number of schools. Seconds are the median over several drawn counties, p95_ms the
slowest of them; the yardstick is what a careful officer does by hand, with by how much the plan is
cheaper and the widest gap that is left unproven. Every plan is checked by its own exact standing.
"""

from __future__ import annotations

import resource
import statistics
import time
from datetime import datetime
from typing import Any

from bench import path_counties
from gengdu.planning.path_to_target import solve
from gengdu.planning.path_to_target.choices import choices_of
from gengdu.planning.path_to_target.rule_of_thumb import by_hand

SEEDS = {24: 8, 300: 3}


def run(scale: int) -> list[dict[str, Any]]:
    """Solve some drawn counties of a size."""
    took, by_rule, gaps, cheaper = [], [], [], []
    for seed in range(SEEDS.get(scale, 3)):
        problem = path_counties.drawn(scale, seed)
        started = time.perf_counter()
        plan = solve(problem)
        took.append(time.perf_counter() - started)
        assert plan.standing.passes, f"seed {seed}: not everything passes"
        started = time.perf_counter()
        by_hand(choices_of(problem))
        by_rule.append(time.perf_counter() - started)
        gaps.append(plan.gap)
        if plan.greedy_cost is not None:
            assert plan.cost <= plan.greedy_cost, f"seed {seed}: dearer than by hand"
            cheaper.append(float(1 - plan.cost / plan.greedy_cost))
    middle, hand = statistics.median(took), statistics.median(by_rule)
    saved = f"{100 * statistics.median(cheaper):.1f} %" if cheaper else "—"
    yardstick = (
        f"rule of thumb (found a way in {len(cheaper)} of {len(took)}; "
        f"the plan is {saved} cheaper; "
        f"widest gap {100 * float(max(gaps)):.2f} %)"
    )
    return [{
        "name": "path_district" if scale < 100 else "path_county", "scale": scale,
        "seconds": round(middle, 4), "yardstick": yardstick, "yardstick_seconds": round(hand, 4),
        "ratio": round(middle / hand, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "p95_ms": round(1000 * max(took), 1), "on": datetime.now().astimezone().date().isoformat(),
    }]  # fmt: skip
