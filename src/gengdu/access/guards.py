"""Puts a permission on a view; a rule test finds any view without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from gengdu.access import scope
from gengdu.access.models import Account

View = Callable[..., HttpResponseBase]


SIGNED_IN = "signed_in"
"""What a view of one's own account requires: nothing but to have signed in."""


def signed_in(view: View) -> View:
    """Mark a view as open to whoever has signed in, whatever the role."""
    view.required_permission = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(reason: str) -> Callable[[View], View]:
    """Return a decorator that opens a view to everybody, without log-in and without cookies.

    Args:
        reason: Why nobody has to sign in; a test lists all of them.
    """

    def opened(view: View) -> View:
        view.public_reason = reason  # type: ignore[attr-defined]
        return login_not_required(csrf_exempt(view))

    return opened


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
