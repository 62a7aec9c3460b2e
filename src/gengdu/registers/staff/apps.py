from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The register of staff."""

    name = "gengdu.registers.staff"
    label = "staff"
    verbose_name = "教职工"

    def ready(self) -> None:
        """Declare the registers of staff, for pages and worker alike."""
        from gengdu.registers.staff import dossier, register  # noqa: F401
