from gengdu.records import chapters


class WorkforceConfig(chapters.ChapterConfig):
    """Chapter 四: heads and teachers."""

    name = "gengdu.chapters.workforce"
    label = "workforce"
    verbose_name = "校长教师队伍"
