"""Keeps sessions, tokens, failed log-ins, the trail and the queue of tasks in a file apart."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

TRAIL_APPS = {"axes", "django_tasks_database", "signins", "tokens", "trail", "tries"}


class TrailRouter:
    """Sends sessions, trail and tasks to the trail database, everything else to the main one."""

    def db_for_read(self, model: type[Model], **_: Any) -> str | None:
        """Name the database to read a model from."""
        return "trail" if model._meta.app_label in TRAIL_APPS else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Name the database to write a model to."""
        return self.db_for_read(model, **hints)

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        """Tell whether an app has its tables in a database."""
        return (app_label in TRAIL_APPS) == (db == "trail")
