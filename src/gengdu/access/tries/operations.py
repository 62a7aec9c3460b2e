"""Counts wrong guesses in one statement each, right with many threads and processes."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import Case, F, Value, When

from gengdu.access.tries.models import Tries

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """How many wrong guesses one place may make.

    Attributes:
        purpose: What is guessed at; each is counted apart.
        most: Wrong guesses in one window; then no guess is looked at until it ends.
        window: How long they are counted together.
    """

    purpose: str
    most: int
    window: timedelta


def seconds_to_wait(limit: Limit, client: str, *, at: datetime) -> int:
    """Return how long a place has to wait before another guess is looked at; 0 for not at all."""
    found = Tries.objects.filter(digest=_digest(limit, client), count__gte=limit.most).first()
    if found is None:
        return 0
    return max(0, int((found.since + limit.window - at).total_seconds()))


def count_wrong(limit: Limit, client: str, *, at: datetime) -> None:
    """Note a wrong guess; the count begins anew when its window has ended."""
    digest, fresh = _digest(limit, client), at - limit.window
    Tries.objects.filter(since__lt=at - KEPT).delete()
    Tries.objects.bulk_create([Tries(digest=digest, since=at)], ignore_conflicts=True)
    Tries.objects.filter(digest=digest).update(
        count=Case(When(since__gt=fresh, then=F("count") + 1), default=Value(1)),
        since=Case(When(since__gt=fresh, then=F("since")), default=Value(at)),
    )


def _digest(limit: Limit, client: str) -> str:
    """Return a mark of a place that cannot be turned back into its address without our key."""
    text = f"{limit.purpose}|{_place(client)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).hexdigest()


def _place(client: str) -> str:
    """Return the address, of version 6 the network: who holds one holds all of it."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else client
