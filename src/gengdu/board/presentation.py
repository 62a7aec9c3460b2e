"""Words, signs and sentences that show a promise's standing, on pages and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.analytics.cards import Card
from gengdu.analytics.standing import Target, Word, target_on
from gengdu.board.queries import Status
from gengdu.kernel.quantities import COMPARISON_SIGNS, shown
from gengdu.policy import facts
from gengdu.policy.facts import Fact, Value

# Sign, word and key of the colour: the sign and the word carry the meaning without the colour.
SIGNS: dict[Word, str] = {
    Word.MET: "●",
    Word.ON_COURSE: "◐",
    Word.AT_RISK: "▲",
    Word.LATE: "✕",
    Word.SHORT: "△",
    Word.STRIVING: "☆",
    Word.UNKNOWN: "？",
    Word.QUALITATIVE: "○",
}
WORDS = {
    Word.MET: gettext_lazy("已实现"),
    Word.ON_COURSE: gettext_lazy("按进度"),
    Word.AT_RISK: gettext_lazy("有风险"),
    Word.LATE: gettext_lazy("已逾期"),
    Word.SHORT: gettext_lazy("未达（非硬性）"),
    Word.STRIVING: gettext_lazy("争创中"),
    Word.UNKNOWN: gettext_lazy("缺数据"),
    Word.QUALITATIVE: gettext_lazy("定性"),
}
FORCES = {
    "must": "",
    "in_principle": gettext_lazy("原则上"),
    "largely": gettext_lazy("基本"),
    "generally": gettext_lazy("普遍"),
    "strive": gettext_lazy("争创"),
    "support": gettext_lazy("支持"),
}
UNITS = {
    "schools": gettext_lazy("所"),
    "titles": gettext_lazy("项"),
    "towns": gettext_lazy("个镇"),
    "documents": gettext_lazy("份"),
    "events": gettext_lazy("次"),
    "persons": gettext_lazy("人"),
    "kinds": gettext_lazy("个"),
    "years": gettext_lazy("年"),
    "terms": gettext_lazy("个任期"),
    "classes": gettext_lazy("个班"),
    "pupils": gettext_lazy("人"),
    "villages": gettext_lazy("个村"),
    "items": gettext_lazy("个"),
    "person_times": gettext_lazy("人次"),
    "households": gettext_lazy("户"),
    "companies": gettext_lazy("家"),
    "teams": gettext_lazy("支"),
    "rooms": gettext_lazy("间"),
    "buildings": gettext_lazy("座"),
    "sets": gettext_lazy("套"),
    "devices": gettext_lazy("台"),
    "volumes": gettext_lazy("册"),
    "lines": gettext_lazy("条"),
    "animals": gettext_lazy("头"),
    "yuan": gettext_lazy("元"),
    "m2": gettext_lazy("平方米"),
    "mu": gettext_lazy("亩"),
    "metres": gettext_lazy("米"),
    "mbps": gettext_lazy("兆"),
    "tonnes": gettext_lazy("吨"),
    "minutes": gettext_lazy("分钟"),
    "hours": gettext_lazy("小时"),
    "lessons": gettext_lazy("课时"),
    "days": gettext_lazy("天"),
    "working_days": gettext_lazy("个工作日"),
    "months": gettext_lazy("个月"),
    "times": gettext_lazy("倍"),
    "points": gettext_lazy("分"),
    "percentage_points": gettext_lazy("个百分点"),
}
RECURRENCE = {
    "year": gettext_lazy("每年"),
    "school_year": gettext_lazy("每学年"),
    "term": gettext_lazy("每学期"),
}


def word_of(status: Status) -> str:
    """Return the word of a standing, with 失守 where a promise once kept was lost again."""
    word = str(WORDS[status.standing.word])
    return _("%(word)s（失守）") % {"word": word} if status.standing.was_lost else word


def threshold(target: Target) -> str:
    """Return what is asked, such as ≥ 50% or ≤ 1.01; empty for promises without a number.

    >>> threshold.__name__
    'threshold'
    """
    if target.asked is None:
        return ""
    sign = COMPARISON_SIGNS.get(target.compare, "")
    number = shown(target.asked, "share" if target.unit == "share" else target.unit)
    if target.unit == "ratio":
        number = f"{float(target.asked):g}"
    return f"{sign} {number}{UNITS.get(target.unit, '')}"


def counted(status: Status) -> str:
    """Return the value as people read it."""
    return amount(status.value, status.promise.unit)


def amount(value: Fraction | None, unit: str) -> str:
    """Return a value with its unit as people read it."""
    return shown(value, unit) + str(UNITS.get(unit, "")) * (value is not None)


def due(status: Status) -> str:
    """Return by when: a year, the period that recurs, or a dash."""
    if status.target.recurs:
        return str(RECURRENCE[status.target.recurs])
    return deadline(status.promise, status.moment.on)


@dataclass(frozen=True)
class Stage:
    """What a promise asks from one day on, where it asks more later.

    Attributes:
        is_here: Whether it is asked on the day shown.
    """

    value: Value
    asked: str
    is_here: bool


def stages(promise: Fact, on: date) -> list[Stage]:
    """Return the stages of a promise; none where it has one value alone."""
    if len(promise.values) < 2:
        return []
    return [
        Stage(value, threshold(target_on(promise, value.from_on)), value is promise.on(on))
        for value in promise.values
    ]


def deadline(promise: Fact, on: date) -> str:
    """Return the due year, or the whole date where it is not the last of the year."""
    due_on = promise.on(on).due_on
    if due_on is None:
        return "—"
    return str(due_on.year) if (due_on.month, due_on.day) == (12, 31) else due_on.isoformat()


def time_left(due_on: date | None, on: date) -> str:
    """Return how far a day is from the day something is due; empty where none is written."""
    if due_on is None:
        return ""
    days = (due_on - on).days
    if days < 0:
        return _("已过期限 %(days)s 天") % {"days": -days}
    return _("距期限还有 %(days)s 天") % {"days": days} if days else _("今天是期限")


def lead_zh(status: Status) -> str:
    """Return the name of the lead body."""
    return facts.plan().bodies[status.measure.lead]


def shortfall(status: Status) -> str:
    """Return what is missing in one sentence; empty where nothing is."""
    word, card = status.standing.word, status.card
    if word == Word.UNKNOWN:
        return _missing_record(status)
    if card is None or word in (Word.MET, Word.QUALITATIVE):
        return ""
    return gap(status.target, card, status.missing)


def gap(target: Target, card: Card, missing: int | None) -> str:
    """Return how many rows are missing, or too many; empty where none are or nobody can say."""
    if not missing:
        return ""
    said = _("多出 %(count)s %(unit)s") if target.compare == "avoid" else _("差 %(count)s %(unit)s")
    return said % {"count": missing, "unit": card.unit_zh}


def _missing_record(status: Status) -> str:
    if status.card is None or status.result is None:
        return _("本期尚未建立指标")
    if status.result.unreported:
        return _("%(count)s %(unit)s未报，报来前不能判断") % {
            "count": status.result.unreported,
            "unit": status.card.unit_zh,
        }
    missing = status.card.missing_zh or status.card.label_zh
    return _("缺：%(record)s") % {"record": missing}


def projection(status: Status) -> str:
    """Return what is expected on the due day; empty where nothing is projected."""
    found = status.standing.projection
    if found is None:
        return ""
    if shown(found.value, status.promise.unit) == shown(status.value, status.promise.unit):
        return ""
    value, low, high = (
        shown(item, status.promise.unit) for item in (found.value, found.low, found.high)
    )
    spread = "" if low == high else f"（{low}～{high}）"
    return _("到期日预计 %(value)s%(spread)s") % {"value": value, "spread": spread}


def as_data(status: Status) -> dict[str, Any]:
    """Return a promise's standing as plain data, for programs; a share is 0 to 1."""
    found, target = status.result, status.target
    parts = {
        part: {"counted": counts.counted, "rows": counts.rows, "unreported": counts.unreported}
        for part, counts in (found.district.items() if found else ())
    }
    return {
        "promise": status.promise.name,
        "label": status.promise.label_zh,
        "measure": status.measure.number,
        "lead": status.measure.lead,
        "standing": status.standing.word.value,
        "was_lost": status.standing.was_lost,
        "value": None if status.value is None else float(status.value),
        "shown": shown(status.value, status.promise.unit),
        "unit": status.promise.unit,
        "compare": target.compare,
        "asked": None if target.asked is None else float(target.asked),
        "counts_from": None if target.counts_from is None else float(target.counts_from),
        "force": target.force,
        "due_on": target.due_on.isoformat() if target.due_on else None,
        "recurs": target.recurs,
        "missing": status.missing,
        "indicator": status.card.name if status.card else None,
        "parts": parts,
        "on": status.moment.on.isoformat(),
        "known": status.moment.known.isoformat() if status.moment.known else None,
    }
