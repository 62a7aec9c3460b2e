"""Gathers what a page shows, so that views only translate and templates only print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gengdu.access.scope import Viewer
from gengdu.analytics import forms
from gengdu.analytics.cards import Card
from gengdu.analytics.disclosure import is_hidden
from gengdu.analytics.forms import Counts
from gengdu.analytics.run import Moment, Result
from gengdu.analytics.standing import Word
from gengdu.board import names, presentation, queries
from gengdu.board.queries import Status
from gengdu.kernel.quantities import shown
from gengdu.policy import facts
from gengdu.policy.facts import Measure

# What to do first: what is late, then what will be.
URGENT = (Word.LATE, Word.SHORT, Word.AT_RISK)


@dataclass(frozen=True)
class Segment:
    """One coloured stretch of a bar."""

    word: Word
    count: int
    percent: float


@dataclass(frozen=True)
class BodyLine:
    """How the promises of one body stand."""

    key: str
    name: str
    leads: int
    helps: int
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Dot:
    """One promise on the time line."""

    status: Status
    x: float
    y: float


def segments(found: Iterable[Status]) -> list[Segment]:
    """Return the stretches of a bar that shows how promises stand."""
    counted = queries.count_words(found)
    total = sum(counted.values())
    return [
        Segment(word, number, 100 * number / total) for word, number in counted.items() if number
    ]


def urgent(found: Sequence[Status]) -> list[Status]:
    """Return what to do first: late, short, at risk; within each, the earliest due first."""
    chosen = [status for status in found if status.standing.word in URGENT]
    return sorted(
        chosen,
        key=lambda status: (URGENT.index(status.standing.word), status.target.due_on or date.max),
    )


def body_lines(found: Sequence[Status]) -> list[BodyLine]:
    """Return one line for each body, in the order of the plan's list."""
    lines = []
    for key, name in facts.plan().bodies.items():
        own = [status for status in found if key in status.measure.bodies]
        leads = sum(status.measure.lead == key for status in own)
        lines.append(BodyLine(key, name, leads, len(own) - leads, segments(own)))
    return lines


@dataclass(frozen=True)
class Timeline:
    """Promises by the year they are due, as signs above a line.

    Attributes:
        ticks: (x, label) of each year.
        today_x: Where the day asked for stands.
    """

    width: int
    height: int
    base: float
    ticks: Sequence[tuple[float, str]]
    dots: Sequence[Dot]
    today_x: float


