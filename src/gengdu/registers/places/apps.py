from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The register of places."""

    name = "gengdu.registers.places"
    label = "places"
    verbose_name = "区划"

    def ready(self) -> None:
        """Declare the register of places, for pages and worker alike."""
        from gengdu.registers.places import register  # noqa: F401
