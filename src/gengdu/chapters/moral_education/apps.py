from django.apps import AppConfig


class MoralEducationConfig(AppConfig):
    """Chapter 一: the whole school environment educates."""

    name = "gengdu.chapters.moral_education"
    label = "moral_education"
    verbose_name = "全环境立德树人"

    def ready(self) -> None:
        """Tell the data-quality desk what can be wrong with the chapter's ledgers."""
        from gengdu.chapters.moral_education.campus_titles import checks  # noqa: F401
