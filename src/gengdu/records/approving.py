"""Takes entries of a ledger through their flow: what an act would do, and doing it.

Each act writes a new row with the new state, so that what counted on a day can always be asked, and
a step that says who, why and by when. All of an act is written in one transaction or nothing is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.kernel.dates import day_before
from gengdu.kernel.periods import Period
from gengdu.policy.working_days import add_working_days
from gengdu.records import rewriting
from gengdu.records.evidence import queries as evidence
from gengdu.records.flows import Refused
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Change, ChangeKind, Item, LedgerRow, State, Step, StepKind
from gengdu.records.rewriting import Rewrite
from gengdu.records.writing import Moved

REASONED = frozenset({StepKind.RETURN, StepKind.REOPEN, StepKind.REVOKE})
"""Acts that somebody has to explain."""
ITEMS_AT_ONCE = 500


@dataclass(frozen=True)
class Act:
    """What somebody wants done with some entries of a ledger.

    Attributes:
        note: Why, or what is said on the way.
        day: From when a revocation holds.
        granted: What whoever decides fills in, by column: it goes into every entry approved.
    """

    ledger: Ledger
    kind: str
    items: tuple[int, ...]
    viewer: Viewer
    account: Account
    on: date
    note: str = ""
    day: date | None = None
    granted: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Planned:
    """What an act does to one entry.

    Attributes:
        row: As it is recorded.
        after: The state it comes to.
        refused: Why nothing is done; empty where something is.
        effects: What else comes of it, in words.
        warnings: What should be looked at first, in words.
        others: Rewrites of other entries that belong to it.
        granted: What is filled in, by field.
    """

    row: LedgerRow
    after: str = ""
    due_on: date | None = None
    is_own: bool = False
    refused: str = ""
    effects: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    others: list[Rewrite] = field(default_factory=list)
    granted: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """Return a field as it will stand once the act is done."""
        return self.granted.get(name, getattr(self.row, name))

    @property
    def coming(self) -> LedgerRow:
        """The row as it will stand, not saved."""
        return rewriting.again(self.row, **self.granted, state=self.after)


@dataclass(frozen=True)
class Plan:
    """What an act would do.

    Attributes:
        entries: One for each entry that the viewer's scope holds, in order of the items asked for.
        missing: How many of the items asked for are not there, or not the viewer's.
    """

    entries: tuple[Planned, ...]
    missing: int

    @property
    def done(self) -> list[Planned]:
        """The entries to which something is done."""
        return [entry for entry in self.entries if not entry.refused]

    @property
    def digest(self) -> str:
        """A mark that differs when other rows would be written."""
        said = [(entry.row.pk, entry.after, bool(entry.refused)) for entry in self.entries]
        return repr(said)


def plan(act: Act) -> Plan:
    """Return what an act would do; nothing is written."""
    if act.kind in REASONED and not act.note.strip():
        raise Refused(_("请写明原因"))
    rows = _rows(act)
    trails = trails_of(act.items)
    found = [_planned(act, rows[item], trails.get(item, [])) for item in act.items if item in rows]
    if act.kind in (StepKind.SUBMIT, StepKind.PASS):
        going = [one for one in found if not one.refused]
        _warn_of_missing_papers(act.ledger, going)
        _warn_of_doubles(act.ledger, going)
    if act.kind == StepKind.PASS:
        _plan_approvals(act, found)
    return Plan(tuple(found), len(act.items) - len(found))


def rewrites_of(act: Act, planned: Plan) -> list[Rewrite]:
    """Return what an act would write."""
    return [rewrite for entry in planned.done for rewrite in _rewrites(act, entry)]


def digest(plans: Sequence[Plan]) -> str:
    """Return a mark that differs when other rows would be written."""
    return hashlib.sha256("".join(plan.digest for plan in plans).encode()).hexdigest()[:24]


def do(acts: Sequence[Act], at: datetime, looked_at: str = "") -> int:
    """Do acts of several ledgers with every entry that allows it, and return with how many.

    All of it is written in one transaction.

    Args:
        acts: What to do, one act for each ledger.
        at: The moment.
        looked_at: Mark of the plans that the person has before the eyes; empty where none was.

    Raises:
        Refused: If no entry allows it.
        Moved: If somebody was faster, or the plans looked at are no longer what would be.
    """
    with transaction.atomic():
        _hold(acts)
        plans = [plan(act) for act in acts]
        if looked_at and looked_at != digest(plans):
            raise Moved(_("核对之后有记录已被别人办理，没有写入任何数据。请重新核对，再确认。"))
        if not any(planned.done for planned in plans):
            raise Refused(_why_none(plans))
        for act, planned in zip(acts, plans, strict=True):
            if planned.done:
                _do(act, planned, at)
    return sum(len(planned.done) for planned in plans)


def _hold(acts: Sequence[Act]) -> None:
    """Keep everybody else, whoever adds a file too, from the entries until it is done."""
    items = sorted({item for act in acts for item in act.items})
    for first in range(0, len(items), ITEMS_AT_ONCE):
        some = Item.objects.filter(pk__in=items[first : first + ITEMS_AT_ONCE])
        list(some.select_for_update().order_by("pk").values_list("pk"))


def _do(act: Act, planned: Plan, at: datetime) -> Change:
    change = Change(
        at=at, account=act.account, kind=ChangeKind.APPROVAL, register=act.ledger.key,
        summary=_summary(act, planned), reason=act.note.strip()[:200],
    )  # fmt: skip
    rewrites = rewrites_of(act, planned)
    about = {entry.row.item_id for entry in planned.done}

    def note_steps(saved: Change) -> None:
        Step.objects.bulk_create(_step(act, entry, saved) for entry in planned.done)

    return rewriting.commit(change, rewrites, about=about, also=note_steps)


def _why_none(plans: Sequence[Plan]) -> str:
    refused = [entry.refused for planned in plans for entry in planned.entries]
    if refused:
        return refused[0]
    return _("没有找到要办理的记录，可能已被撤销，或不在您的查看范围内")


def _summary(act: Act, planned: Plan) -> str:
    count = len(planned.done)
    words = StepKind(act.kind).label
    names = act.ledger.names([entry.row for entry in planned.done[:1]], act.on)
    first = next(iter(names.values()), "")
    if count == 1:
        return _("%(act)s：%(name)s") % {"act": words, "name": first}
    said = _("%(act)s %(count)s 条：%(name)s 等")
    return said % {"act": words, "count": count, "name": first}


def _rows(act: Act) -> dict[int, LedgerRow]:
    """Return the live rows of the items that the viewer's scope holds, by item."""
    found: dict[int, LedgerRow] = {}
    for first in range(0, len(act.items), ITEMS_AT_ONCE):
        some = act.items[first : first + ITEMS_AT_ONCE]
        rows = act.ledger.within(act.viewer, act.on).filter(item_id__in=some)
        found |= {row.item_id: row for row in rows}
    return found


