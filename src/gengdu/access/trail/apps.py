from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    """Keeps the triggers that refuse changes in place after each migration."""

    name = "gengdu.access.trail"
    label = "trail"
    verbose_name = "审计"

    def ready(self) -> None:
        """Install the triggers whenever migrations have run; altering a SQLite table drops them."""
        from gengdu.access.trail import triggers

        post_migrate.connect(
            triggers.REFUSAL.install_after_migrate, sender=self, dispatch_uid="trail.triggers"
        )
