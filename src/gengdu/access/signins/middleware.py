"""Ends a session that lay idle or has lasted its time, and says so on the log-in page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone

from gengdu.access.signins import store

NOTED_EVERY = timedelta(minutes=1)
"""How often being active is written down: not with every click."""

IDLE, WORN_OUT = "idle", "long"


class SessionLimits:
    """Sends whoever was away too long to the log-in page, which leads back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request of a session that may go on."""
        if request.user.is_authenticated:
            now = timezone.now()  # noqa: TID251
            ended = why_ended(request, now)
            if ended:
                logout(request)
                return HttpResponseRedirect(_way_back(request, ended))
            _note_activity(request, now)
        return self.get_response(request)


def why_ended(request: HttpRequest, now: datetime) -> str:
    """Return why a session is over; empty while it may go on."""
    started, seen = (request.session.get(name) for name in (store.STARTED, store.SEEN))
    if not started or not seen:
        return WORN_OUT
    if now - datetime.fromisoformat(seen) > settings.SESSION_IDLE:
        return IDLE
    return WORN_OUT if now - datetime.fromisoformat(started) > settings.SESSION_LONGEST else ""


def _note_activity(request: HttpRequest, now: datetime) -> None:
    if now - datetime.fromisoformat(request.session[store.SEEN]) > NOTED_EVERY:
        request.session[store.SEEN] = now.isoformat()


def _way_back(request: HttpRequest, ended: str) -> str:
    asked = {"ended": ended}
    if request.method == "GET":
        asked["next"] = request.get_full_path()
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode(asked)}"
