from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The register of schools and kindergartens."""

    name = "gengdu.registers.schools"
    label = "schools"
    verbose_name = "学校"
