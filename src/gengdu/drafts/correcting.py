"""Corrects a reading, undoes and does again; two people at once lose nothing.

Every correction says on which version it was made. What others changed meanwhile stays, and the
correction is added to it; only where they changed the same item is it refused, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.actors import acting_as
from gengdu.access.models import Account
from gengdu.drafts import items
from gengdu.drafts.items import Data, Item
from gengdu.drafts.models import Correction, CorrectionKind, Draft
from gengdu.notices import numbering

MODEL = "drafts.Draft"
LETTERS = {items.MEASURE: "m", items.CLAUSE: "b", items.TARGET: "t"}


class Conflict(ValueError):
    """Somebody else changed the item meanwhile; the message says who, when and what to do."""


class Gone(ValueError):
    """An item is no longer there; the message says so."""


class NothingThere(ValueError):
    """There is nothing to undo or to do again; the message says so."""


@dataclass(frozen=True)
class By:
    """Who corrects, when, and which version was before their eyes."""

    account: Account
    at: datetime
    version: int


@dataclass(frozen=True)
class Wish:
    """What an item should be: a new value, or None to be dropped."""

    kind: str
    item: str
    after: Item | None


Asked = Callable[[Data], Sequence[Wish]]
"""What somebody wants changed, asked once the reading is held and nobody else can change it."""


def correct(draft: Draft, by: By, kind: str, asked: Asked) -> Correction | None:
    """Change items of a reading.

    Returns:
        The correction; None where everything is so already.

    Raises:
        Conflict: If somebody changed one of the items since that version.
        Gone: If an item is not there any more.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        data = deepcopy(held.reading)
        changes = _changes(data, asked(data))
        if not changes:
            return None
        _check_unmoved(held, by, {change["item"] for change in changes})
        return _write(held, by, kind, changes)


def edit(draft: Draft, by: By, item: str, values: Item) -> Correction | None:
    """Change some values of one item, as `correct` does."""

    def asked(data: Data) -> list[Wish]:
        return [Wish(_kind(data, item), item, {**_found(data, item), **values})]

    return correct(draft, by, CorrectionKind.EDIT, asked)


def check(draft: Draft, by: By, item: str, *, checked: bool) -> Correction | None:
    """Say that somebody compared an item with the text, or that it is to be looked at again.

    A measure is checked with its clauses.
    """

    def asked(data: Data) -> list[Wish]:
        found = next((one for one in data["measures"] if one["id"] == item), None)
        ids = [item, *(one["id"] for one in (found or {}).get("bodies", ()))]
        return [
            Wish(_kind(data, one), one, {**_found(data, one), "checked": checked}) for one in ids
        ]

    return correct(draft, by, CorrectionKind.CHECK, asked)


def drop(draft: Draft, by: By, item: str) -> Correction | None:
    """Take an item out of the reading; a measure goes with its clauses, its targets stay."""

    def asked(data: Data) -> list[Wish]:
        found = next((one for one in data["measures"] if one["id"] == item), None)
        below = [Wish(items.CLAUSE, one["id"], None) for one in (found or {}).get("bodies", ())]
        return [*below, Wish(_kind(data, item), item, None)]

    return correct(draft, by, CorrectionKind.DROP, asked)


def add(draft: Draft, by: By, kind: str, value: Item) -> str:
    """Add an item and return its id, which no other item of the draft ever had."""
    made: list[str] = []

    def asked(data: Data) -> list[Wish]:
        number = Draft.objects.values_list("version", flat=True).get(pk=draft.pk) + 1
        made.append(f"{LETTERS[kind]}x{number}")
        return [Wish(kind, made[0], {"id": made[0], **value})]

    correct(draft, by, CorrectionKind.ADD, asked)
    return made[0]


def renumber(draft: Draft, by: By) -> Correction | None:
    """Let the measures count from 1 in their order; their targets go with them."""

    def asked(data: Data) -> list[Wish]:
        return [Wish(_kind(data, one["id"]), one["id"], one) for one in numbering.in_order(data)]

    return correct(draft, by, CorrectionKind.EDIT, asked)


def undo(draft: Draft, by: By) -> Correction:
    """Undo the person's own last correction that nobody has changed since.

    Raises:
        NothingThere: If there is none.
    """
    return _again(draft, by, CorrectionKind.UNDO)


