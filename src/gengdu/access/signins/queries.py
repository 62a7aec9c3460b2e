"""Where an account is signed in."""

from __future__ import annotations

from django.db.models import QuerySet

from gengdu.access.signins.models import AccountSession


def sessions_of(account_id: int) -> QuerySet[AccountSession]:
    """Return the sessions of an account, the latest used first."""
    return AccountSession.objects.filter(account_id=account_id).order_by("-seen_at")
