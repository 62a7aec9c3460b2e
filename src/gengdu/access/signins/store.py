"""Stores sessions in the database (settings.SESSION_ENGINE), with their account beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

STARTED, SEEN, CLIENT, BROWSER = "started_at", "seen_at", "client", "browser"


class SessionStore(DatabaseStore):
    """Copies whose session it is, and since when, out of the session into columns."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table."""
        from gengdu.access.signins.models import AccountSession

        return AccountSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row of a session."""
        row: Any = super().create_model_instance(data)
        if account_id := data.get(SESSION_KEY):
            row.account_id = int(account_id)
        row.started_at, row.seen_at = (_moment(data.get(name)) for name in (STARTED, SEEN))
        row.client, row.browser = data.get(CLIENT, ""), data.get(BROWSER, "")
        return row


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
