"""Writes the bodies that lead or help, under the names of the plan."""

from __future__ import annotations

from datetime import date

from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.rows import Rows
from gengdu.policy import facts

TOWN_BODIES = {"gushan_town": "崮山镇", "boyu_town": "泊于镇"}
SINCE = date(2018, 6, 30)


def write(copy: Copy, rows: Rows, geography: Geography) -> None:
    """Write every body of the plan with its name."""
    rng = copy.rng("bodies")
    for key, name in facts.plan().bodies.items():
        town = geography[TOWN_BODIES[key]].place_id if key in TOWN_BODIES else None
        body = rows.add("bodies_body", key=key, town_id=town)
        rows.add_dated("bodies_bodyname", rng, SINCE, body_id=body, name=name)
