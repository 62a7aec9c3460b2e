"""The ledger of measure 2: titles of the four campuses, held, lost, applied for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengdu.demo import trails
from gengdu.demo.ledger import Ledger, by_steps, numbered
from gengdu.demo.moments import day
from gengdu.demo.school_list import RURAL_OPEN, Spec, spec
from gengdu.demo.trails import Trail

GREEN = (
    (day("2021-12-10"), 4),
    (day("2022-12-08"), 8),
    (day("2023-12-12"), 13),
    (day("2024-12-10"), 18),
    (day("2025-11-18"), 21),
)
READING = (
    (day("2021-12-22"), 3),
    (day("2022-11-30"), 7),
    (day("2023-11-28"), 11),
    (day("2024-11-26"), 16),
    (day("2025-11-20"), 22),
)
CARING = (
    (day("2021-12-28"), 2),
    (day("2022-12-20"), 6),
    (day("2023-12-22"), 11),
    (day("2024-12-20"), 17),
    (day("2025-12-05"), 22),
)
LATE_GREEN = ("chejiagou_k", day("2025-12-15"), day("2026-01-20"))
"""A title valid from December that was recorded in January."""

CARING_EXPIRED = ("baojiashan_k", day("2026-07-01"))
CARING_REVOKED = ("haixitou", day("2026-04-15"))
REVOKED_BECAUSE = "复核发现上报的心理辅导室已改作仓库，整改期满仍未恢复，撤销称号（示例）。"
TITLE_TWICE = "wuzhuhe"
TITLES_UNTIL = day("2028-07-01")
YEARS_OF_THE_FIRST = 5
"""How long green and reading titles of 2021 hold, an invention: they end in December 2026."""

KINDS = {"civility": "文明校园", "green": "绿色校园", "reading": "书香校园", "caring": "温馨校园"}
LEVELS = {"province": "省级", "city": "市级", "district": "区级"}
FROM_OCTOBER = day("2026-10-12")
RENEWAL_DAYS = (
    ("2026-09-15", "2026-09-21", "2026-09-22"),
    ("2026-09-21", "2026-09-24"),
)
"""The first two schools whose green title of 2021 runs out have applied again."""


@dataclass(frozen=True)
class Application:
    """A title not granted by the last day.

    Attributes:
        days: Of the draft, and as far as it came, the submission and each passing.
        returned: Why it was sent back on the last of the days; empty where it was not.
    """

    school: str
    kind: str
    level: str
    days: tuple[str, ...]
    returned: str = ""


APPLICATIONS = (
    Application("gushan", "reading", "city", ("2026-09-04", "2026-09-08", "2026-09-10")),
    Application("haixitou", "caring", "district", ("2026-09-08", "2026-09-14", "2026-09-16")),
    Application("wuzhuhe", "reading", "city", ("2026-09-23", "2026-09-28")),
    Application("puwan_k", "civility", "district", ("2026-09-22", "2026-09-29")),
    Application("boyu_j", "reading", "city",
                ("2026-09-02", "2026-09-07", "2026-09-09", "2026-09-17")),
    Application("gushan_k", "civility", "city",
                ("2026-09-07", "2026-09-14", "2026-09-18", "2026-09-24")),
    Application("baojiashan_k", "caring", "district",
                ("2026-08-20", "2026-08-24", "2026-08-26", "2026-09-01"),
                "自查报告没有写到期以后的整改情况，温馨教室照片不是今年的，请补齐再报。"),
    Application("wuzhuhe", "caring", "city",
                ("2026-09-09", "2026-09-11", "2026-09-15", "2026-09-21"),
                "申报市级须附区级复核意见，请到分局德育科补办后再报。"),
    Application("wuzhuhe", "civility", "city", ("2026-09-29",)),
    Application("xiaoyao", "civility", "district", ("2026-09-30",)),
)  # fmt: skip
"""At the bureau, at the school, in public notice (one of them over), returned, drafts."""

WITHDRAWN = ("xiaoyao_k", "civility", "district", day("2026-10-12"))
"""A title granted from October on and revoked before it began."""

_TITLE = "moral_education_campustitle"


def write(ledger: Ledger) -> None:
    """Write the ledger of the measure."""
    _entered_twice(ledger)
    green = _titles(ledger, "green", GREEN, last=("chejiagou_k",))
    _titles(ledger, "reading", READING, last=())
    _titles(ledger, "caring", CARING, last=("baojiashan_k",), first=("haixitou",))
    _other_titles(ledger)
    if ledger.copy.is_demo:
        _applications(ledger, green)
        _withdrawn(ledger)


def _entered_twice(ledger: Ledger) -> None:
    """Write a title of civility; the demo itself has it again a month later (faults.py)."""
    values: dict[str, Any] = {
        "school_id": ledger.school(TITLE_TWICE),
        "kind": "civility",
        "level": "district",
        "document_number": numbered("示例文明办", 2022, 8),
    }
    starts_on = day("2022-05-20")
    ledger.entry(_TITLE, starts_on, TITLES_UNTIL, **values)
    if ledger.copy.is_demo:
        ledger.entry(_TITLE, starts_on, TITLES_UNTIL, known_on=day("2022-06-22"), **values)


def _titles(
    ledger: Ledger,
    kind: str,
    steps: Sequence[tuple[date, int]],
    *,
    last: tuple[str, ...],
    first: tuple[str, ...] = (),
) -> dict[str, str]:
    """Write the titles of one kind, and return the level of each school, the first first."""
    keys = [one.key for one in RURAL_OPEN if one.key not in first]
    order = [*first, *ledger.shuffled(keys, last=last)]
    levels = {}
    for key, starts_on in by_steps(order, steps):
        levels[key] = _level(ledger, kind)
        _title(ledger, key, kind, starts_on, levels[key])
    return levels


def _level(ledger: Ledger, kind: str) -> str:
    chance = ledger.rng.random()
    if kind == "reading" or chance < 0.6:
        return "district"
    return "city" if chance < 0.85 else "province"


def _title(ledger: Ledger, key: str, kind: str, starts_on: date, level: str) -> None:
    number = numbered("示例教字", starts_on.year, 10 + ledger.rng.randrange(60))
    ends_on = _until(key, kind, starts_on)
    if kind == "caring" and key == CARING_REVOKED[0]:
        _revoked_later(ledger, starts_on, level, number)
    else:
        _granted(ledger, spec(key), kind, level, (starts_on, ends_on), starts_on, number)


def _until(key: str, kind: str, starts_on: date) -> date:
    if kind == "caring" and key == CARING_EXPIRED[0]:
        return CARING_EXPIRED[1]
    if kind in ("green", "reading") and starts_on.year == GREEN[0][0].year:
        return starts_on.replace(year=starts_on.year + YEARS_OF_THE_FIRST)
    return TITLES_UNTIL


def _granted(
    ledger: Ledger, school: Spec, kind: str, level: str, period: tuple[date, date],
    approved_on: date, number: str,
) -> None:  # fmt: skip
    """Write a title that was granted; its number was filled in on that day."""
    entry = {"school_id": ledger.school(school.key), "kind": kind, "level": level,
             "starts_on": period[0], "ends_on": period[1]}  # fmt: skip
    trails.approved(
        ledger, _TITLE, approved_on, [entry], name=_name(ledger, school, level, kind),
        route=trails.kept_by(school, noticed=True), document_number=number,
    )  # fmt: skip


def _name(ledger: Ledger, school: Spec, level: str, kind: str) -> str:
    return f"{ledger.copy.name(school.name)} {LEVELS[level]} {KINDS[kind]}"


def _revoked_later(ledger: Ledger, starts_on: date, level: str, number: str) -> None:
    """Write a title that was taken away; in the demo itself with the step that says why."""
    key, revoked_on = CARING_REVOKED
    entry: dict[str, Any] = {"school_id": ledger.school(key), "kind": "caring", "level": level,
             "document_number": number, "starts_on": starts_on}  # fmt: skip
    if not ledger.copy.is_demo:
        ledger.ended(_TITLE, ends_on=revoked_on, revoked_on=revoked_on, **entry)
        return
    school = spec(key)
    trail = Trail.brought_in(
        ledger, _TITLE, {**entry, "ends_on": TITLES_UNTIL}, known_on=starts_on,
        name=_name(ledger, school, level, "caring"), route=trails.of_school(school, noticed=True),
    )  # fmt: skip
    trail.revoked(revoked_on, revoked_on, REVOKED_BECAUSE).close()


def _other_titles(ledger: Ledger) -> None:
    """Write the late green title and titles of civility."""
    key, starts_on, known_on = LATE_GREEN
    _granted(ledger, spec(key), "green", "district", (starts_on, TITLES_UNTIL), known_on,
             numbered("示例教字", 2025, 78))  # fmt: skip
    _title(ledger, "gushan", "civility", day("2024-05-16"), "province")
    _title(ledger, "boyu_j", "civility", day("2023-05-18"), "city")


def _applications(ledger: Ledger, green: dict[str, str]) -> None:
    renewals = [
        Application(key, "green", level, days)
        for (key, level), days in zip(green.items(), RENEWAL_DAYS, strict=False)
    ]
    for one in (*APPLICATIONS, *renewals):
        school = spec(one.school)
        starts_on = FROM_OCTOBER
        if one.kind == "green":
            starts_on = _until(one.school, "green", GREEN[0][0])
        entry = {"school_id": ledger.school(one.school), "kind": one.kind, "level": one.level,
                 "starts_on": starts_on, "ends_on": TITLES_UNTIL}  # fmt: skip
        trails.on_the_way(
            ledger, _TITLE, [entry], one.days, name=_name(ledger, school, one.level, one.kind),
            route=trails.of_school(school, noticed=True), returned=one.returned,
        )  # fmt: skip


def _withdrawn(ledger: Ledger) -> None:
    key, kind, level, starts_on = WITHDRAWN
    school = spec(key)
    entry = {"school_id": ledger.school(key), "kind": kind, "level": level,
             "starts_on": starts_on, "ends_on": TITLES_UNTIL}  # fmt: skip
    trail = Trail.drafted(
        ledger, _TITLE, [entry], name=_name(ledger, school, level, kind), on=day("2026-08-24"),
        route=trails.of_school(school, noticed=True),
    )  # fmt: skip
    trail.submit(day("2026-08-25")).passed(day("2026-08-27")).passed(day("2026-09-01"))
    trail.passed(day("2026-09-10"), document_number=numbered("示例文明办", 2026, 31))
    trail.revoked(day("2026-09-22"), day("2026-09-22"), "授予文件把园名写错，撤回重发（示例）。")
    trail.close()
