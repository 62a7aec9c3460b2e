from gengdu.records import chapters


class MoralEducationConfig(chapters.ChapterConfig):
    """Chapter 一: the whole school environment educates."""

    name = "gengdu.chapters.moral_education"
    label = "moral_education"
    verbose_name = "全环境立德树人"

    def ready(self) -> None:
        """Declare the chapter's ledgers, and tell the data-quality desk what can be wrong there."""
        super().ready()
        from gengdu.chapters.moral_education.campus_titles import checks  # noqa: F401
