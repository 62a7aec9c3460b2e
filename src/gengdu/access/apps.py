from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, roles and scope."""

    name = "gengdu.access"
    label = "access"
    verbose_name = "权限"
