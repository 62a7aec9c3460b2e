from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The register of places."""

    name = "gengdu.registers.places"
    label = "places"
    verbose_name = "区划"
