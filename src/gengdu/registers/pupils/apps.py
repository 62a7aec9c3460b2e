from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """The register of pupils."""

    name = "gengdu.registers.pupils"
    label = "pupils"
    verbose_name = "学生"

    def ready(self) -> None:
        """Declare the register, for pages and worker alike."""
        from gengdu.registers.pupils import register  # noqa: F401
