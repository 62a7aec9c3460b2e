from gengdu.records import chapters


class SchoolConditionsConfig(chapters.ChapterConfig):
    """Chapter 三: school buildings, equipment and siting."""

    name = "gengdu.chapters.school_conditions"
    label = "school_conditions"
    verbose_name = "办学条件"
