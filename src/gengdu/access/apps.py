from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, roles and scope."""

    name = "gengdu.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        """Listen to log-ins."""
        from gengdu.access import signals

        signals.connect()
