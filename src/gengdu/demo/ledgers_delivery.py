"""Ledgers of the safeguards: documents, spending, recognition, surveys, research, judgements."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gengdu.demo import moments
from gengdu.demo.ledger import Ledger, numbered
from gengdu.demo.moments import FIRST_YEAR, LAST_DAY, LAST_YEAR, day
from gengdu.policy import facts

DOCUMENTS = Path(__file__).parent / "data" / "documents.csv"
"""Invented documents; the notice itself, which is real, comes from the policy."""

SPENDING = (
    (2020, 98.6, 97.4),
    (2021, 103.2, 102.1),
    (2022, 109.5, 108.8),
    (2023, 116.4, 115.9),
    (2024, 124.8, 124.1),
    (2025, 133.5, 132.6),
    (2026, 141.0, None),
)
"""Year, planned and spent, in millions of yuan."""

MILLION = 1_000_000
QUALITY_BALANCE = (day("2025-03-14"), numbered("教督函", 2025, 3))
"""Real: the zone is on the national list of that document (standards.md, finding 1)."""

SATISFIED = {2021: 0.861, 2022: 0.878, 2023: 0.896, 2024: 0.914, 2025: 0.931}
PROJECTS = (
    ("gushan", "农耕劳动教育课程开发", 2023),
    ("boyu", "小班化课堂教学", 2023),
    ("haixitou", "海洋校本课程", 2024),
    ("wuzhuhe", "合并校文化融合", 2024),
    ("gushan_j", "双师课堂应用", 2024),
    ("boyu_j", "学困生学习支持", 2024),
    ("jiujiatuan", "九年贯通衔接", 2025),
    ("xiaoyao", "留守儿童陪伴", 2025),
    ("guanzhuang", "复式教学", 2025),
    ("gushan_k", "自主游戏", 2025),
)
LATE_REVIEWS = (("haixitou", "midterm"), ("boyu", "closing"))
JUDGED_ON = day("2025-12-26")
JUDGEMENTS = {
    "goals.rural_conditions": (
        "两镇学校网络、录播室和采暖改造已基本完成，实验室与宿舍仍是短板，明年继续列入改造。"
    ),
    "goals.teacher_quality": (
        "学历提升按计划推进，音乐、科学教师不足仍靠走教缓解，总体较上年提高。"
    ),
}


def write(ledger: Ledger) -> None:
    """Write everything that the district has once."""
    _documents(ledger)
    _spending(ledger)
    starts_on, number = QUALITY_BALANCE
    ledger.entry(
        "delivery_districtrecognition", starts_on, kind="quality_balance", document_number=number
    )
    for year, share in SATISFIED.items():
        respondents = 1_170 + int(ledger.rng.random() * 80)
        ledger.event(
            "delivery_satisfactionsurvey", date(year, 11, 18), respondents=respondents,
            satisfied=round(respondents * share),
        )  # fmt: skip
    for key, title, year in PROJECTS:
        _project(ledger, key, title, year)
    for promise, text in JUDGEMENTS.items():
        ledger.event(
            "delivery_writtenjudgement", JUDGED_ON, promise=promise, body="教育分局", text=text
        )


def _documents(ledger: Ledger) -> None:
    table, notice = "delivery_plandocument", facts.plan().source
    ledger.entry(
        table, day(notice.issued_on), kind="special_work_plan", title=facts.plan().title,
        document_number=notice.number,
    )  # fmt: skip
    with DOCUMENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            starts_on = day(row.pop("starts_on"))
            values: dict[str, Any] = dict(row)
            ledger.entry(table, starts_on, **values)


def _spending(ledger: Ledger) -> None:
    """Write each year's budget, and its accounts once they were closed."""
    for year, planned, spent in SPENDING:
        table = "delivery_yearspending"
        values = _budget(year, planned) | {"item_id": ledger.rows.item(table)}
        budget = moments.known(date(year, 3, 10), ledger.rng)
        closed = moments.known(date(year + 1, 2, 20), ledger.rng)
        if spent is None:
            ledger.rows.add(table, recorded_at=budget, **values)
            continue
        if budget < closed and year >= FIRST_YEAR:
            ledger.rows.add(table, recorded_at=budget, superseded_at=closed, **values)
        ledger.rows.add(table, recorded_at=closed, spent_yuan=spent * MILLION, **values)


def _budget(year: int, planned: float) -> dict[str, Any]:
    return {"state": "approved", "year": year, "planned_yuan": planned * MILLION}


def _project(ledger: Ledger, key: str, title: str, year: int) -> None:
    project = ledger.rows.item("delivery_researchproject")
    ledger.entry(
        "delivery_researchproject", date(year, 3, 15), date(year + 3, 3, 15), item_id=project,
        school_id=ledger.school(key), title=f"示例课题：{title}",
    )  # fmt: skip
    dues = (
        ("opening", date(year, 6, 20)),
        ("midterm", date(year + 1, 9, 20)),
        ("closing", date(year + 3, 3, 1)),
    )
    for kind, due_on in dues:
        if due_on.year > LAST_YEAR:
            continue
        is_late = (key, kind) in LATE_REVIEWS
        done_on = due_on + timedelta(days=40 if is_late else -4 - int(ledger.rng.random() * 15))
        ledger.task(
            "delivery_projectreview", due_on, done_on if done_on <= LAST_DAY else None,
            project_id=project, kind=kind,
        )  # fmt: skip
