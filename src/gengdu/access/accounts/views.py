"""Pages on which a manager looks after other people's accounts."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access import naming
from gengdu.access.accounts import operations, queries
from gengdu.access.accounts.forms import AccountForm, PersonForm
from gengdu.access.accounts.tables import AccountFilter, AccountTable
from gengdu.access.actors import Actor
from gengdu.access.guards import requires
from gengdu.access.models import Account, Role, ScopeKind

ROWS_PER_PAGE = 50


@requires("manage_accounts")
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that the viewer manages."""
    managed = queries.managed_by(_account(request)).order_by("-is_active", "role", "username")
    chosen = AccountFilter(request.GET, queryset=managed)
    table = AccountTable(chosen.qs)
    tables.RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    shown = [row.record for row in table.page.object_list]
    table.scopes = naming.scopes(shown, on=timezone.localdate())
    context = {"filter": chosen, "table": table, "total": table.paginator.count}
    return render(request, "access/accounts.html", context)


@requires("manage_accounts")
def new(request: HttpRequest) -> HttpResponse:
    """Create an account; its first password is shown once."""
    manager = _account(request).rights
    form = AccountForm(request.POST or None, manager=manager, on=timezone.localdate())
    if form.is_valid():
        try:
            made, password = operations.create(form.wanted(), by=Actor.of(request))
        except operations.CannotCreate as error:
            form.add_error(None, str(error))
        else:
            return _first_password(request, made, password)
    context = {"form": form, "title": _("新建账号"), "button": _("新建")}
    return render(request, "access/account_form.html", context)


@requires("manage_accounts")
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one account with what can be done to it."""
    found = _managed(request, account_id)
    today = timezone.localdate()
    context = {
        "account": found,
        "scope": naming.scopes([found], on=today)[found.pk],
        "body": naming.body(found.body_key),
        "successor": Account.objects.filter(succeeds=found).first(),
        "stand_ins": queries.of_absent(found, on=today),
    }
    return render(request, "access/account.html", context)


@requires("manage_accounts")
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give an account another post, role or scope."""
    found = _managed(request, account_id)
    form = AccountForm(
        request.POST or None, manager=_account(request).rights, on=timezone.localdate(),
        initial=_initial(found),
    )  # fmt: skip
    del form.fields["username"]
    if form.is_valid():
        try:
            operations.amend(found, form.wanted(), by=Actor.of(request))
        except operations.CannotCreate as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已修改。本人须重新登录。"))
            return redirect("account", found.pk)
    context = {"form": form, "account": found, "title": _("修改账号"), "button": _("保存")}
    return render(request, "access/account_form.html", context)


def _initial(found: Account) -> dict[str, Any]:
    return {
        "name": found.last_name,
        "title_zh": found.title_zh,
        "role": found.role,
        "town": found.scope_key if found.scope_kind == ScopeKind.TOWN else None,
        "school": found.scope_key if found.scope_kind == ScopeKind.SCHOOL else None,
        "body": found.body_key,
    }


@requires("manage_accounts")
def hand_over(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give a post to the person who takes it over."""
    found = _managed(request, account_id)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        written = form.cleaned_data
        try:
            made, password = operations.hand_over(
                found, username=written["username"], name=written["name"], by=Actor.of(request)
            )
        except operations.CannotCreate as error:
            form.add_error(None, str(error))
        else:
            return _first_password(request, made, password)
    context = {"form": form, "account": found, "title": _("岗位交接"), "button": _("交接")}
    return render(request, "access/account_form.html", context)


@require_POST
@requires("manage_accounts")
def reset(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give an account a new first password, unlock it and forget its telephone."""
    found = _managed(request, account_id)
    return _first_password(request, found, operations.reset(found, by=Actor.of(request)))


@require_POST
@requires("manage_accounts")
def disable(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take an account out of service."""
    operations.disable(_managed(request, account_id), by=Actor.of(request))
    messages.success(request, _("已停用，本人已退出登录。以前的记录都还在。"))
    return redirect("account", account_id)


@require_POST
@requires("manage_accounts")
def enable(request: HttpRequest, account_id: int) -> HttpResponse:
    """Put an account back into service."""
    try:
        operations.enable(_managed(request, account_id), by=Actor.of(request))
    except operations.CannotCreate as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已启用。"))
    return redirect("account", account_id)


def _account(request: HttpRequest) -> Account:
    """Return who has signed in, and mark the place in the menu."""
    assert isinstance(request.user, Account)
    request.gengdu_menu = reverse("accounts")  # type: ignore[attr-defined]
    return request.user


def _managed(request: HttpRequest, account_id: int) -> Account:
    """Return an account, if it is the viewer's to manage."""
    found: Account = get_object_or_404(Account, pk=account_id)
    if not queries.managed_by(_account(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _first_password(request: HttpRequest, made: Account, password: str) -> HttpResponse:
    context = {"account": made, "password": password, "role": Role(made.role).label}
    response = render(request, "access/first_password.html", context)
    response["Cache-Control"] = "no-store"
    return response
