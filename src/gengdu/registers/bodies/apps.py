from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """The register of responsible bodies."""

    name = "gengdu.registers.bodies"
    label = "bodies"
    verbose_name = "责任单位"

    def ready(self) -> None:
        """Declare the registers of bodies, for pages and worker alike."""
        from gengdu.registers.bodies import register  # noqa: F401