def trails_of(items: Sequence[int]) -> dict[int, list[Step]]:
    """Return the steps of each entry that has taken some, in order."""
    found: dict[int, list[Step]] = {}
    for first in range(0, len(items), ITEMS_AT_ONCE):
        steps = Step.objects.filter(item_id__in=items[first : first + ITEMS_AT_ONCE])
        for step in steps.select_related("account").order_by("pk"):
            found.setdefault(step.item_id, []).append(step)
    return found


def _planned(act: Act, row: LedgerRow, trail: list[Step]) -> Planned:
    found = Planned(row)
    flow = act.ledger.flow
    may_edit = act.viewer.may(act.ledger.edit)
    if act.kind in (StepKind.SUBMIT, StepKind.WITHDRAW) and not may_edit:
        found.refused = _("您没有填报这本台账的权限")
        return found
    try:
        found.after = flow.after(
            act.kind, row.state, act.viewer.may,
            ends_on=trail[-1].due_on if trail else None, on=act.on,
            is_noticed=act.ledger.noticed(row),
        )  # fmt: skip
    except Refused as refused:
        found.refused = str(refused)
        return found
    station = flow.at(found.after)
    found.due_on = add_working_days(act.on, station.days_on(act.on)) if station else None
    sent = [step.account_id for step in trail if step.kind == StepKind.SUBMIT]
    found.is_own = act.kind == StepKind.PASS and sent[-1:] == [act.account.pk]
    if act.kind == StepKind.REVOKE:
        _plan_revocation(act, found)
    return found


def _plan_revocation(act: Act, planned: Planned) -> None:
    """Let an entry end on the day; one that had not begun by then never counted."""
    day, row = act.day, planned.row
    if day is None:
        planned.refused = _("请写明自哪一天起撤销")
    elif day > act.on:
        planned.refused = _("撤销日期不能晚于今天")
    elif act.ledger.holds_periods and day > getattr(row, act.ledger.day_field):
        ends_on = getattr(row, "ends_on", None)
        if ends_on is not None and ends_on <= day:
            last = day_before(ends_on)
            planned.refused = _("到 %(day)s 已经到期，不必撤销") % {"day": last}
        planned.after = State.APPROVED


def _plan_approvals(act: Act, planned: list[Planned]) -> None:
    """Work out what approved entries meet among those approved before, and among themselves."""
    ledger = act.ledger
    coming = [one for one in planned if not one.refused and one.after == State.APPROVED]
    for one in coming:
        one.granted = _granted(act)
        one.refused = _lacking(ledger, one)
    coming = [one for one in coming if not one.refused]
    if not ledger.same or not ledger.holds_periods or not coming:
        return
    names = [ledger.attname(ledger.by_key[key]) for key in ledger.same]
    together = {one.row.item_id for one in coming}
    met: dict[tuple[Any, ...], list[LedgerRow]] = {}
    for row in _approved_alike(ledger, names, coming):
        met.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    for one in coming:
        row = one.coming
        alike = met.setdefault(tuple(getattr(row, name) for name in names), [])
        period = _period(row)
        for other in [other for other in alike if _period(other).overlaps(period)]:
            if ledger.replaces and other.item_id in together:
                one.refused = _("本批里还有同一事项的另一条，只能有一条生效，请分开办理")
            else:
                _settle(ledger, one, other)
        if not one.refused:
            alike.append(row)


