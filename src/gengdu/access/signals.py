"""Writes log-ins, failures and log-outs into the trail; Django itself says when they happen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append


def connect() -> None:
    """Listen to Django's log-in signals."""
    user_logged_in.connect(_logged_in, dispatch_uid="access.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="access.logged_out")
    user_login_failed.connect(_login_failed, dispatch_uid="access.login_failed")


def _logged_in(*, request: HttpRequest, user: Account, **_: Any) -> None:
    append(Actor.of(request, user), Kind.LOGIN)


def _logged_out(*, request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        append(Actor.of(request, user), Kind.LOGOUT)


def _login_failed(*, credentials: dict[str, Any], request: HttpRequest | None, **_: Any) -> None:
    if request is not None:
        append(_who_tried(request, credentials), Kind.LOGIN_FAILED)


def _who_tried(request: HttpRequest, credentials: dict[str, Any]) -> Actor:
    """Name the account tried; one that does not exist stays out, it may be a mistyped password."""
    tried = str(credentials.get("username", ""))
    return Actor.of(request, Account.objects.filter(username=tried).first())
