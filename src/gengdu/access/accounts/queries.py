"""Which accounts there are, and whose are whose to manage."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gengdu.access import scope
from gengdu.access.models import Account, Role, ScopeKind, StandIn

OF_A_HEAD = (Role.SCHOOL_CLERK, Role.TEACHER)
"""The roles that the head of a school hands out at the own school."""

NEVER_STOOD_IN_FOR = (Role.DISTRICT_ADMIN, Role.AUDITOR)
"""Who watches others can neither lend the right nor borrow another."""


def managed_by(account: Account) -> QuerySet[Account]:
    """Return the accounts that somebody manages, the own one never among them.

    A stand-in manages those of the absent person, and neither that person's nor the own.
    """
    manager = account.rights
    others = Account.objects.exclude(pk__in=[account.pk, manager.pk])
    if not scope.allows(manager.role, "manage_accounts"):
        return others.none()
    if manager.role == Role.DISTRICT_ADMIN:
        return others
    return others.filter(
        role__in=OF_A_HEAD, scope_kind=ScopeKind.SCHOOL, scope_key=manager.scope_key
    ).exclude(scope_key=None)


def roles_given_by(manager: Account) -> list[tuple[str, str]]:
    """Return the roles that somebody may hand out, with their names."""
    if manager.role == Role.DISTRICT_ADMIN:
        return [(value, str(label)) for value, label in Role.choices]
    return [(role.value, str(role.label)) for role in OF_A_HEAD]


def colleagues(account: Account) -> QuerySet[Account]:
    """Return who may stand in for an account: those of the same school, town or body."""
    if account.role in NEVER_STOOD_IN_FOR:
        return Account.objects.none()
    return (
        Account.objects.filter(
            is_active=True,
            scope_kind=account.scope_kind,
            scope_key=account.scope_key,
            body_key=account.body_key,
        )
        .exclude(pk=account.pk)
        .exclude(role__in=NEVER_STOOD_IN_FOR)
        .order_by("last_name", "username")
    )


def running(*, on: date) -> QuerySet[StandIn]:
    """Return the stand-ins in force on a day, between accounts that are both in service."""
    return StandIn.objects.filter(
        Q(ended_at=None),
        starts_on__lte=on,
        ends_on__gt=on,
        absent__is_active=True,
        deputy__is_active=True,
    ).select_related("absent", "deputy")


def to_act_for(account: Account, *, on: date) -> QuerySet[StandIn]:
    """Return for whom a person may act on a day."""
    return running(on=on).filter(deputy=account).order_by("pk")


def of_absent(account: Account, *, on: date) -> QuerySet[StandIn]:
    """Return who stands in for a person on a day or later."""
    return (
        StandIn.objects.filter(absent=account, ended_at=None, ends_on__gt=on)
        .select_related("deputy")
        .order_by("starts_on")
    )
