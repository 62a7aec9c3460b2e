"""Writes the bodies that lead or help, under the names of the plan, and invented officers."""

from __future__ import annotations

from datetime import date
from random import Random

from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.rows import Rows
from gengdu.policy import facts

TOWN_BODIES = {"gushan_town": "崮山镇", "boyu_town": "泊于镇"}
SINCE = date(2018, 6, 30)
OFFICERS_SINCE = date(2023, 9, 1)
DUTIES = (("leader", "分管负责人（示例）"), ("liaison", "科室联络员（示例）"))
SURNAMES = "王李张刘陈于孙丛姜宋"


def write(copy: Copy, rows: Rows, geography: Geography) -> None:
    """Write every body of the plan with its name, another name, and who answers for it."""
    rng = copy.rng("bodies")
    named: list[tuple[int, str]] = []
    for key, name in facts.plan().bodies.items():
        town = geography[TOWN_BODIES[key]].place_id if key in TOWN_BODIES else None
        body = rows.add("bodies_body", key=key, town_id=town)
        rows.add_dated("bodies_bodyname", rng, SINCE, body_id=body, name=name)
        named.append((body, name))
    people_of = copy.rng("officers of bodies")
    for number, (body, name) in enumerate(named, start=1):
        rows.add_known(
            "bodies_bodyalias", people_of, OFFICERS_SINCE, body_id=body, alias=f"{name}（示例别称）"
        )
        _officers(rows, people_of, body, number)


def _officers(rows: Rows, rng: Random, body: int, number: int) -> None:
    """Write who answers for a body: invented, as name, post and telephone number say."""
    for place, (duty, post) in enumerate(DUTIES):
        surname = SURNAMES[int(rng.random() * len(SURNAMES))]
        rows.add_dated(
            "bodies_bodyofficer", rng, OFFICERS_SINCE, body_id=body, duty=duty,
            name=f"示例{surname}同志", post=post, phone=f"0631-{2 * number + place:07d}",
        )  # fmt: skip
