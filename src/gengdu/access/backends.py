"""Signs people in, unless a lock holds; demo accounts only where the demo runs."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class AccountBackend(AxesBackend):  # type: ignore[misc]
    """Refuses demo accounts outside demo mode, whatever the password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> Any:
        """Return the account that a password belongs to, or None.

        Raises:
            PermissionDenied: While the account is locked for the address that asks.
        """
        super().authenticate(request, username=username, password=password, **more)
        return ModelBackend.authenticate(self, request, username=username, password=password)

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether an account may sign in here at all."""
        return bool(super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo))
