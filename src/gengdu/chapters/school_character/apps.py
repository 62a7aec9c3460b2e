from gengdu.records import apps


class SchoolCharacterConfig(apps.ChapterConfig):
    """Chapter 五: what makes a rural school its own."""

    name = "gengdu.chapters.school_character"
    label = "school_character"
    verbose_name = "办学特色"
