from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The register of staff."""

    name = "gengdu.registers.staff"
    label = "staff"
    verbose_name = "教职工"

    def ready(self) -> None:
        """Declare the registers of staff, for pages and worker alike, and what they remind of."""
        from gengdu.records.reminders.occasions import declare_source
        from gengdu.registers.staff import dossier, register, reminding  # noqa: F401

        declare_source("contracts", reminding.contracts)
