"""Signs people in; demo accounts only where the demo runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Refuses demo accounts outside demo mode, whatever the password."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether an account may sign in here at all."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
