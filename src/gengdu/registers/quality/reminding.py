"""What the data-quality desk reminds of: what schools have to answer, and what waits for review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.models import Role, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who
from gengdu.registers.quality import queries
from gengdu.registers.quality.queries import Finding, Standing
from gengdu.registers.schools.queries import open_schools

OF_SCHOOL = frozenset({Role.SCHOOL_HEAD.value, Role.SCHOOL_CLERK.value})
OF_BUREAU = frozenset({Role.BUREAU_OFFICER.value})
_EVERYTHING = Viewer(Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None)

Findings = list[Finding]


def desk(on: date) -> Iterator[Occasion]:
    """Yield one occasion for each school, town and the bureau: how many findings want an answer.

    Only numbers are told, never what was found or about whom.
    """
    found = [one for one in queries.findings(_EVERYTHING, on=on) if one.found.check.counts]
    schools = {one.found.school_id: one.found.school_id for one in found}
    for school, some in _by_place(found, schools):
        yield from _of_school(school, some, on)
    waiting = [one for one in found if one.standing is Standing.WAITING]
    towns = {profile.school_id: profile.town_id for profile in open_schools(on=on)}  # type: ignore[attr-defined]
    for town, some in _by_place(waiting, towns):
        yield _review(f"town{town}", Who("accept_findings", town_id=town), some)
    if waiting:
        yield _review("bureau", Who("accept_findings", roles=OF_BUREAU), waiting)


def _by_place(
    found: Iterable[Finding], places: Mapping[Any, int | None]
) -> Iterator[tuple[int, Findings]]:
    """Yield each place with its findings, by the place of their school."""
    by_place: dict[int, Findings] = {}
    for one in found:
        place = places.get(one.found.school_id)
        if place is not None:
            by_place.setdefault(place, []).append(one)
    yield from sorted(by_place.items())


def _of_school(school: int, found: Findings, on: date) -> Iterator[Occasion]:
    """Yield what a school has to answer, once a month, and what was returned to it."""
    who = Who("answer_findings", roles=OF_SCHOOL, school_id=school)
    link = reverse("quality")
    open_ones = [one for one in found if one.standing is Standing.OPEN]
    if open_ones:
        text = _("数据质量：本校底册有 %(count)s 条待核实或更正") % {"count": len(open_ones)}
        yield Occasion(f"school{school}.open@{on:%Y-%m}", Kind.MISSING, who, text, link)
    back = [one for one in found if one.standing is Standing.RETURNED]
    if back:
        what = _("数据质量：%(count)s 条答复") % {"count": len(back)}
        key = f"school{school}.returned@{_newest(back)}"
        yield occasions.returned(key, who, what=what, link=link)


def _review(place: str, who: Who, waiting: Findings) -> Occasion:
    what = _("数据质量：%(count)s 条答复") % {"count": len(waiting)}
    key = f"{place}.review@{_newest(waiting)}"
    return occasions.waiting(key, who, what=what, link=reverse("quality_review"))


def _newest(found: Findings) -> int:
    """Return the id of the newest answer: only a new one is news."""
    return max(one.answer.pk for one in found if one.answer is not None)
