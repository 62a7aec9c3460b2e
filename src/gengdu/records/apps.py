from django.apps import AppConfig
from django.db.models.signals import post_migrate


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
