"""What there is to remind of: sources declare it, and say whom it concerns.

A source is a function from a day to occasions. It yields whatever holds on that day; when something
is told, and that nobody is told twice, is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gengdu.access.models import Account, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.kernel.dates import day_before
from gengdu.records.models import Approvable, Dated, State
from gengdu.records.queries import in_force
from gengdu.records.reminders.cadence import Cadence
from gengdu.records.reminders.models import Kind


@dataclass(frozen=True)
class Who:
    """Whom an occasion concerns: everybody for whom all that is given here is true.

    Attributes:
        permission: What they may do.
        sensitivity: open, staff or child, as on the cards of indicators: they may open such records
            of the school or town named, or of the district where none is.
        roles: They have one of these roles; empty for any.
        school_id: They belong to this school.
        town_id: They belong to this town.
        covering: Instead of belonging to the school or town, they are those above it: the town of
            the school (name both) and the whole district.
        body_key: They work for this responsible body.
        account_id: It is this person.
    """

    permission: str
    sensitivity: str = "open"
    roles: frozenset[str] = frozenset()
    school_id: int | None = None
    town_id: int | None = None
    covering: bool = False
    body_key: str = ""
    account_id: int | None = None

    def includes(self, account: Account, viewer: Viewer) -> bool:
        """Tell whether an account is among them; `viewer` is the account's own."""
        if self.account_id not in (None, account.pk) or self.body_key not in ("", account.body_key):
            return False
        if (self.roles and viewer.role not in self.roles) or not viewer.may(self.permission):
            return False
        return self._reaches(viewer) and viewer.may_open(
            self.sensitivity, town_id=self.town_id, school_id=self.school_id
        )

    def _reaches(self, viewer: Viewer) -> bool:
        places = {ScopeKind.SCHOOL: self.school_id, ScopeKind.TOWN: self.town_id}
        if not any(places.values()):
            return True
        is_in = viewer.scope_key is not None and viewer.scope_key == places.get(
            ScopeKind(viewer.scope_kind)
        )
        if self.covering:
            return viewer.sees_district or (is_in and viewer.scope_kind == ScopeKind.TOWN)
        lowest = ScopeKind.SCHOOL if self.school_id is not None else ScopeKind.TOWN
        return is_in and viewer.scope_kind == lowest


@dataclass(frozen=True)
class Occasion:
    """Something to remind people of.

    Attributes:
        key: What it is about, unique within its source: the same thing has the same key every day.
        text: What is the matter, in one sentence without the name of any person.
        link: The page of the site on which it can be dealt with, from its root.
        due_on: The last day on which it is in time; None where it is news, told at once.
    """

    key: str
    kind: Kind
    who: Who
    text: str
    link: str
    due_on: date | None = None


Source = Callable[[date], Iterable[Occasion]]
T = TypeVar("T", bound=Dated)

_sources: dict[str, Source] = {}


def declare_source(name: str, source: Source) -> None:
    """Let a source be asked every working morning; called once, when its app is ready.

    Args:
        name: Its name for good: reminders of a name that is gone end.
        source: Yields what holds on a day.
    """
    if _sources.setdefault(name, source) is not source:
        raise ValueError(f"a source of reminders is called {name!r} already")


def sources() -> dict[str, Source]:
    """Return every declared source by its name."""
    return dict(_sources)


def reaches(on: date) -> date:
    """Return the last due day of which a working day tells: a source need look no further."""
    return Cadence.of(on).reaches


def waiting(key: str, who: Who, *, what: str, link: str, due_on: date | None = None) -> Occasion:
    """Return that something waits for somebody's approval.

    Args:
        key: The thing and its submission: submitted anew, it is news again.
        who: Who may approve it.
        what: What waits, such as 崮山小学的一校一案.
        link: Where it can be approved.
        due_on: The last day on which it should be decided; with one, it is told again as that comes
            near and while it is overdue.
    """
    text = _("%(what)s待您审批") % {"what": what}
    return Occasion(key, Kind.WAITING, who, text, link, due_on)


def returned(key: str, who: Who, *, what: str, link: str) -> Occasion:
    """Return that something was returned to whoever submitted it."""
    text = _("%(what)s已退回，请按意见修改后重新提交") % {"what": what}
    return Occasion(key, Kind.RETURNED, who, text, link)


def expiring(key: str, who: Who, *, what: str, ends_on: date, link: str) -> Occasion:
    """Return that something ceases to hold.

    Args:
        key: What it is about; its end is added.
        who: Whom it concerns.
        what: What expires, such as 绿色校园称号.
        ends_on: The first day on which it no longer holds, as dated rows keep it.
        link: Where it can be renewed.
    """
    last = day_before(ends_on)
    text = _("%(what)s有效期至 %(day)s，请按时续办") % {"what": what, "day": last.isoformat()}
    return Occasion(f"{key}@{last}", Kind.EXPIRING, who, text, link, last)


def ending(rows: QuerySet[T], on: date) -> QuerySet[T]:
    """Return the rows in force on a day whose end is near enough to be told of, earliest first.

    Of ledgers with approval only approved entries count. A row whose successor is on record already
    is for the caller to leave out.
    """
    found = rows.filter(in_force(on), ends_on__lte=reaches(on) + timedelta(days=1))
    if issubclass(rows.model, Approvable):
        found = found.filter(Q(state=State.APPROVED))
    return found.order_by("ends_on", "pk")
