"""Where an account is signed in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from gengdu.access.signins.models import AccountSession


def sessions_of(account_id: int, *, at: datetime) -> QuerySet[AccountSession]:
    """Return the sessions of an account that may still go on, the latest used first."""
    return AccountSession.objects.filter(
        account_id=account_id, expire_date__gt=at, seen_at__gt=at - settings.SESSION_IDLE
    ).order_by("-seen_at")
