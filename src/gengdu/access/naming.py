"""What the towns, schools and bodies of a scope are called.

Access stands below the registers and may not import them: the settings name the module that
knows, as they name the account model.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gengdu.access.models import Account, ScopeKind
from gengdu.policy import facts


def _registers() -> Any:
    return import_module(settings.SCOPE_NAMES)


def schools(ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the name of each school on a day."""
    found: dict[int, str] = _registers().schools(ids, on=on)
    return found


def schools_offered(*, on: date) -> list[tuple[int, str]]:
    """Return the schools open on a day, by name."""
    found: list[tuple[int, str]] = _registers().schools_offered(on=on)
    return found


def towns_offered(*, on: date) -> list[tuple[int, str]]:
    """Return the towns that have schools on a day."""
    found: list[tuple[int, str]] = _registers().towns_offered(on=on)
    return found


def scopes(accounts: Iterable[Account], *, on: date) -> dict[int, str]:
    """Return how far each account sees, in words, by account id."""
    towns = dict(towns_offered(on=on))
    accounts = list(accounts)
    keys = [
        account.scope_key
        for account in accounts
        if account.scope_kind == ScopeKind.SCHOOL and account.scope_key
    ]
    called = schools(keys, on=on)
    return {account.pk: _scope_of(account, towns, called) for account in accounts}


def _scope_of(account: Account, towns: dict[int, str], schools: dict[int, str]) -> str:
    key = account.scope_key or 0
    match account.scope_kind:
        case ScopeKind.TOWN:
            return towns.get(key, _("未指定"))
        case ScopeKind.SCHOOL:
            return schools.get(key, _("未指定"))
        case _:
            return str(ScopeKind(account.scope_kind).label)


def bodies_offered() -> list[tuple[str, str]]:
    """Return the responsible bodies of the plan, in its order."""
    return list(facts.plan().bodies.items())


def body(key: str) -> str:
    """Return the name of a responsible body; empty for none."""
    return facts.body_zh(key)
