"""Ledgers of chapter 二: pilot towns and clusters, partnerships, researchers."""

from __future__ import annotations

from datetime import date, timedelta

from gengdu.demo.ledger import Ledger, by_steps
from gengdu.demo.moments import LAST_DAY, LAST_YEAR, SCHOOL_YEARS, day
from gengdu.demo.school_list import (
    RURAL,
    RURAL_OPEN,
    RURAL_TOWNS,
    SCHOOLS,
    URBAN_COMPULSORY,
    Spec,
)

CLUSTERS = {"崮山学区": RURAL_TOWNS[:1], "泊于学区": RURAL_TOWNS[1:], "城区学区": ()}
CLUSTERS_FROM = day("2022-09-01")
GOALS = ("教师走教与师资共享到位", "学区统一质量监测并反馈", "学区课程资源共建完成")
EXHIBITIONS = (day("2023-05-19"), day("2024-05-24"), day("2025-05-23"), day("2026-05-22"))
MISSED = (2024, "城区学区")
PAIRED = (
    (day("2021-09-10"), 5),
    (day("2022-09-15"), 9),
    (day("2023-09-12"), 13),
    (day("2024-09-12"), 18),
    (day("2025-09-18"), 22),
)
KINDS = ("hosted", "named", "branch", "alliance", "paired", "paired")
URBAN_KINDERGARTENS = tuple(item for item in SCHOOLS if item.is_kindergarten and not item.in_plan)
VISITED = {
    2021: (14, 15),
    2022: (17, 18),
    2023: (22, 20),
    2024: (21, 21),
    2025: (22, 22),
    2026: (11, 0),
}
"""How many of the rural schools a researcher came to, by school year, in autumn and spring."""

VISIT_SUBJECTS = ("语文", "数学", "英语", "科学", "道德与法治", "体育", "音乐", "美术")


def write(ledger: Ledger) -> None:
    """Write the ledgers of the chapter."""
    _pilots(ledger)
    if ledger.copy.is_demo:
        _clusters(ledger)
    _partnerships(ledger)
    for year in SCHOOL_YEARS:
        _visits_of_year(ledger, year)


def _pilots(ledger: Ledger) -> None:
    gushan, boyu = (ledger.places[town].place_id for town in RURAL_TOWNS)
    table = "urban_rural_townshippilot"
    ledger.entry(table, day("2024-06-01"), town_id=gushan, kind="city")
    ledger.entry(table, day("2026-09-21"), state="at_bureau", town_id=boyu, kind="rollout")


def _clusters(ledger: Ledger) -> None:
    ids = {}
    for name, towns in CLUSTERS.items():
        cluster = ledger.rows.item("urban_rural_schoolcluster")
        ledger.entry(
            "urban_rural_schoolcluster", CLUSTERS_FROM, item_id=cluster, name=f"示例{name}"
        )
        ids[name] = cluster
        for spec in SCHOOLS:
            is_member = spec.town in towns if towns else not spec.in_plan
            if is_member and not spec.is_kindergarten:
                _member(ledger, cluster, spec)
        _goals(ledger, cluster, len(ids))
    for held_on in EXHIBITIONS:
        _exhibition(ledger, held_on, ids)


def _member(ledger: Ledger, cluster: int, spec: Spec) -> None:
    table, school = "urban_rural_clustermember", ledger.school(spec.key)
    if spec.closed_on is None:
        ledger.entry(table, CLUSTERS_FROM, cluster_id=cluster, school_id=school)
    else:
        ledger.ended(table, CLUSTERS_FROM, spec.closed_on, cluster_id=cluster, school_id=school)


def _goals(ledger: Ledger, cluster: int, number: int) -> None:
    """Write the goals of one cluster; of the five due so far in 2026 one was done late."""
    for year in range(2023, LAST_YEAR + 1):
        dues = [date(year, 6, 30), date(year, 12, 20)]
        if number < 3:
            dues.insert(1, date(year, 8, 31))
        for title, due_on in zip(GOALS, dues, strict=False):
            is_late = number == 2 and due_on in (day("2024-06-30"), day("2026-08-31"))
            done_on = due_on + timedelta(days=12 if is_late else -5 - number)
            ledger.task(
                "urban_rural_clustergoal", due_on, done_on if done_on <= LAST_DAY else None,
                cluster_id=cluster, title=f"{year}年：{title}",
            )  # fmt: skip


def _exhibition(ledger: Ledger, held_on: date, clusters: dict[str, int]) -> None:
    exhibition = ledger.rows.item("urban_rural_exhibition")
    ledger.event(
        "urban_rural_exhibition",
        held_on,
        item_id=exhibition,
        title=f"示例{held_on.year}年学区联研成果展评",
    )
    for name, cluster in clusters.items():
        if (held_on.year, name) != MISSED:
            ledger.rows.add_known(
                "urban_rural_exhibitionentry", ledger.rng, held_on,
                exhibition_id=exhibition, cluster_id=cluster,
            )  # fmt: skip


def _partnerships(ledger: Ledger) -> None:
    keys = ledger.shuffled(spec.key for spec in RURAL_OPEN)
    for key, starts_on in by_steps(keys, PAIRED):
        _agreements(ledger, key, starts_on)


def _agreements(ledger: Ledger, key: str, starts_on: date) -> None:
    """Write the agreements of one rural school, each of three years and renewed at once."""
    spec = next(item for item in RURAL if item.key == key)
    partners = URBAN_KINDERGARTENS[:5] if spec.is_kindergarten else _partners(spec)
    core = partners[int(ledger.rng.random() * len(partners))]
    kind = KINDS[int(ledger.rng.random() * len(KINDS))]
    while starts_on <= LAST_DAY:
        ends_on = date(starts_on.year + 3, starts_on.month, starts_on.day)
        ledger.entry(
            "urban_rural_partnership", starts_on, ends_on, core_school_id=ledger.school(core.key),
            rural_school_id=ledger.school(key), kind=kind,
        )  # fmt: skip
        starts_on = ends_on


def _partners(spec: Spec) -> list[Spec]:
    stage = spec.stages[-1]
    return [item for item in URBAN_COMPULSORY if stage in item.stages]


def _visits_of_year(ledger: Ledger, year: int) -> None:
    autumn, spring = VISITED[year]
    until = min(date(year + 1, 1, 15), LAST_DAY)
    terms = (
        (autumn, date(year, 9, 7), until),
        (spring, date(year + 1, 3, 5), date(year + 1, 6, 20)),
    )
    for schools, first, last in terms:
        for key in ledger.shuffled(spec.key for spec in RURAL_OPEN)[:schools]:
            for _ in range(1 + int(ledger.rng.random() * 3)):
                _visit(ledger, key, ledger.day_between(first, last))


def _visit(ledger: Ledger, key: str, held_on: date) -> None:
    subject = VISIT_SUBJECTS[int(ledger.rng.random() * len(VISIT_SUBJECTS))]
    ledger.event(
        "urban_rural_researchervisit", held_on, school_id=ledger.school(key),
        subject="学前教育" if key.endswith("_k") else subject,
        hours=1.5 + int(ledger.rng.random() * 6) / 2,
    )  # fmt: skip
