from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The register of staff."""

    name = "gengdu.registers.staff"
    label = "staff"
    verbose_name = "教职工"
