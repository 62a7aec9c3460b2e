"""Who leads the schools, and from when: terms of three years, as data.

A seat passes through incumbents; each has a kind that fixes the age: `young` stays under 46 to the
last day and beyond, `edge` turns 46 in the last quarter of 2026, `old` is over 45 throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from gengdu.demo.school_list import MERGED_ON, SCHOOLS, Spec

TERM_YEARS = 3


@dataclass(frozen=True)
class Incumbency:
    """One leader in one seat.

    Attributes:
        person: Names somebody who leads more than one school; empty for a person met once.
        first: Year in which the first term began, always on 1 September.
        terms: How many terms, the running one included.
    """

    first: int
    terms: int
    age_kind: str = "old"
    person: str = ""
    trained_late: bool = False


@dataclass(frozen=True)
class Seat:
    """The office of a head or deputy at one school."""

    school: str
    role: str
    incumbents: tuple[Incumbency, ...]


EXCHANGED = ("city_head", "rural_head", "city_deputy")
"""Three who served two full terms and were then sent across, in September 2024."""


def _one(first: int, terms: int, age_kind: str = "old", person: str = "") -> Incumbency:
    return Incumbency(first, terms, age_kind, person)


TRAINED_LATE = Incumbency(2025, 1, trained_late=True)
SPECIAL_SEATS: dict[tuple[str, str, int], tuple[Incumbency, ...]] = {
    # 任满两届后城乡交流的三人
    ("changfeng", "head", 0): (_one(2018, 2, "old", "city_head"), _one(2024, 1, "", "rural_head")),
    ("boyu", "head", 0): (_one(2018, 2, "old", "rural_head"), _one(2024, 1, "", "city_head")),
    ("fenglin", "deputy", 0): (_one(2018, 2, "young", "city_deputy"), _one(2024, 1)),
    ("jiujiatuan", "head", 0): (_one(2021, 1), _one(2024, 1, "young", "city_deputy")),
    # 任满两届仍在原校的两人
    ("haiquan", "head", 0): (_one(2018, 3),),
    ("gushan_j", "head", 0): (_one(2020, 3),),
    # 乡村校长年龄结构逐年改善
    ("gushan", "head", 0): (_one(2021, 2, "edge"),),
    ("haixitou", "head", 0): (_one(2020, 1), _one(2023, 2, "young")),
    ("guanzhuang", "head", 0): (_one(2019, 1), _one(2022, 2, "edge")),
    ("wenquanzhai", "head", 0): (_one(2019, 1), _one(2022, 2, "young")),
    ("hukou", "head", 0): (_one(2021, 2, "edge"),),
    ("shalongwang", "head", 0): (_one(2019, 1, "young"), _one(2022, 2, "young")),
    ("wuzhuhe", "head", 0): (_one(2019, 1), _one(2022, 2, "young")),
    ("linghou", "head", 0): (_one(2021, 1),),
    ("boyu_j", "head", 0): (_one(2020, 1), _one(2023, 1), _one(2026, 1, "young")),
    ("xiaoyao", "head", 0): (_one(2019, 1), _one(2022, 2)),
    ("gushan", "deputy", 0): (_one(2019, 1), _one(2022, 2)),
    ("gushan", "deputy", 1): (_one(2025, 1),),
    ("boyu", "deputy", 0): (_one(2021, 1, "young"), _one(2024, 1, "young")),
    ("wuzhuhe", "deputy", 0): (_one(2024, 1),),
    ("gushan_j", "deputy", 0): (_one(2020, 1), _one(2023, 2)),
    ("boyu_j", "deputy", 0): (_one(2021, 2),),
    ("jiujiatuan", "deputy", 0): (_one(2019, 1), _one(2022, 2)),
    ("gushan_k", "head", 0): (_one(2021, 2),),
    ("santan_k", "head", 0): (_one(2020, 1, "young"), _one(2023, 2, "young")),
    ("wuzhuhe_k", "head", 0): (_one(2019, 1), _one(2022, 1), TRAINED_LATE),
    ("miaokou_k", "head", 0): (_one(2021, 2, "young"),),
    ("baojiashan_k", "head", 0): (_one(2020, 1), _one(2023, 2)),
    ("boyu_k", "head", 0): (_one(2019, 1), _one(2022, 2)),
    ("puwan_k", "head", 0): (_one(2021, 1, "young"), _one(2024, 1, "young")),
    ("xiaoyao_k", "head", 0): (_one(2020, 1), _one(2023, 1), _one(2026, 1)),
    ("dadengge_k", "head", 0): (_one(2019, 1), _one(2022, 2)),
    ("chejiagou_k", "head", 0): (_one(2021, 1), _one(2024, 1)),
    ("xiazhuang_k", "head", 0): (_one(2019, 1), _one(2022, 1)),
}  # fmt: skip
_CITY_CYCLES = (
    (_one(2021, 1), _one(2024, 1)),
    (_one(2019, 1), _one(2022, 2)),
    (_one(2020, 1), _one(2023, 2)),
    (_one(2019, 1, "young"), _one(2022, 1), _one(2025, 1, "young")),
    (_one(2020, 1), _one(2023, 1, "young"), _one(2026, 1)),
)


def seats() -> tuple[Seat, ...]:
    """Return every seat of the district with its incumbents."""
    found: list[Seat] = []
    for spec in SCHOOLS:
        names = [("head", 0), *(("deputy", number) for number in range(max(spec.deputies)))]
        found += [
            Seat(spec.key, role, _incumbents(spec, role, number, len(found)))
            for role, number in names
        ]
    return tuple(found)


def _incumbents(spec: Spec, role: str, number: int, position: int) -> tuple[Incumbency, ...]:
    special = SPECIAL_SEATS.get((spec.key, role, number))
    if special is not None:
        return special
    if spec.opened_on.year > MERGED_ON.year - TERM_YEARS:
        return (_one(spec.opened_on.year, 2),)
    return _CITY_CYCLES[(position + number) % len(_CITY_CYCLES)]
