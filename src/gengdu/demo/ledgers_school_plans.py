"""Ledgers of measure 1: how the party leads each rural school, its links to the young, its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gengdu.demo import plan_texts, trails
from gengdu.demo.ledger import Ledger, by_steps
from gengdu.demo.moments import FIRST_DAY, day
from gengdu.demo.school_list import RURAL, RURAL_OPEN, Spec, spec

PLAN_FROM, PLAN_UNTIL, REVISED_UNTIL = day("2023-09-01"), day("2025-09-01"), day("2027-09-01")
LATE_PLANS = {"hukou": day("2024-02-19"), "miaokou_k": day("2024-02-21")}
"""Two plans valid from the end of 2023 were approved and recorded only in February."""

LATE_PLANS_FROM = day("2023-12-20")
NEXT_PLAN = {"starts_on": day("2026-11-02"), "ends_on": day("2028-09-01"), "version": 3}
WAITING_PLANS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("wuzhuhe", ("2026-09-22", "2026-09-28"), ""),
    ("boyu", ("2026-09-14", "2026-09-21", "2026-09-23"), ""),
    ("hukou", ("2026-09-07", "2026-09-10", "2026-09-11", "2026-09-18"),
     "“全员育人”里没有后勤人员的任务，有两项时限只写“长期”，请补上再报。"),
    ("puwan_k", ("2026-09-29",), ""),
)  # fmt: skip
"""Third versions on the last day: at the school, at the bureau, returned, a draft."""

PARTY_LED = (
    (day("2022-03-01"), 3),
    (day("2022-09-01"), 8),
    (day("2023-03-01"), 13),
    (day("2023-09-01"), 18),
    (day("2024-03-01"), 21),
)
PARTY_LED_LAST = "chejiagou_k"
"""The one school that the reform has not reached; its arrangement waits at the bureau."""

NEW_SECRETARIES = ((day("2024-09-02"), 4), (day("2025-09-01"), 9), (day("2026-09-01"), 12))
WITH_TEACHING = (
    "党员教师示范课每学期不少于{count}节，党员骨干与青年教师结对，教研组长由党员担任的占一半以上。",
    "党组织会议每学期两次专题研究教学质量，党员带头承担薄弱学科和毕业班教学（示例）。",
)
WITH_MORAL_EDUCATION = (
    "党员教师每人联系{count}名困境、留守儿童，德育处由党组织委员分管，每月研判一次。",
    "“党员先锋岗”覆盖护学、课后服务和家访，学生评价计入党员民主评议（示例）。",
)
WITH_IDEOLOGY = (
    "书记每学期讲思政课不少于{count}次，思政课集体备课由党组织牵头，与村居党史资源结合。",
    "思政课教师优先发展入党，“大思政课”走进渔村、社区每学期不少于一次（示例）。",
)
LINKS_FROM = (day("2022-06-01"), day("2023-11-30"))
LEAGUE_KINDERGARTENS = ("gushan_k", "boyu_k", "santan_k", "wuzhuhe_k")
"""Kindergartens with young teachers enough for a branch of the Youth League."""

NEW_COUNSELLORS_FROM = day("2025-09-01")
NEW_COUNSELLOR = 0.3
LINK_TEXTS = {
    "pioneers": (
        "党组织每学期研究少先队工作一次；党员校外辅导员进中队；入队前学队章不少于{count}课时。",
        "“红领巾讲解队”由党员教师指导，清明、国庆到村史馆讲解；少代会提案由书记答复。",
    ),
    "league": (
        "团组织书记列席党组织会议；推优入团先由党员教师考察；每学期团课不少于{count}次。",
        "党团共建“海岸志愿服务队”，青年教师团员每人带一个学生社团。",
    ),
}

_ARRANGEMENT = "moral_education_leadershiparrangement"
_LINK = "moral_education_youthlink"
_PLAN = "moral_education_schoolplan"


@dataclass(frozen=True)
class Span:
    """One arrangement of a school, until the next."""

    starts_on: date
    system: str
    secretary: str


def write(ledger: Ledger) -> None:
    """Write the ledgers of the measure."""
    _arrangements(ledger)
    for school in RURAL:
        _links(ledger, school)
        _plans(ledger, school)
    if ledger.copy.is_demo:
        for key, days, why in WAITING_PLANS:
            school = spec(key)
            texts = plan_texts.of_plan(school, school.name, 3)
            entry = {"school_id": ledger.school(key), **NEXT_PLAN, **texts}
            trails.on_the_way(ledger, _PLAN, [entry], days, name=f"{school.name} 3",
                              route=trails.of_school(school), returned=why)  # fmt: skip


def _plans(ledger: Ledger, school: Spec) -> None:
    name = ledger.copy.name(school.name)
    starts_on = ledger.day_between(PLAN_FROM, day("2023-12-08"))
    known_on = LATE_PLANS.get(school.key)
    if known_on is not None:
        starts_on = LATE_PLANS_FROM
    first: dict[str, Any] = {"school_id": ledger.school(school.key), "version": 1,
             **plan_texts.of_plan(school, name, 1)}  # fmt: skip
    if school.closed_on is not None:
        ledger.ended(_PLAN, starts_on, school.closed_on, **first)
        return
    ledger.entry(_PLAN, starts_on, PLAN_UNTIL, known_on=known_on, **first)
    second = {**first, "version": 2, **plan_texts.of_plan(school, name, 2),
              "starts_on": PLAN_UNTIL, "ends_on": REVISED_UNTIL}  # fmt: skip
    approved_on = ledger.day_between(day("2025-08-26"), day("2025-09-02"))
    trails.approved(ledger, _PLAN, approved_on, [second], name=f"{name} 2",
                    route=trails.kept_by(school))  # fmt: skip


def _arrangements(ledger: Ledger) -> None:
    order = ledger.shuffled([one.key for one in RURAL_OPEN], last=(PARTY_LED_LAST,))
    party_led = dict(by_steps(order, PARTY_LED))
    renewed = dict(by_steps(ledger.shuffled(order[:-1]), NEW_SECRETARIES))
    for school in RURAL:
        spans = [Span(FIRST_DAY, "head_led", ledger.invented_name())]
        if school.key in party_led:
            spans.append(Span(party_led[school.key], "party_led", spans[0].secretary))
        if school.key in renewed:
            spans.append(Span(renewed[school.key], "party_led", ledger.invented_name()))
        _spans(ledger, school, spans)
    if ledger.copy.is_demo:
        school = spec(PARTY_LED_LAST)
        coming = Span(day("2026-10-08"), "party_led", ledger.invented_name())
        days = ("2026-09-11", "2026-09-16", "2026-09-17")
        trails.on_the_way(
            ledger, _ARRANGEMENT, [_arrangement(ledger, school, coming, None)], days,
            name=f"{school.name} 党组织领导的校长负责制", route=trails.of_school(school),
        )  # fmt: skip


def _spans(ledger: Ledger, school: Spec, spans: list[Span]) -> None:
    name = ledger.copy.name(school.name)
    for place, span in enumerate(spans):
        following = spans[place + 1].starts_on if place + 1 < len(spans) else school.closed_on
        entry = _arrangement(ledger, school, span, following)
        if following is not None:
            ledger.ended(_ARRANGEMENT, **entry)
        else:
            trails.approved(
                ledger, _ARRANGEMENT, span.starts_on, [entry],
                name=f"{name} 党组织领导的校长负责制", route=trails.kept_by(school),
            )  # fmt: skip


def _arrangement(ledger: Ledger, school: Spec, span: Span, ends_on: date | None) -> dict[str, Any]:
    name = ledger.copy.name(school.name)
    branch = f"{name}{'联合党支部' if school.is_kindergarten else '党支部'}"
    found: dict[str, Any] = {
        "school_id": ledger.school(school.key),
        "system": span.system,
        "organisation": branch,
        "secretary": span.secretary,
        "starts_on": span.starts_on,
        "ends_on": ends_on,
    }
    if span.system == "party_led":
        found["with_teaching"] = _said(ledger, WITH_TEACHING)
        found["with_moral_education"] = _said(ledger, WITH_MORAL_EDUCATION)
        found["with_ideology"] = _said(ledger, WITH_IDEOLOGY)
    return found


def _said(ledger: Ledger, texts: tuple[str, ...]) -> str:
    """Return what a school does, with a number of its own."""
    return "\n".join(texts).format(count=2 + ledger.rng.randrange(3))


def _links(ledger: Ledger, school: Spec) -> None:
    name = ledger.copy.name(school.name)
    for kind, organisation in _organisations(school):
        starts_on = ledger.day_between(*LINKS_FROM)
        entry: dict[str, Any] = {
            "school_id": ledger.school(school.key),
            "kind": kind,
            "organisation": name + organisation,
            "counsellor": ledger.invented_name(),
            "measures": _said(ledger, LINK_TEXTS[kind]),
        }
        if school.closed_on is not None:
            ledger.ended(_LINK, starts_on, school.closed_on, **entry)
        elif ledger.rng.random() < NEW_COUNSELLOR:
            ledger.ended(_LINK, starts_on, NEW_COUNSELLORS_FROM, **entry)
            entry |= {"counsellor": ledger.invented_name(), "starts_on": NEW_COUNSELLORS_FROM}
            words = {"pioneers": "党建带队建", "league": "党建带团建"}[kind]
            trails.approved(ledger, _LINK, NEW_COUNSELLORS_FROM, [entry],
                            name=f"{name} {words}", route=trails.kept_by(school))  # fmt: skip
        else:
            ledger.entry(_LINK, starts_on, **entry)


def _organisations(school: Spec) -> list[tuple[str, str]]:
    found = []
    if "primary" in school.stages:
        found.append(("pioneers", "少先队大队"))
    if school.has_junior:
        found.append(("league", "团总支"))
    if school.key in LEAGUE_KINDERGARTENS:
        found.append(("league", "青年教师团支部"))
    return found