def _warn_of_missing_papers(ledger: Ledger, going: Sequence[Planned]) -> None:
    """Tell of entries that go on without a file that proves them."""
    if not ledger.evidence or not going:
        return
    held = evidence.counts([one.row.item_id for one in going])
    for one in going:
        if one.row.item_id not in held:
            one.warnings.append(_("没有证明材料（应有：%(what)s）") % {"what": ledger.evidence})


def doubles_of(ledger: Ledger, rows: Sequence[Any]) -> dict[int, list[LedgerRow]]:
    """Return, by item, the other entries of the same matter that are not decided either."""
    names = [ledger.attname(ledger.by_key[key]) for key in ledger.same]
    if not names or not rows:
        return {}
    undecided = ledger.model._default_manager.filter(
        Q(superseded_at=None), ~Q(state__in=(State.APPROVED, State.REVOKED)),
        **{f"{names[0]}__in": {getattr(row, names[0]) for row in rows}},
    )  # fmt: skip
    alike: dict[tuple[Any, ...], list[LedgerRow]] = {}
    for other in undecided.order_by("item_id"):
        alike.setdefault(tuple(getattr(other, name) for name in names), []).append(other)
    found = {}
    for row in rows:
        same = alike.get(tuple(getattr(row, name) for name in names), [])
        found[row.item_id] = [one for one in same if one.item_id != row.item_id]
    return found


def _warn_of_doubles(ledger: Ledger, planned: Sequence[Planned]) -> None:
    """Tell of entries whose matter somebody has entered once more, and nobody decided yet."""
    others = doubles_of(ledger, [one.row for one in planned])
    for one in planned:
        for other in others.get(one.row.item_id, []):
            said = _("同一事项另有一条“%(state)s”，请核对是否重复")
            one.warnings.append(said % {"state": State(other.state).label})


def _granted(act: Act) -> dict[str, Any]:
    """Return what is filled in on approval, by field."""
    ledger = act.ledger
    return {
        ledger.attname(ledger.by_key[key]): value
        for key, value in act.granted.items()
        if key in ledger.granted
    }


def _lacking(ledger: Ledger, one: Planned) -> str:
    """Return what an entry lacks to be approved; empty where it lacks nothing."""
    columns = [ledger.by_key[key] for key in ledger.needed]
    missing = [c for c in columns if one.value(ledger.attname(c)) in (None, "")]
    if missing:
        return _("还缺“%(what)s”，请填上再批准") % {
            "what": "、".join(str(c.label) for c in missing)
        }
    if not ledger.holds_periods:
        return ""
    starts_on, ends_on = one.value("starts_on"), one.value("ends_on")
    if ends_on is not None and ends_on <= starts_on:
        return _("截止日期早于起始日期 %(day)s，请核对") % {"day": starts_on}
    return ""


def _approved_alike(ledger: Ledger, names: list[str], coming: list[Planned]) -> Iterator[LedgerRow]:
    """Yield the approved entries of the same matters as some others, in order of their start."""
    first = {getattr(one.row, names[0]) for one in coming}
    rows = ledger.model._default_manager.filter(
        Q(superseded_at=None, state=State.APPROVED), **{f"{names[0]}__in": first}
    )
    yield from rows.exclude(item_id__in=[one.row.item_id for one in coming]).order_by("starts_on")


def _period(row: Any) -> Period:
    return Period(row.starts_on, row.ends_on)


def _settle(ledger: Ledger, one: Planned, other: Any) -> None:
    """Say what becomes of an approved entry that another is to follow, or to double."""
    row: Any = one.coming
    until = day_before(other.ends_on) if other.ends_on else _("长期")
    told = {"from": other.starts_on, "until": until, "day": row.starts_on}
    if not ledger.replaces:
        one.warnings.append(
            _("与已批准的同一事项（%(from)s 至 %(until)s）时间重叠，请核对是否重复") % told
        )
    elif other.starts_on >= row.starts_on:
        one.refused = (
            _("已有 %(from)s 起生效的同一事项，不早于这一条（%(day)s）。请改起始日期后再提交")
            % told
        )
    else:
        told["last"] = day_before(row.starts_on)
        one.effects.append(_("原来 %(from)s 起的一条到 %(last)s 为止") % told)
        one.others.append(rewriting.ended(other, row.starts_on))


def _rewrites(act: Act, entry: Planned) -> Iterator[Rewrite]:
    yield from entry.others
    changed: dict[str, Any] = {**entry.granted, "state": entry.after}
    if act.kind == StepKind.REVOKE and act.ledger.holds_periods:
        changed["revoked_on"] = act.day
        if entry.after == State.APPROVED:
            changed["ends_on"] = act.day
    yield Rewrite(entry.row, (rewriting.again(entry.row, **changed),))


def _step(act: Act, entry: Planned, change: Change) -> Step:
    return Step(
        item_id=entry.row.item_id, at=change.at, account=act.account, kind=act.kind,
        before=entry.row.state, after=entry.after, note=act.note.strip()[:400],
        due_on=entry.due_on, is_own=entry.is_own, change=change,
    )  # fmt: skip
