from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class RecordsConfig(AppConfig):
    """Keeps the triggers of every table in place after each migration."""

    name = "gengdu.records"
    label = "records"
    verbose_name = "记录"

    def ready(self) -> None:
        """Install the triggers whenever migrations have run; altering a SQLite table drops them."""
        from gengdu.records import triggers

        # Django sends the signal once for each app, always after all migrations: once is enough.
        post_migrate.connect(
            triggers.install_after_migrate, sender=self, dispatch_uid="records.triggers"
        )
        pre_migrate.connect(_take_all_the_time, sender=self, dispatch_uid="records.time")


def _take_all_the_time(*, using: str, **_: Any) -> None:
    """Lift the limit on one statement: a migration may build an index over every row."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
