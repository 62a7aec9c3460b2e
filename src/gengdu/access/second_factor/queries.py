"""Whether an account needs a second step, and whether it has one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gengdu.access import scope
from gengdu.access.models import Account

# Whoever sees children or hands out accounts.
_ASKED_OF = ("view_children", "manage_accounts")


def is_required(account: Account) -> bool:
    """Tell whether an account may not work without a second step.

    A stand-in needs it for the rights of the absent person as well as for the own.
    """
    if not settings.REQUIRE_TOTP:
        return False
    roles = {account.role, scope.role_of(account)}
    return any(scope.allows(role, permission) for role in roles for permission in _ASKED_OF)


def is_enrolled(account: Account) -> bool:
    """Tell whether an account has confirmed a device."""
    return bool(TOTPDevice.objects.filter(user=account, confirmed=True).exists())


def is_verified(user: Any) -> bool:
    """Tell whether the second step was taken in this session."""
    return getattr(user, "otp_device", None) is not None


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes have not been used."""
    return int(StaticToken.objects.filter(device__user=account).count())
