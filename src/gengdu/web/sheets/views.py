"""Saved views of a register's list: kept under a name, shared with a unit or with everybody.

A view is the address of a list without the rows: it is read as any address is, within the scope of
whoever opens it. Whom one looks for, by name or number, is never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.records.sheets import Register
from gengdu.web import moments
from gengdu.web.models import SavedView, Sharing
from gengdu.web.sheets.ground import Ground
from gengdu.web.sheets.listing import FOUND, Wanted
from gengdu.web.sheets.selection import filter_words

MOST_VIEWS = 30
NAME_LENGTH = 30
NEVER_KEPT = ("q", FOUND)


class CannotKeep(ValueError):
    """A view cannot be kept so; the message says why."""


def offered(register: Register, account: Account) -> QuerySet[SavedView]:
    """Return a person's own views of a register and those shared with them."""
    held = account.rights
    same_unit = Q(scope_kind=held.scope_kind, scope_key=held.scope_key, body_key=held.body_key)
    shared = Q(sharing=Sharing.EVERYBODY) | (Q(sharing=Sharing.UNIT) & same_unit)
    found = SavedView.objects.filter(Q(account=account) | shared, register=register.key)
    return found.select_related("account").order_by("name", "pk")


def kept_query(wanted: Wanted) -> dict[str, str]:
    """Return what a view keeps of a list."""
    return {name: value for name, value in wanted.query.items() if name not in NEVER_KEPT}


def address_of(view: SavedView, register: Register, request: HttpRequest) -> str:
    """Return the query that opens a view; what the register no longer declares is left aside."""
    wanted = Wanted.read(register, view.query, moments.moment_of(request).on)
    day = {name: request.GET[name] for name in ("on", "known") if request.GET.get(name)}
    return urlencode({**kept_query(wanted), **day, "view": view.pk})


def first_opened(register: Register, request: HttpRequest) -> str | None:
    """Return the query of the view that a list opens with; None where something is asked for."""
    if set(request.GET) - {"on", "known"} or not isinstance(request.user, Account):
        return None
    view = SavedView.objects.filter(
        account=request.user, register=register.key, is_default=True
    ).first()
    return address_of(view, register, request) if view else None


