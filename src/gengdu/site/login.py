"""The log-in page; in demo mode it offers the demo accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView

from gengdu.demo.accounts import DEMO_PASSWORD, by_group


class Login(LoginView):
    """Signs a person in."""

    template_name = "web/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo accounts where the demo runs."""
        context = super().get_context_data(**kwargs)
        context["ended"] = self.request.GET.get("ended", "")
        if settings.DEMO:
            context |= {"demo_accounts": by_group().items(), "demo_password": DEMO_PASSWORD}
        return context
