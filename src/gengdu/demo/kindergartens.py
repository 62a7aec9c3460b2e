"""What the demo's kindergartens report of space and books: all of it invented.

Nothing is drawn by chance here, so that whatever else the demo holds stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from gengdu.demo.moments import LAST_YEAR
from gengdu.demo.school_list import Spec

ASKED_FROM = LAST_YEAR - 1
"""Since this school year the report asks for it."""
PER_CHILD: Mapping[str, float] = {
    "outdoor_activity_area_m2": 4.8,
    "activity_room_area_m2": 9.2,
    "building_area_m2": 12.1,
    "picture_books": 5.5,
}
LESS: Mapping[tuple[str, str], float] = {
    ("tianlong_k", "outdoor_activity_area_m2"): 2.9,
    ("lidu_k", "outdoor_activity_area_m2"): 3.4,
    ("xiaoyao_k", "building_area_m2"): 9.6,
    ("santan_k", "picture_books"): 1.9,
}
"""What these have for each child; one is new, and only another province asks for books."""
PLANNED = {"haitong_k": 2017, "lidu_k": 2018, "wenshan_k": 2020}
NOT_SAID = ("dadengge_k",)
"""These did not report when they were planned."""
OTHERS_PLANNED = 2012


def of_report(spec: Spec, year: int, children: float) -> dict[str, float | int]:
    """Return what a kindergarten reports; nothing of a school, or before it was asked.

    Args:
        spec: The kindergarten.
        year: In which the school year begins.
        children: Whom it has.
    """
    if year < ASKED_FROM or not spec.is_kindergarten:
        return {}
    found: dict[str, float | int] = {
        item: round(LESS.get((spec.key, item), usual) * children)
        for item, usual in PER_CHILD.items()
    }
    if spec.key not in NOT_SAID:
        found["planned_in"] = PLANNED.get(spec.key, OTHERS_PLANNED)
    return found
