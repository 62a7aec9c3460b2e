"""Lets nobody on before the first password is changed and the second step is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.access.second_factor import queries

# Pages of the way in itself; each looks after itself.
_ON_THE_WAY = {"login", "logout", "password", "second_factor", "second_factor_setup"}


class StepsFirst:
    """Sends people to the step that they still have to take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Stop before a page whose reader has a step to take."""
        account = request.user
        match = request.resolver_match
        if not isinstance(account, Account) or (match and match.url_name in _ON_THE_WAY):
            return None
        step = _step_to_take(account)
        if not step:
            return None
        asked = {"next": request.get_full_path()} if request.method == "GET" else {}
        return redirect(f"{reverse(step)}?{urlencode(asked)}")


def _step_to_take(account: Account) -> str:
    """Return the name of the page that comes first; empty if none does."""
    if account.must_change_password:
        return "password"
    if not settings.REQUIRE_TOTP or queries.is_verified(account):
        return ""
    if queries.is_enrolled(account):
        return "second_factor"
    return "second_factor_setup" if queries.is_required(account) else ""
