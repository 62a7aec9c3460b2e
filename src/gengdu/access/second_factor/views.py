"""Pages of the second step: enrol a telephone, enter a code."""

from __future__ import annotations

from typing import Any

import django_otp
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.models import StaticDevice

from gengdu.access.actors import Actor
from gengdu.access.guards import account_of, signed_in
from gengdu.access.models import Account
from gengdu.access.second_factor import operations, queries
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(label=gettext_lazy("动态码或备用码"), max_length=20)


@signed_in
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the telephone that was enrolled."""
    account = account_of(request)
    if not queries.is_enrolled(account):
        return redirect("second_factor_setup")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = operations.check(account, form.cleaned_data["code"])
        except operations.WrongCode as error:
            append(Actor.of(request), Kind.LOGIN_FAILED, detail={"what": _("动态码不对")})
            form.add_error("code", str(error))
        else:
            return _let_in(request, account, device)
    return render(request, "access/second_factor.html", {"form": form, "next": _next(request)})


def _let_in(request: HttpRequest, account: Account, device: object) -> HttpResponse:
    request.session.cycle_key()
    django_otp.login(request, device)
    append(Actor.of(request), Kind.LOGIN, detail={"what": _("动态码通过")})
    if isinstance(device, StaticDevice):
        left = queries.recovery_codes_left(account)
        messages.warning(
            request,
            _("已用掉一个备用码，还剩 %(left)s 个。手机找不到了，请到“我的账号”重新启用动态码。")
            % {"left": left},
        )
    return redirect(_next(request))


@signed_in
def setup(request: HttpRequest) -> HttpResponse:
    """Enrol a telephone; its recovery codes are shown once."""
    account = account_of(request)
    if queries.is_enrolled(account) and not queries.is_verified(account) and settings.REQUIRE_TOTP:
        return redirect("second_factor")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = operations.confirm(account, form.cleaned_data["code"])
        except operations.WrongCode as error:
            form.add_error("code", str(error))
        else:
            request.session.cycle_key()
            django_otp.login(request, device)
            append(
                Actor.of(request), Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
                detail={"what": _("启用动态码")},
            )  # fmt: skip
            shown_once = {"codes": codes, "next": _next(request)}
            response = render(request, "access/recovery_codes.html", shown_once)
            response["Cache-Control"] = "no-store"
            return response
    device = operations.begin(account)
    context: dict[str, Any] = {
        "form": form,
        "picture": mark_safe(operations.picture(device)),  # nosec
        "key": operations.key_as_text(device),
        "is_enrolled": queries.is_enrolled(account),
        "next": _next(request),
    }
    return render(request, "access/second_factor_setup.html", context)


def _next(request: HttpRequest) -> str:
    """Return where the person wanted to go, if it is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
