"""Fields that may be left empty because nothing is known: an empty cell is never a zero or a no."""

from __future__ import annotations

from datetime import date

from django.db import models
from django_stubs_ext import StrOrPromise


def text(label: StrOrPromise, length: int = 40) -> models.CharField[str, str]:
    """Return a text that may be empty."""
    return models.CharField(label, max_length=length, blank=True)


def yes_no(label: StrOrPromise) -> models.BooleanField[bool | None, bool | None]:
    """Return a yes or no; null is not reported."""
    return models.BooleanField(label, null=True, blank=True)


def day(label: StrOrPromise) -> models.DateField[date | None, date | None]:
    """Return a day; null is not reported."""
    return models.DateField(label, null=True, blank=True)


def number(label: StrOrPromise) -> models.FloatField[float | None, float | None]:
    """Return a measured number in the unit that the label names; null is not reported."""
    return models.FloatField(label, null=True, blank=True)


def count(label: StrOrPromise) -> models.PositiveIntegerField[int | None, int | None]:
    """Return a whole number of things or people; null is not reported."""
    return models.PositiveIntegerField(label, null=True, blank=True)
