"""Puts a permission on a view; a rule test finds any view without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gengdu.access import scope
from gengdu.access.models import Account

View = Callable[..., HttpResponseBase]


SIGNED_IN = "signed_in"
"""What a view of one's own account requires: nothing but to have signed in."""


def signed_in(view: View) -> View:
    """Mark a view as open to whoever has signed in, whatever the role."""
    view.required_permission = SIGNED_IN  # type: ignore[attr-defined]
    return view


def account_of(request: HttpRequest) -> Account:
    """Return who has signed in; for views behind a guard, which nobody else reaches."""
    assert isinstance(request.user, Account)
    return request.user


def own_account(request: HttpRequest) -> Account:
    """Return the own account, of which some things are not for who stands in for another.

    Tokens would outlive it; how a person is reached is that person's own.

    Raises:
        PermissionDenied: If somebody does.
    """
    account = account_of(request)
    if account.acting_for is not None:
        raise PermissionDenied
    return account


def requires(*permissions: str) -> Callable[[View], View]:
    """Return a decorator that lets a view run only for roles that hold every permission named."""
    if unknown := set(permissions) - set(scope.PERMISSIONS):
        raise ValueError(f"no permission is called {unknown.pop()!r}")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            role = scope.role_of(request.user)
            if not all(scope.allows(role, permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.required_permission = " ".join(permissions)  # type: ignore[attr-defined]
        return guarded

    return guard
