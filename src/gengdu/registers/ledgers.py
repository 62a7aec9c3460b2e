"""What ledgers are declared with: whose entries are, over which days, how far they have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from gengdu.access.models import ScopeKind
from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.flows import OF_THE_BUREAU
from gengdu.records.ledgers import PART, Ledger
from gengdu.records.models import Entry, Item, LedgerRow, State
from gengdu.records.queries import in_force
from gengdu.records.sheets import Column, Part
from gengdu.records.waiting import expires_soon_days
from gengdu.registers import scopes
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.places.references import PlaceReference
from gengdu.registers.schools.references import SchoolReference

STATES = {state.value: str(state.label) for state in State if state != State.SUBMITTED}
SCHOOL_NAMES = ("学校名称", "学校标识码", "学校代码", "单位", "申报单位", "申报学校")


@dataclass(frozen=True)
class ValidOn:
    """Whether an entry counts on the day of the page, and if not, why."""

    inputs: tuple[str, ...] = ("state", "starts_on", "ends_on", "revoked_on")

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what makes the word of an entry."""
        soon = expires_soon_days(day)
        return lambda *values: _word(day, soon, *values)


def _word(
    day: date, soon: int, state: str, starts_on: date, ends_on: date | None,
    revoked_on: date | None,
) -> str:  # fmt: skip
    if state != State.APPROVED:
        return _("未计入")
    if ends_on is not None and ends_on <= day:
        return _("已撤销") if revoked_on is not None and revoked_on <= day else _("已到期")
    if starts_on > day:
        return _("未开始")
    if ends_on is not None and (ends_on - day).days <= soon:
        return _("有效，还剩%(days)s天") % {"days": (ends_on - day).days}
    return _("有效")


def choice(key: str, label: str, choices: type[models.TextChoices], **more: Any) -> Column:
    """Return a column of the choices of a field."""
    named = {str(value): str(words) for value, words in choices.choices}
    given = {"listed": True, "width": 10, "example": next(iter(named.values())), **more}
    return Column(key, label, PART, key, cells.Code(named), **given)


def text(key: str, label: str, length: int = 60, **more: Any) -> Column:
    """Return a column of text."""
    return Column(key, label, PART, key, cells.Text(length), **more)


def long_text(key: str, label: str, length: int, **more: Any) -> Column:
    """Return a column of text over several lines."""
    return Column(key, label, PART, key, cells.Text(length, lines=True), **{"width": 40, **more})


def lines(key: str, label: str, fields: tuple[str, ...], **more: Any) -> Column:
    """Return a column with a small table: a line for each row, the first two fields needed."""
    kind = cells.Lines(fields, needed=2)
    example = "｜".join(f"示例{name}" for name in fields)
    return Column(key, label, PART, key, kind, **{"width": 40, "example": example, **more})


def count(key: str, label: str, **more: Any) -> Column:
    """Return a column of whole numbers."""
    return Column(key, label, PART, key, cells.Whole(0, 32_767), **{"width": 8, **more})


def day(key: str, label: str, **more: Any) -> Column:
    """Return a column of days."""
    return Column(key, label, PART, key, cells.Day(), **{"width": 12, **more})


def school(**more: Any) -> Column:
    """Return the column with the school that an entry belongs to."""
    given = {"required": True, "listed": True, "filtered": True, "width": 20,
             "synonyms": SCHOOL_NAMES, "example": "示例小学", **more}  # fmt: skip
    return Column("school", "学校", PART, "school", SchoolReference(ever=True), **given)


def village(**more: Any) -> Column:
    """Return the column with the village or community that an entry belongs to."""
    given = {"required": True, "listed": True, "filtered": True, "width": 16,
             "synonyms": ("村居名称", "村", "社区", "所在村居"), **more}  # fmt: skip
    return Column("village", "村居", PART, "village", PlaceReference(), **given)


def period(starts: str = "起始日期", ends: str = "截止日期", **more: Any) -> tuple[Column, ...]:
    """Return the columns with the first day of an entry and the day it ends."""
    return (
        day("starts_on", starts, required=True, listed=True, example="2025-11-20", **more),
        Column(
            "ends_on",
            ends,
            PART,
            "ends_on",
            cells.LastDay(),
            listed=True,
            width=12,
            help="最后一天；长期有效的不填",
        ),
    )


def _state_columns(model: type[LedgerRow]) -> tuple[Column, ...]:
    state = Column("state", "审批状态", PART, "state", cells.Code(STATES), listed=True,
                   filtered=True, writable=False, checked=False, width=10)  # fmt: skip
    if not issubclass(model, Entry):
        return (state,)
    return (
        state,
        Column("valid", "当日效力", "", "", cells.Text(20), virtual=ValidOn(), writable=False,
               listed=True, width=12),
        day("revoked_on", "撤销日期", writable=False),
    )  # fmt: skip


def of_schools(model: type[LedgerRow], *columns: Column, **more: Any) -> Ledger:
    """Declare a ledger of which each entry belongs to a school."""
    given = {"name": "school", "school": "school", "scope": scopes.own_schools,
             "edit": "edit_records"}  # fmt: skip
    return _declared(model, columns, **{**given, **more})


def of_villages(model: type[LedgerRow], *columns: Column, **more: Any) -> Ledger:
    """Declare a ledger of which each entry belongs to a village or community."""
    given = {"name": "village", "holder": "village", "scope": _own_villages,
             "reach": _villages_of, "edit": "edit_town_records"}  # fmt: skip
    return _declared(model, columns, **{**given, **more})


def of_the_district(model: type[LedgerRow], *columns: Column, **more: Any) -> Ledger:
    """Declare a ledger that the district itself keeps; `name` says what an entry is called."""
    given = {"scope": scopes.district_only, "edit": "edit_schools", "flow": OF_THE_BUREAU}
    return _declared(model, columns, **{**given, **more})


def _declared(
    model: type[LedgerRow], columns: Sequence[Column], *, label: StrOrPromise,
    keys: tuple[str, ...], **more: Any,
) -> Ledger:  # fmt: skip
    named = {column.key for column in columns}
    days = [f"-{key}" for key in ("starts_on", "held_on") if key in named]  # the newest first
    given: dict[str, Any] = {
        "view": "view_records",
        "order": (*days, more["name"]),
        "search": (more["name"], *_texts(columns)),
        "unit": gettext_lazy("条记录"),
        **more,
    }
    part = Part(PART, model, label, "item", states_period=issubclass(model, Entry))
    made = Ledger(
        key=model.ledger, label=label, identity=Item, parts=(part,),
        columns=(*columns, *_state_columns(model)), keys=(keys,),
        described=lambda row: {"ledger": model.ledger}, **given,
    )  # fmt: skip
    sheets.declare(made)
    return made


def _texts(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the columns of text, which the search box looks into."""
    return tuple(
        column.key for column in columns if column.part and isinstance(column.kind, cells.Text)
    )


def _own_villages(viewer: Viewer, on: date) -> Q | None:
    """Return the condition on the village of an entry: those of the viewer's town."""
    if viewer.sees_district:
        return Q()
    villages = _villages_of(viewer, on)
    return Q(village_id__in=villages) if villages else None


def _villages_of(viewer: Viewer, on: date) -> frozenset[int]:
    """Return the villages and communities of a viewer's town."""
    if viewer.scope_kind != ScopeKind.TOWN:
        return frozenset()
    within = PlaceRecord.objects.filter(
        in_force(on), parent_id=viewer.scope_key, place__kind=PlaceKind.VILLAGE
    )
    return frozenset(within.values_list("place_id", flat=True))