def timeline(found: Sequence[Status], on: date) -> Timeline:
    """Lay out the promises that have a due year; signs of one year stand in a small block."""
    due = [status for status in found if status.promise.on(on).due_on and not status.target.recurs]
    years = sorted({status.promise.on(on).due_on.year for status in due})  # type: ignore[union-attr]
    width, step, per_row, row = 1140, 18.0, 9, 22.0
    gap = width / (len(years) or 1)
    centre = {year: gap * (index + 0.5) for index, year in enumerate(years)}
    blocks = {year: [s for s in due if s.promise.on(on).due_on.year == year] for year in years}  # type: ignore[union-attr]
    rows = max((len(block) + per_row - 1) // per_row for block in blocks.values()) if blocks else 1
    base = 16 + rows * row
    dots = []
    for year, block in blocks.items():
        ordered = sorted(block, key=lambda status: list(Word).index(status.standing.word))
        for index, status in enumerate(ordered):
            in_row = min(per_row, len(block) - index // per_row * per_row)
            x = centre[year] + (index % per_row - (in_row - 1) / 2) * step
            dots.append(Dot(status, x, base - 8 - index // per_row * row))
    ticks = [(centre[year], str(year)) for year in years]
    return Timeline(width, int(base + 30), base, ticks, dots, _today_x(on, years, centre, gap))


def _today_x(on: date, years: Sequence[int], centre: dict[int, float], gap: float) -> float:
    """Return where the day stands: past the block of each year that is over."""
    over = [year for year in years if date(year, 12, 31) <= on]
    return centre[over[-1]] + gap / 2 if over else 2.0


@dataclass(frozen=True)
class Group:
    """One town or school in a comparison.

    Attributes:
        value: As shown; counts of children too small to show are hidden.
        percent: Length of the bar, 0 to 100.
    """

    key: int
    name: str
    value: str
    percent: float
    parts: Sequence[tuple[str, Counts]]
    may_open: bool
    hidden: bool


def groups(result: Result, viewer: Viewer, *, of: str) -> list[Group]:
    """Return the towns or schools of a result, lowest value first: it is what is to be done.

    Of records that not everybody may open, the viewer's own come first.
    """
    found = result.towns if of == "town" else result.schools
    called = (names.places if of == "town" else names.schools)(result.moment.on, found)
    lines = [
        _group(result, viewer, of, key, called.get(key, ""), parts) for key, parts in found.items()
    ]
    scoped = result.card.sensitivity != "open" and not viewer.sees_district
    return sorted(lines, key=lambda line: (scoped and not line.may_open, line.percent, line.name))


def _group(
    result: Result, viewer: Viewer, of: str, key: int, name: str, parts: dict[str, Counts] | Any
) -> Group:
    card = result.card
    value = group_value(card, parts)
    may_open = _may_open(card, viewer, town_id=key if of == "town" else None,
                         school_id=key if of == "school" else None)  # fmt: skip
    hidden = not may_open and card.disclosure == "small_counts" and _is_small(parts, result.moment)
    unit = "share" if card.form == "ratio_of_shares" else card.unit
    share = float(value) * 100 if value is not None and unit == "share" else 0.0
    return Group(
        key=key,
        name=name,
        value="" if hidden else shown(value, unit),
        percent=0.0 if hidden else min(100.0, max(0.0, share)),
        parts=tuple(parts.items()),
        may_open=may_open,
        hidden=hidden,
    )


def group_value(card: Card, parts: Mapping[str, Counts]) -> Fraction | None:
    """Return a group's value; of a ratio of two shares, the share of the side it stands on."""
    if card.form == "ratio_of_shares":
        return forms.value("share", {"all": sum(parts.values(), Counts())})
    return forms.value(card.form, parts)


def _is_small(parts: dict[str, Counts], moment: Moment) -> bool:
    threshold = int(facts.value("settings.small_count", on=moment.on))
    return any(is_hidden(counts, threshold) for counts in parts.values())


def _may_open(card: Card, viewer: Viewer, *, town_id: int | None, school_id: int | None) -> bool:
    return viewer.may_open(card.sensitivity, town_id=town_id, school_id=school_id)


def quotes(measure: Measure, found: Sequence[Status]) -> list[dict[str, Any]]:
    """Return the text of a measure in stretches, each with the promises it makes."""
    from gengdu.policy import notice

    begin, end = notice.sections()[measure.number]
    breaks = [place - begin for place in notice.breaks() if begin < place < end]
    text = notice.measure_text(measure.number)
    marks: dict[tuple[int, int], list[Status]] = {}
    for status in found:
        quote = notice.plain(status.promise.on(status.moment.on).quote or "")
        start = text.find(quote)
        if quote and start >= 0:
            marks.setdefault((start, start + len(quote)), []).append(status)
    return _stretches(text, marks, breaks)


def _stretches(
    text: str, marks: dict[tuple[int, int], list[Status]], breaks: Sequence[int]
) -> list[dict[str, Any]]:
    """Cut a text at the ends of every mark; overlapping marks share their common stretch."""
    cuts = sorted({0, len(text), *(end for span in marks for end in span)})
    pieces = []
    for start, end in pairwise(cuts):
        behind = [s for (a, b), group in marks.items() if a <= start and end <= b for s in group]
        ends_here = [s for (_, b), group in marks.items() if b == end for s in group]
        pieces.append(
            {"text": _lined(text, start, end, breaks), "statuses": behind, "ends": ends_here}
        )
    return pieces


def _lined(text: str, start: int, end: int, breaks: Sequence[int]) -> str:
    """Return a stretch of a text with its line breaks, each before what it parts from."""
    cuts = [start, *(place for place in breaks if start < place < end), end]
    lines = "\n".join(text[a:b] for a, b in pairwise(cuts))
    return f"\n{lines}" if start in breaks else lines


def trend_chart(
    status: Status | None, card: Card, points: Sequence[queries.Point]
) -> dict[str, Any]:
    """Return what the trend chart draws; values are plain numbers, shares 0 to 1."""
    projection = status.standing.projection if status else None
    asked = status.target.asked if status else None
    due_on = status.target.due_on if status and not status.target.recurs else None
    is_running = bool(status and status.target.recurs and status.target.due_on != status.moment.on)
    return {
        "unit": card.unit,
        "label": card.label_zh,
        "running": is_running,
        "points": [[point.on.isoformat(), float(point.value or 0)] for point in points],
        "asked": None if asked is None or status is None else {
            "value": float(asked),
            "label": presentation.threshold(status.target),
            "due": due_on.isoformat() if due_on else None,
        },
        "projection": None if projection is None else {
            "on": projection.on.isoformat(),
            "value": float(projection.value),
            "low": float(projection.low),
            "high": float(projection.high),
        },
    }  # fmt: skip


def chart_summary(points: Sequence[queries.Point], unit: str) -> str:
    """Return the trend in words, for people who cannot see the chart."""
    return "，".join(f"{point.on} {shown(point.value, unit)}" for point in points)


def words_in_order(found: Sequence[Status]) -> list[tuple[Word, int]]:
    """Return how many promises stand each way, those that occur."""
    return [(word, number) for word, number in queries.count_words(found).items() if number]


def parts_in_order(result: Result) -> list[tuple[str, Counts]]:
    """Return the counts of the whole district, parts in the order of the card."""
    order = list(result.card.parts)
    return sorted(
        result.district.items(), key=lambda item: order.index(item[0]) if item[0] in order else 0
    )
