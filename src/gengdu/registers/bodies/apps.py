from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """The register of responsible bodies."""

    name = "gengdu.registers.bodies"
    label = "bodies"
    verbose_name = "责任单位"
