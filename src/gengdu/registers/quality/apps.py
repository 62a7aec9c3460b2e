from django.apps import AppConfig


class QualityConfig(AppConfig):
    """The data-quality desk."""

    name = "gengdu.registers.quality"
    label = "quality"
    verbose_name = "数据质量"

    def ready(self) -> None:
        """Declare the checks over the registers, and what the desk reminds of.

        Chapters declare their own checks.
        """
        from gengdu.records.reminders.occasions import declare_source
        from gengdu.registers.quality import catalogue, reminding  # noqa: F401

        declare_source("quality", reminding.desk)
