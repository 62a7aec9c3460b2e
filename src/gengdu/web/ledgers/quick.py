"""The page on which a phone brings in what just happened: a few cells, a photo, the place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.kernel import cells
from gengdu.records import approving
from gengdu.records.approving import Act
from gengdu.records.evidence import operations as evidence
from gengdu.records.evidence.operations import By, Given
from gengdu.records.importing import direct
from gengdu.records.ledgers import Ledger
from gengdu.records.models import Change, ChangeKind, Item, StepKind
from gengdu.records.writing import Moved
from gengdu.web import moments
from gengdu.web.evidence import blocks
from gengdu.web.sheets import starting
from gengdu.web.sheets.forms import field_of
from gengdu.web.sheets.ground import Ground


class NotTaken(ValueError):
    """The entry cannot be taken as it is filled in; `errors` says what is wrong by column."""

    def __init__(self, message: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = errors or {}


@dataclass(frozen=True)
class QuickPages(Ground):
    """The page for phones of one ledger."""

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        assert isinstance(self.register, Ledger)
        return self.register

    def entry(self, request: HttpRequest) -> HttpResponse:
        """Ask for what happened, and take it in with its photos, sent on at once."""
        elsewhere = moments.by_now(request)
        if elsewhere is not None:
            return elsewhere
        on = moments.present_day()
        viewer = self.viewer(request, on)
        known = starting.initial(self.ledger, request.GET, viewer, on)
        error, errors = "", {}
        if request.method == "POST":
            try:
                name = self._take_in(request, viewer, known, on)
            except NotTaken as refused:
                error, errors = str(refused), refused.errors
            else:
                messages.success(request, _("已登记并提交：%(name)s") % {"name": name})
                return redirect(f"{self.register.key}_quick")
        context = {
            **self.shell(request), "error": error,
            "fields": [self._field(request, key, known, errors, on) for key in self._asked(known)],
            "evidence": blocks.block(request, viewer, self.ledger, None),
            "told": known.get(self.ledger.held_by, ""),
        }  # fmt: skip
        return render(request, "web/ledgers/quick.html", context)

    def _asked(self, known: dict[str, str]) -> list[str]:
        """Return the columns that are asked for: those of the declaration, and whose it is."""
        holder = self.ledger.held_by
        keys = [key for key in self.ledger.quick if key != holder]
        return keys if known.get(holder) and holder not in self.ledger.quick else [holder, *keys]

    def _field(
        self, request: HttpRequest, key: str, known: dict[str, str], errors: dict[str, str],
        on: date,
    ) -> dict[str, Any]:  # fmt: skip
        value = request.POST.get(key, known.get(key, ""))
        column = self.ledger.by_key[key]
        found = field_of(column, value, on, errors.get(key, ""))
        return {**found, "is_count": isinstance(column.kind_on(on), cells.Whole)}

    def _take_in(
        self, request: HttpRequest, viewer: Viewer, known: dict[str, str], on: date
    ) -> str:
        """Write the entry, its files and its first step in one transaction; return its name.

        Raises:
            NotTaken: If something is missing or wrong. Nothing is written then.
        """
        at, account = timezone.now(), self.account(request)  # noqa: TID251
        asked = self._asked(known)
        said = {key: request.POST.get(key, "").strip() for key in asked}
        row: dict[str, object] = {**known, **{key: text for key, text in said.items() if text}}
        change = Change(
            at=at, account=account, kind=ChangeKind.EDIT, register=self.register.key,
            summary=_("手机登记%(ledger)s") % {"ledger": self.register.label},
        )  # fmt: skip
        held = self.register.may_write_for(viewer, on)
        try:
            with transaction.atomic():
                outcome = direct.write(direct.Asked(self.register, [(None, row)], on, schools=held),
                                       change)  # fmt: skip
                item = self._new_item(outcome)
                given = _placed(request, blocks.chosen(request, viewer, self.register))
                evidence.attach(Item.objects.get(pk=item), given, By(account, viewer, on, at))
                act = Act(self.ledger, StepKind.SUBMIT, (item,), viewer, account, on)
                approving.do([act], at)
        except (Moved, evidence.TooMuch, evidence.NotAllowed) as error:
            raise NotTaken(str(error)) from error
        rows = self.ledger.model._default_manager.filter(item=item, superseded_at=None)
        return self.ledger.names(rows, on)[item]

    def _new_item(self, outcome: direct.Outcome) -> int:
        """Return the item of an entry that was written.

        Raises:
            NotTaken: If it was refused, or is there already.
        """
        if outcome.is_refused:
            remarks = outcome.remarks.get(0, [])
            errors = {key: message for key, message, is_fault in remarks if is_fault}
            raise NotTaken(_("有 %(count)s 处需要改正，没有保存") % {"count": len(errors)}, errors)
        if outcome.change is None or not outcome.actions.get("new"):
            raise NotTaken(_("同一天同一主题已经登记过了；要补充材料，请到那一条里添加"))
        made = self.ledger.model._default_manager.get(recorded_in=outcome.change)
        return int(made.item_id)


def _placed(request: HttpRequest, given: list[Given]) -> list[Given]:
    """Return files, those that say no place with that of the phone, where it told one."""
    place = [_degrees(request.POST.get(name, ""), most) for name, most in
             (("latitude", 90), ("longitude", 180))]  # fmt: skip
    if None in place:
        return given
    return [
        one if one.latitude is not None
        else replace(one, latitude=place[0], longitude=place[1])
        for one in given
    ]  # fmt: skip


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None