def menu(register: Register, request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    """Return what the list shows of views: each with its address, the one in use marked."""
    assert isinstance(request.user, Account)
    now = kept_query(wanted)
    lines = [
        {
            "view": view,
            "query": address_of(view, register, request),
            "is_own": view.account_id == request.user.pk,
            "is_here": kept_query(Wanted.read(register, view.query, wanted.on)) == now,
        }
        for view in offered(register, request.user)
    ]
    here = next((line["view"] for line in lines if line["is_here"]), None)
    return {"views": lines, "view_here": here, "sharings": Sharing.choices, "kept": now}


@dataclass(frozen=True)
class Views(Ground):
    """The saved views of one register."""

    def views(self, request: HttpRequest) -> HttpResponse:
        """List a person's views; posted, keep the list that stands in the form as a new one."""
        if request.method == "POST":
            return self._keep(request)
        on = moments.moment_of(request).on
        shown = menu(self.register, request, Wanted.read(self.register, {}, on))
        context = {
            **self.shell(request),
            **shown,
            "others": [line for line in shown["views"] if not line["is_own"]],
            "words": {view.pk: self._words(view) for view in self._own(request)},
        }
        return render(request, "web/sheets/views.html", context)

    def _words(self, view: SavedView) -> str:
        """Return what a view narrows, shows and sorts by."""
        wanted = Wanted.read(self.register, view.query, moments.present_day())
        title = {column.key: str(column.title) for column in self.register.columns}
        parts = [
            f"{title[key]}：{filter_words(self.register, key, value, wanted.on)}"
            for key, value in wanted.filters.items()
        ]
        if "columns" in view.query:
            parts.append(_("%(count)s 列") % {"count": len(wanted.columns)})
        if wanted.sort:
            parts.append(_("按%(column)s排") % {"column": title[wanted.sort.removeprefix("-")]})
        return "；".join(parts) or _("全部，通常的列")

    def _own(self, request: HttpRequest) -> QuerySet[SavedView]:
        return SavedView.objects.filter(
            account=self.account(request), register=self.register.key
        ).order_by("name")

    def _keep(self, request: HttpRequest) -> HttpResponse:
        account, held = self.account(request), self.account(request).rights
        wanted = Wanted.read(self.register, request.POST, moments.moment_of(request).on)
        view = SavedView(
            account=account, register=self.register.key, query=kept_query(wanted),
            scope_kind=held.scope_kind, scope_key=held.scope_key, body_key=held.body_key,
        )  # fmt: skip
        try:
            if self._own(request).count() >= MOST_VIEWS:
                raise CannotKeep(
                    _("最多保存 %(most)s 个视图，请先删去不用的。") % {"most": MOST_VIEWS}
                )
            self._named(view, request)
            self._shared(view, request)
            self._saved(view)
        except CannotKeep as error:
            messages.error(request, str(error))
            return redirect(f"{self.address('list')}?{urlencode(wanted.query) or 'view=0'}")
        messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
        return redirect(
            f"{self.address('list')}?{address_of(view, self.register, request)}"
        )  # fmt: skip

    def _named(self, view: SavedView, request: HttpRequest) -> None:
        name = " ".join(request.POST.get("name", "").replace("\0", "").split())
        if not name:
            raise CannotKeep(_("视图没有名称，没有保存。请起一个名称，例如：一年级住校生。"))
        if len(name) > NAME_LENGTH:
            raise CannotKeep(
                _("名称最多 %(most)s 个字，没有保存。请写短一些。") % {"most": NAME_LENGTH}
            )
        view.name = name

    def _shared(self, view: SavedView, request: HttpRequest) -> None:
        """Take over with whom a view is shared; the unit is that of whoever shares it now."""
        held = self.account(request).rights
        sharing = request.POST.get("sharing", Sharing.OWN)
        if sharing not in Sharing.values:
            raise CannotKeep(_("没有这样的共享范围，没有保存。"))
        view.sharing = sharing
        view.scope_kind, view.scope_key = held.scope_kind, held.scope_key
        view.body_key = held.body_key

    def _saved(self, view: SavedView) -> None:
        try:
            with transaction.atomic():
                view.save()
        except IntegrityError:
            raise CannotKeep(
                _("您已有叫“%(name)s”的视图，没有保存。请换一个名称。") % {"name": view.name}
            ) from None

    def view(self, request: HttpRequest, view_id: int) -> HttpResponse:
        """Rename, share, open first or delete a view of one's own."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        view = self._own(request).filter(pk=view_id).first()
        deeds: dict[str, Callable[[SavedView, HttpRequest], None]] = {
            "change": self._change, "first": self._first, "delete": self._delete,
        }  # fmt: skip
        deed = deeds.get(request.POST.get("deed", ""))
        if view is None or deed is None:
            raise Http404
        try:
            deed(view, request)
        except CannotKeep as error:
            messages.error(request, str(error))
        return redirect(self.route("views"))

    def _change(self, view: SavedView, request: HttpRequest) -> None:
        self._named(view, request)
        self._shared(view, request)
        self._saved(view)
        messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})

    def _first(self, view: SavedView, request: HttpRequest) -> None:
        """Let the list open with this view, or no longer."""
        wanted = not view.is_default
        with transaction.atomic():
            self._own(request).update(is_default=False)
            self._own(request).filter(pk=view.pk).update(is_default=wanted)
        said = _("打开底册时先用“%(name)s”。") if wanted else _("打开底册时不再先用“%(name)s”。")
        messages.success(request, said % {"name": view.name})

    def _delete(self, view: SavedView, request: HttpRequest) -> None:
        name = view.name
        view.delete()
        messages.success(request, _("已删除视图“%(name)s”，底册没有改动。") % {"name": name})
