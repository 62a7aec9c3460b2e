"""Writes log-ins, failures and log-outs into the trail; Django itself says when they happen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.signins import operations as signins
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append


def connect() -> None:
    """Listen to Django's log-in signals."""
    user_logged_in.connect(_logged_in, dispatch_uid="access.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="access.logged_out")
    # Before axes is imported and listens to the same signal: what is locked is then known by its
    # flag, which axes sets on the failure that locks as well.
    user_login_failed.connect(_login_failed, dispatch_uid="access.login_failed")
    from axes.signals import user_locked_out

    user_locked_out.connect(_locked_out, dispatch_uid="access.locked_out")


def _logged_in(*, request: HttpRequest, user: Account, **_: Any) -> None:
    # A signal comes straight from a request, as a view does.
    signins.begin(request, at=timezone.now())  # noqa: TID251
    # Many people try the demo's accounts at once.
    ended = 0 if user.is_demo else signins.end_oldest(request, user.pk)
    detail = {"what": gettext("同时登录超过 3 处，最早的已退出")} if ended else {}
    append(Actor.of(request, user), Kind.LOGIN, detail=detail)


def _logged_out(*, request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        append(Actor.of(request, user), Kind.LOGOUT)


def _login_failed(*, credentials: dict[str, Any], request: HttpRequest | None, **_: Any) -> None:
    # While the lock holds further tries are not noted: a flood must not bury the trail.
    if request is None or getattr(request, "axes_locked_out", False):
        return
    append(_who_tried(request, credentials), Kind.LOGIN_FAILED)
    request.gengdu_failure_noted = True  # type: ignore[attr-defined]


def _locked_out(*, request: HttpRequest, username: str, **_: Any) -> None:
    if getattr(request, "gengdu_failure_noted", False):
        append(_who_tried(request, {"username": username}), Kind.LOCK_OUT)


def _who_tried(request: HttpRequest, credentials: dict[str, Any]) -> Actor:
    """Name the account tried; one that does not exist stays out, it may be a mistyped password."""
    tried = str(credentials.get("username", ""))
    return Actor.of(request, Account.objects.filter(username=tried).first())
