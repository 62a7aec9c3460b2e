from django.apps import AppConfig


class QualityConfig(AppConfig):
    """The data-quality desk."""

    name = "gengdu.registers.quality"
    label = "quality"
    verbose_name = "数据质量"

    def ready(self) -> None:
        """Declare the checks over the registers; chapters declare their own."""
        from gengdu.registers.quality import catalogue  # noqa: F401
