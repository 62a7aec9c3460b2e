from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The register of schools and kindergartens."""

    name = "gengdu.registers.schools"
    label = "schools"
    verbose_name = "学校"

    def ready(self) -> None:
        """Declare the registers of schools, classes and reports, for pages and worker alike."""
        from gengdu.registers.schools import classes, county, facilities, register  # noqa: F401