def redo(draft: Draft, by: By) -> Correction:
    """Do again what the person undid last.

    Raises:
        NothingThere: If there is nothing, or something else was corrected since.
    """
    return _again(draft, by, CorrectionKind.REDO)


def to_undo(draft: Draft, account: Account) -> Correction | None:
    """Return what `undo` would undo."""
    return _last(draft, account, CorrectionKind.UNDO)


def to_redo(draft: Draft, account: Account) -> Correction | None:
    """Return what `redo` would do again."""
    return _last(draft, account, CorrectionKind.REDO)


def _again(draft: Draft, by: By, kind: str) -> Correction:
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        found = _last(held, by.account, kind)
        if found is None:
            raise NothingThere(
                _("没有可撤销的改动。") if kind == CorrectionKind.UNDO else _("没有可重做的改动。")
            )
        changes = found.changes
        if kind == CorrectionKind.UNDO:
            changes = [
                {**change, "before": change["after"], "after": change["before"]}
                for change in reversed(changes)
            ]
        return _write(held, by, kind, changes, about=found)


def _last(draft: Draft, account: Account, kind: str) -> Correction | None:
    """Return the last own correction that can be undone, or done again.

    What others have since changed of the same items is theirs: it is passed over.
    """
    undone: list[Correction] = []
    done: list[Correction] = []
    others: dict[str, int] = {}
    every = list(draft.corrections.select_related("about").order_by("number"))
    for one in every:
        if one.account_id != account.pk:
            others.update(dict.fromkeys(one.items, one.number))
        elif one.kind == CorrectionKind.UNDO:
            undone.append(_taken(done, one))
        elif one.kind == CorrectionKind.REDO:
            done.append(_taken(undone, one))
        else:
            done.append(one)
            undone = []
    stack = done if kind == CorrectionKind.UNDO else undone
    latest = {one.about_id: one.number for one in every if one.about_id}
    for one in reversed(stack):
        number = latest.get(one.pk, one.number)
        if all(others.get(item, 0) < number for item in one.items):
            return one
    return None


def _taken(stack: list[Correction], one: Correction) -> Correction:
    """Take what a correction is about off a stack, where it need not lie on top."""
    place = next(at for at, held in enumerate(stack) if held.pk == one.about_id)
    return stack.pop(place)


def _changes(data: Data, wishes: Sequence[Wish]) -> list[dict[str, Any]]:
    changes = []
    for wish in wishes:
        before = items.find(data, wish.item)
        if before != wish.after:
            changes.append({"kind": wish.kind, "item": wish.item,
                            "before": before, "after": wish.after})  # fmt: skip
    return changes


def _check_unmoved(held: Draft, by: By, touched: set[str]) -> None:
    since = held.corrections.filter(number__gt=by.version).select_related("account")
    for one in since.order_by("-number"):
        if one.items & touched:
            raise Conflict(
                _("这一项在您打开以后由 %(who)s 于 %(at)s 改过，您的改动没有保存；"
                  "请看过现在的内容，再决定要不要改。")
                % {"who": one.account.last_name or one.account.username,
                   "at": timezone.localtime(one.made_at).strftime("%m-%d %H:%M")}
            )  # fmt: skip


def _write(
    held: Draft, by: By, kind: str, changes: list[dict[str, Any]], about: Correction | None = None
) -> Correction:
    for change in changes:
        items.put(held.reading, change["kind"], change["item"], change["after"])
    held.version += 1
    held.corrected_at = by.at
    held.save(update_fields=["reading", "version", "corrected_at"])
    made = Correction.objects.create(
        draft=held, number=held.version, kind=kind, changes=changes, about=about,
        account=by.account, made_at=by.at,
    )  # fmt: skip
    what = _("通知草稿：%(kind)s") % {"kind": made.get_kind_display()}
    looking.wrote(acting_as(by.account), subject=MODEL, ids=[held.pk], what=what)
    return made


def _kind(data: Data, item: str) -> str:
    kind = items.kind_of(data, item)
    if kind is None:
        raise Gone(_("这一项已经不在了，可能刚被删除；请刷新页面看现在的内容。"))
    return kind


def _found(data: Data, item: str) -> Item:
    found = items.find(data, item)
    if found is None:
        raise Gone(_("这一项已经不在了，可能刚被删除；请刷新页面看现在的内容。"))
    return found
