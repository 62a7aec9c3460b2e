"""What the plan's targets remind of: who is not counted yet, and what each lead still has to do.

Only promises that are due on a day, and not kept, remind of anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.models import Role
from gengdu.analytics.cards import Card
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import HIGHER_IS_BETTER, Word
from gengdu.board import presentation, queries
from gengdu.board.live import indicators
from gengdu.board.queries import Status
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who

NOT_KEPT = {Word.AT_RISK, Word.ON_COURSE, Word.LATE, Word.SHORT, Word.UNKNOWN}
OF_SCHOOL = frozenset({Role.SCHOOL_HEAD.value, Role.SCHOOL_CLERK.value})
OF_TOWN = frozenset({Role.TOWN_OFFICER.value})
OF_BODY = frozenset({Role.BUREAU_OFFICER.value, Role.BODY_OFFICER.value, Role.TOWN_OFFICER.value})


@dataclass(frozen=True)
class Rest:
    """How many records of one school or town are not counted, and how many are not reported."""

    not_counted: int
    unreported: int


def targets(on: date) -> Iterator[Occasion]:
    """Yield what each promise with a due day still asks of schools, towns and its lead."""
    moment = Moment(on, None)
    due = [status for status in queries.statuses(moment) if _reminds(status, on)]
    for status in due:
        yield _of_lead(status)
        if asks_each(status):
            yield from _of_places(status)


def _reminds(status: Status, on: date) -> bool:
    """Tell whether a promise is not kept, and due within what is told of today or before."""
    due_on = status.target.due_on
    if due_on is None or status.standing.word not in NOT_KEPT:
        return False
    return status.card is not None and due_on <= occasions.reaches(on)


def asks_each(status: Status) -> bool:
    """Tell whether a promise asks for every record, so that each school can do its own part.

    Where half of all will do, nobody can say which half: then only the lead is told.
    """
    card, target = status.card, status.target
    if card is None or card.form != "share" or target.compare not in HIGHER_IS_BETTER:
        return False
    return target.asked is not None and target.asked >= 1


def _of_lead(status: Status) -> Occasion:
    missing = presentation.shortfall(status) or str(presentation.WORDS[status.standing.word])
    words = {
        "label": status.promise.short_zh, "asked": presentation.threshold(status.target),
        "value": presentation.counted(status), "missing": missing,
        "force": presentation.FORCES[status.target.force],
    }  # fmt: skip
    text = _("%(label)s：%(force)s应 %(asked)s，现为 %(value)s，%(missing)s")
    if status.value is None:
        text = _("%(label)s：%(force)s应 %(asked)s，%(missing)s")
    return Occasion(
        key=f"{status.promise.name}.lead",
        kind=Kind.MISSING if status.standing.word == Word.UNKNOWN else Kind.DUE,
        who=Who("view_plan", _card(status).sensitivity, OF_BODY, body_key=status.measure.lead),
        text=text % words,
        link=_page(status),
        due_on=status.target.due_on,
    )


def _of_places(status: Status) -> Iterator[Occasion]:
    """Yield what each school has to do; where the records have none, what each town has to do."""
    rows = _rest_rows(status)
    card, name = _card(status), status.promise.name
    for school, rest in _by(rows, "school_id"):
        who = Who("view_plan", card.sensitivity, OF_SCHOOL, school_id=school)
        yield from _told(status, f"{name}.school{school}", who, rest, _of_school)
    in_no_school = [row for row in rows if row["school_id"] is None]
    for town, rest in _by(in_no_school, "town_id"):
        who = Who("view_plan", card.sensitivity, OF_TOWN, town_id=town)
        yield from _told(status, f"{name}.town{town}", who, rest, _of_town)


def _rest_rows(status: Status) -> list[dict[str, Any]]:
    card = _card(status)
    with indicators.reading() as live:
        rows = live.units(card, status.moment).to_pylist()
    return [row for row in rows if row["counted"] != 1]


def _by(rows: Iterable[dict[str, Any]], place: str) -> Iterator[tuple[int, Rest]]:
    """Yield each school or town with what it has to do."""
    not_counted: Counter[int] = Counter()
    unreported: Counter[int] = Counter()
    for row in rows:
        if row[place] is not None:
            (unreported if row["counted"] is None else not_counted)[row[place]] += 1
    for key in sorted({*not_counted, *unreported}):
        yield key, Rest(not_counted[key], unreported[key])


Say = Callable[[Card, int], str]


def _told(status: Status, key: str, who: Who, rest: Rest, say: Say) -> Iterator[Occasion]:
    """Yield one occasion for what is not counted and one for what is not reported."""
    label, card = status.promise.short_zh, _card(status)
    if rest.not_counted:
        text = _("%(label)s：%(place)s尚未计入") % {
            "label": label, "place": say(card, rest.not_counted),
        }  # fmt: skip
        yield Occasion(key, Kind.DUE, who, text, _page(status), status.target.due_on)
    if rest.unreported:
        text = _("%(label)s：%(place)s还没有报，报来前不能判断") % {
            "label": label, "place": say(card, rest.unreported),
        }  # fmt: skip
        yield Occasion(
            f"{key}.report", Kind.MISSING, who, text, _page(status), status.target.due_on
        )


def _of_school(card: Card, count: int) -> str:
    """Name what of a school is meant: the school itself, or some of its people and things."""
    if card.unit_kind == "school":
        return _("本校")
    return _("本校 %(count)s %(unit)s") % {"count": count, "unit": _unit(card)}


def _of_town(card: Card, count: int) -> str:
    if card.unit_kind == "town":
        return _("本镇")
    return _("本镇 %(count)s %(unit)s") % {"count": count, "unit": _unit(card)}


def _unit(card: Card) -> str:
    """Return the measure word of a record, with what it is where the word alone does not say."""
    thing = _("村居") if card.unit_kind == "village" else ""
    return f"{card.unit_zh}{thing}"


def _card(status: Status) -> Card:
    assert status.card is not None
    return status.card


def _page(status: Status) -> str:
    return reverse("target", args=[status.promise.name])
