"""Ledgers of chapters 五 and 六: distinctive schools, labour sites, brands, resource centres."""

from __future__ import annotations

from gengdu.demo.ledger import Ledger, by_steps
from gengdu.demo.moments import day
from gengdu.demo.school_list import RURAL_COMPULSORY, RURAL_OPEN

DISTINCTIVE = (
    (day("2022-12-06"), 3),
    (day("2023-12-05"), 5),
    (day("2024-12-03"), 7),
    (day("2025-12-02"), 9),
    (day("2026-05-12"), 10),
)
SPECIALITIES = (
    "海洋教育",
    "耕读教育",
    "剪纸",
    "渔家锣鼓",
    "足球",
    "劳动教育",
    "胶东面塑",
    "科创",
    "书法",
    "合唱",
)
LABOUR_SITES = (
    (day("2021-10-12"), 4),
    (day("2022-10-11"), 7),
    (day("2023-10-10"), 9),
    (day("2024-10-15"), 12),
    (day("2025-10-14"), 15),
)
LABOUR_NAMES = (
    "校园百草园",
    "苹果园劳动实践基地",
    "海带养殖体验场",
    "花生种植园",
    "渔具编织坊",
    "温室大棚",
)
DISTRICT_BRAND = (day("2025-06-18"), "示例“海耕园”校外教育品牌")
SCHOOL_BRANDS = (
    ("gushan", day("2024-09-20"), "示例山海少年宫"),
    ("haixitou", day("2025-03-18"), "示例赶海课堂"),
    ("xiaoyao", day("2026-04-14"), "示例逍遥农场"),
)
RESOURCE_CENTRES = (("崮山镇", "gushan", day("2022-09-01")), ("泊于镇", "boyu", day("2024-11-15")))


def write(ledger: Ledger) -> None:
    """Write the ledgers of both chapters; aid and dropout cases are written with the pupils."""
    _distinctive(ledger)
    _labour_sites(ledger)
    _brands(ledger)
    for town, key, starts_on in RESOURCE_CENTRES:
        ledger.entry(
            "inclusion_resourcecentre", starts_on, town_id=ledger.places[town].place_id,
            school_id=ledger.school(key),
        )  # fmt: skip


def _distinctive(ledger: Ledger) -> None:
    keys = ledger.shuffled(spec.key for spec in RURAL_COMPULSORY)
    for number, (key, starts_on) in enumerate(by_steps(keys, DISTINCTIVE)):
        ledger.entry(
            "school_character_distinctiveschool", starts_on, school_id=ledger.school(key),
            speciality=SPECIALITIES[number],
        )  # fmt: skip


def _labour_sites(ledger: Ledger) -> None:
    keys = ledger.shuffled(spec.key for spec in RURAL_OPEN)
    for number, (key, starts_on) in enumerate(by_steps(keys, LABOUR_SITES)):
        ledger.entry(
            "school_character_laboursite", starts_on, school_id=ledger.school(key),
            name=f"示例{LABOUR_NAMES[number % len(LABOUR_NAMES)]}",
        )  # fmt: skip


def _brands(ledger: Ledger) -> None:
    table = "school_character_outofschoolbrand"
    if ledger.copy.is_demo:
        starts_on, name = DISTRICT_BRAND
        ledger.entry(table, starts_on, name=name)
    for key, starts_on, name in SCHOOL_BRANDS:
        ledger.entry(table, starts_on, school_id=ledger.school(key), name=ledger.copy.name(name))
