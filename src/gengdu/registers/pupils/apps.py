from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """The register of pupils."""

    name = "gengdu.registers.pupils"
    label = "pupils"
    verbose_name = "学生"
