"""The pages on which many rows get one value: choose, see what would come of it, confirm.

What is being done waits in the session, so that each page can be loaded again and gone back to.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.kernel import cells
from gengdu.kernel.dates import NotADate, parse_date
from gengdu.records.importing import bulk_edit
from gengdu.records.importing.bulk_edit import Edit, Effect
from gengdu.records.importing.preview import CLEAR, Mode
from gengdu.records.models import Change, ChangeKind
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Column
from gengdu.records.writing import Moved
from gengdu.web import moments
from gengdu.web.sheets.forms import options_of
from gengdu.web.sheets.ground import Ground, said
from gengdu.web.sheets.selection import Selection

DRAFTS_KEPT = 5
REASON_LENGTH = 200


@dataclass(frozen=True)
class BulkEdits(Ground):
    """The bulk edit of one register."""

    def begun(self, request: HttpRequest) -> HttpResponse:
        """Ask for the column, the value and the day; posted, keep them and show the effect."""
        elsewhere = moments.by_now(request)
        if elsewhere is not None:
            return elsewhere
        data = request.POST if request.method == "POST" else request.GET
        chosen = Selection.read(self.register, data, self._list_day(data, request))
        things = chosen.things(self.viewer(request, chosen.on), bulk_edit.MOST_ROWS)
        back = f"{self.address('list')}?{urlencode(chosen.list_query)}"
        if not things:
            messages.error(request, _("没有选中记录。请先勾选，或勾“选中全部符合条件的”。"))
            return redirect(back)
        if len(things) > bulk_edit.MOST_ROWS:
            messages.error(
                request,
                _("符合条件的超过 %(most)s 条，一次改不了这么多。请加条件，分几次修改。")
                % {"most": f"{bulk_edit.MOST_ROWS:,}"},
            )
            return redirect(back)
        form = Asked(self, data, chosen.on)
        if request.method == "POST" and form.is_good():
            return redirect(self.route("bulk_draft"), draft=self._keep(request, chosen, form))
        context = {**self.shell(request), "form": form, "chosen": chosen, "back": back,
                   "count": len(things)}  # fmt: skip
        return render(request, "web/sheets/bulk.html", context)

    def _list_day(self, data: QueryDict, request: HttpRequest) -> date:
        """Return the day of the list; in a posted form it is one of the fields."""
        try:
            return parse_date(data.get("on", ""))
        except NotADate:
            return moments.moment_of(request).on

    def _keep(self, request: HttpRequest, chosen: Selection, form: Asked) -> str:
        drafts = dict(request.session.get(self._place, {}))
        for old in list(drafts)[: 1 - DRAFTS_KEPT]:
            del drafts[old]
        name = secrets.token_hex(8)
        drafts[name] = {"chosen": chosen.as_draft(), **form.as_draft()}
        request.session[self._place] = drafts
        return name

    @property
    def _place(self) -> str:
        return f"bulk_edits_{self.register.key}"

    def draft(self, request: HttpRequest, draft: str) -> HttpResponse:
        """Show what would come of it; posted, do exactly that, once."""
        done = self._done(request, draft)
        if done is not None:
            return redirect(self.route("change"), number=done.pk)
        kept = request.session.get(self._place, {}).get(draft)
        if kept is None:
            raise Http404
        chosen, edit = self._edit(request, kept)
        if request.method == "POST":
            return self._confirm(request, draft, kept, edit)
        return self._preview(request, draft, kept, chosen, edit)

    def _done(self, request: HttpRequest, draft: str) -> Change | None:
        """Return the change that a draft has become already."""
        return Change.objects.filter(
            account=self.account(request), register=self.register.key, counts__draft=draft
        ).first()

    def _edit(self, request: HttpRequest, kept: dict[str, Any]) -> tuple[Selection, Edit]:
        chosen = Selection.kept(self.register, kept["chosen"])
        on, mode = date.fromisoformat(kept["on"]), kept["mode"]
        things = chosen.things(self.viewer(request, chosen.on), bulk_edit.MOST_ROWS)
        viewer = self.viewer(request, on)
        absent: frozenset[int] = frozenset()
        if on != chosen.on:
            there = self.register.within(viewer, on).values_list("thing", flat=True)
            absent = frozenset(things).difference(there)
        schools = self.register.may_write_for(viewer, on)
        column = self.register.by_key[kept["column"]]
        return chosen, Edit(self.register, things, column, kept["value"], on, mode, schools, absent)

    def _preview(
        self, request: HttpRequest, draft: str, kept: dict[str, Any], chosen: Selection, edit: Edit
    ) -> HttpResponse:
        effect = bulk_edit.look(edit)
        shown = [thing for thing, _old, _new in effect.shown]
        shown += [thing for thing, _why in effect.refused_things]
        names = self.names(shown, chosen.on)
        what = _("批量修改%(register)s预览") % {"register": self.register.label}
        self.note_look(request, shown, self.schools(shown, chosen.on), what)
        context = {
            **self.shell(request), "draft": draft, "kept": kept, "chosen": chosen, "edit": edit,
            "effect": effect, "value": self._value(edit), "on": chosen.on,
            "rows": self._rows(edit, effect, names),
            "refused": [(thing, names.get(thing, ""), why) for thing, why in effect.refused_things],
            "again": self._again(kept, chosen),
            "most": bulk_edit.ROWS_SHOWN,
        }  # fmt: skip
        return render(request, "web/sheets/bulk_preview.html", context)

    def _rows(
        self, edit: Edit, effect: Effect, names: dict[int, str]
    ) -> list[tuple[int, str, str, str]]:
        return [
            (thing, names.get(thing, ""), said(edit.column, old), said(edit.column, new))
            for thing, old, new in effect.shown
        ]

    def _value(self, edit: Edit) -> str:
        """Return the value as it may be shown; empty where the cell is emptied."""
        if edit.value == CLEAR:
            return ""
        kind = edit.column.kind_on(edit.on)
        parsed = kind.parse_column([edit.value])
        shown = edit.value if parsed.faults else str(kind.shown(parsed.values[0]))
        return said(edit.column, shown)

    def _again(self, kept: dict[str, Any], chosen: Selection) -> str:
        """Return the address of the form with what was chosen, to change something."""
        asked = {name: kept[name] for name in ("column", "mode", "reason")}
        hidden = [*chosen.hidden, *asked.items(), ("holds_from", kept["on"])]
        return f"{self.address('bulk')}?{urlencode(hidden)}"

    def _confirm(
        self, request: HttpRequest, draft: str, kept: dict[str, Any], edit: Edit
    ) -> HttpResponse:
        change = Change(
            at=timezone.now(), account=self.account(request),  # noqa: TID251
            kind=ChangeKind.BULK_EDIT, register=self.register.key, reason=kept["reason"],
            summary=self._summary(edit), counts={"draft": draft},
        )  # fmt: skip

        shown = request.POST.get("effect", "")
        try:
            saved = bulk_edit.write(edit, change, shown=shown)
        except (bulk_edit.Otherwise, Moved):
            messages.error(
                request,
                _("预览以后，符合条件的记录或其中的内容有了变化，没有写入任何数据。"
                  "请再看一遍下面的影响，再确认。"),
            )  # fmt: skip
            return redirect(self.route("bulk_draft"), draft=draft)
        messages.success(
            request, _("已修改 %(count)s 条。") % {"count": f"{saved.counts['changed']:,}"}
        )
        return redirect(self.route("change"), number=saved.pk)

    def _summary(self, edit: Edit) -> str:
        kind = _("更正") if edit.mode == "correction" else _("变更")
        value = self._value(edit) or CLEAR
        return f"批量{kind}“{edit.column.title}”为“{value}”"[:200]


class Asked:
    """The form of a bulk edit on its way between a person and the register.

    Attributes:
        errors: What is wrong, by name of the field.
    """

    def __init__(self, ground: Ground, data: Any, list_day: date) -> None:
        self.register, self._data, self._list_day = ground.register, data, list_day
        self.errors: dict[str, str] = {}
        self.columns = bulk_edit.columns_of(self.register)
        by_key = {column.key: column for column in self.columns}
        self.column: Column | None = by_key.get(data.get("column", ""))
        self.mode: Mode = "correction" if data.get("mode") == "correction" else "change"
        self.reason = str(data.get("reason", "")).strip()[:REASON_LENGTH]
        self.value = str(data.get("value", "")).strip()
        self.clears = bool(data.get("clear"))
        self.holds_from = self._day(data.get("holds_from", ""))

    def _day(self, text: str) -> date:
        if not text:
            return self._list_day
        try:
            day = parse_date(text)
        except NotADate as error:
            self.errors["holds_from"] = str(error)
            return self._list_day
        if not moments.EARLIEST <= day <= moments.LATEST:
            self.errors["holds_from"] = _("这一天超出可登记的范围，请核对年份。")
        return day

    def is_good(self) -> bool:
        """Tell whether it can go on; takes note of what is wrong."""
        if self.column is None:
            self.errors["column"] = _("请选择要修改的列。")
            return False
        if self.clears:
            if self.column.required:
                self.errors["value"] = _("“%(column)s”是必填的，不能清空。") % {
                    "column": self.column.title
                }
        else:
            self._check_value(self.column)
        if not self.reason:
            self.errors["reason"] = _("请写明原因，会留在“最近的操作”里。")
        return not self.errors

    def _check_value(self, column: Column) -> None:
        if cells.is_masked(self.value):
            self.errors["value"] = _("带 * 号的是隐去的内容，不能用来填写。")
            return
        try:
            if column.kind_on(self.holds_from).parse(self.value) is None:
                self.errors["value"] = _("请填写新的值；要清空请勾选“清空这一项”。")
        except cells.BadCell as bad:
            self.errors["value"] = str(bad)

    def as_draft(self) -> dict[str, Any]:
        """Return what may be kept in a session."""
        assert self.column is not None
        return {
            "column": self.column.key, "value": CLEAR if self.clears else self.value,
            "on": self.holds_from.isoformat(), "mode": self.mode, "reason": self.reason,
        }  # fmt: skip

    @property
    def options(self) -> list[str]:
        """The words to choose the value from; none where anything may be written."""
        return options_of(self.column.kind_on(self.holds_from)) if self.column else []

    @property
    def names(self) -> list[str]:
        """The names that the value may be completed to."""
        kind = self.column.kind_on(self.holds_from) if self.column else None
        return kind.offered if isinstance(kind, NamedCell) else []
