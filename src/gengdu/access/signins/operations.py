"""Begins, limits and ends the sessions of an account."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from gengdu.access.actors import client_address
from gengdu.access.signins import store
from gengdu.access.signins.models import AccountSession

MOST_AT_ONCE = 3


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Mark a session as begun, and where."""
    request.session[store.STARTED] = request.session[store.SEEN] = at.isoformat()
    request.session[store.CLIENT] = client_address(request)
    request.session[store.BROWSER] = str(request.META.get("HTTP_USER_AGENT", ""))[:200]


def end_oldest(request: HttpRequest, account_id: int) -> int:
    """End the oldest sessions of an account beyond the most it may have; return how many."""
    others = AccountSession.objects.filter(account_id=account_id).exclude(
        session_key=request.session.session_key
    )
    kept = others.order_by("-started_at").values_list("session_key", flat=True)
    ended, _ = others.exclude(session_key__in=list(kept[: MOST_AT_ONCE - 1])).delete()
    return ended


def end_all(account_id: int, *, but: str | None = None) -> int:
    """End every session of an account, save the one named; return how many ended."""
    sessions = AccountSession.objects.filter(account_id=account_id)
    ended, _ = sessions.exclude(session_key=but or "").delete()
    return ended


def end(account_id: int, session_key: str) -> int:
    """End one session, if it is the account's."""
    ended, _ = AccountSession.objects.filter(
        account_id=account_id, session_key=session_key
    ).delete()
    return ended
