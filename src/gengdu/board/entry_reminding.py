"""What the ledgers remind of: entries that wait for somebody, were returned, or soon end.

Each person is reminded of what the page of approvals lists for them, in numbers and without the
name of anybody; each school of its own entries one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.models import Account, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records import ledgers, waiting
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Step
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who
from gengdu.records.waiting import Group, Line
from gengdu.registers.schools.queries import viewer_of

REMIND = (Group.WAITING.value, Group.RETURNED.value, Group.EXPIRING.value)


def entries(on: date) -> Iterator[Occasion]:
    """Yield for each person what of all ledgers waits for them, came back to them, or ends."""
    last_step = _last_steps()
    for account in Account.objects.filter(is_active=True):
        viewer = viewer_of(account, on=on)
        if viewer.may("view_records"):
            found = waiting.lines(viewer, on, groups=REMIND)
            for ledger in ledgers.ledgers():
                of_ledger = [line for line in found if line.ledger == ledger.key]
                yield from _of(ledger, of_ledger, _Person(account, viewer), on, last_step)


@dataclass(frozen=True)
class _Person:
    account: Account
    viewer: Viewer

    def who(self, ledger: Ledger) -> Who:
        """Return that it concerns this person, who may open such records within the own scope."""
        account, kind = self.account, self.viewer.scope_kind
        return Who(
            "view_records",
            "child" if ledger.shows_children else "open",
            school_id=self.viewer.scope_key if kind == ScopeKind.SCHOOL else None,
            town_id=self.viewer.scope_key if kind == ScopeKind.TOWN else None,
            account_id=account.pk,
        )


StepOf = Callable[[int], int]


def _last_steps() -> StepOf:
    """Return what tells the last step of an entry: a new one makes old matter news again."""
    steps = dict(Step.objects.order_by().values_list("item").annotate(Max("pk")))
    return lambda item: steps.get(item, 0)


def _of(
    ledger: Ledger, lines: Sequence[Line], person: _Person, on: date, last_step: StepOf
) -> Iterator[Occasion]:
    by_group = {group: [line for line in lines if line.group == group] for group in REMIND}
    waits = by_group[Group.WAITING.value]
    if waits:
        newest = max(last_step(line.item) for line in waits)
        yield from _waiting(ledger, waits, person, newest, on)
    for line in by_group[Group.RETURNED.value]:
        yield _returned(ledger, line, person, last_step(line.item))
    if not person.viewer.sees_district:  # the bureau finds them on the page of approvals
        yield from (_ending(ledger, line, person) for line in by_group[Group.EXPIRING.value])


def _waiting(
    ledger: Ledger, waits: Sequence[Line], person: _Person, newest: int, on: date
) -> Iterator[Occasion]:
    """Yield what waits, told again with each that is new, and weekly what waits too long."""
    key, who = f"{person.account.pk}.{ledger.key}", person.who(ledger)
    link = f"{reverse('approvals')}?group={Group.WAITING.value}"
    words = {"ledger": ledger.label, "count": len(waits)}
    what = _("%(ledger)s：%(count)s 条记录") % words
    yield occasions.waiting(f"{key}.waiting@{newest}", who, what=what, link=link)
    late = sum(line.is_overdue(on) for line in waits)
    if late:
        text = _("%(ledger)s：%(count)s 条记录待您审批，已过办理期限") % {**words, "count": late}
        yield Occasion(f"{key}.late@{on:%G-W%V}", Kind.WAITING, who, text, link)


def _returned(ledger: Ledger, line: Line, person: _Person, step: int) -> Occasion:
    what = _("%(ledger)s：1 条记录") % {"ledger": ledger.label}
    key = f"{ledger.key}.{line.item}.returned@{step}"
    return occasions.returned(key, person.who(ledger), what=what, link=_page(ledger, line))


def _ending(ledger: Ledger, line: Line, person: _Person) -> Occasion:
    assert line.due_on is not None
    what = _("%(ledger)s：1 条记录") % {"ledger": ledger.label}
    return occasions.expiring(
        f"{ledger.key}.{line.item}.ends", person.who(ledger), what=what, ends_on=line.due_on,
        link=_page(ledger, line),
    )  # fmt: skip


def _page(ledger: Ledger, line: Line) -> str:
    return reverse(f"{ledger.key}_detail", args=[line.item])
