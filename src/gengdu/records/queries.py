"""Conditions that every dated table shares."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def in_force(on: date) -> Q:
    """Return the condition that a dated row is live and holds on a day."""
    return Q(superseded_at=None, starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
