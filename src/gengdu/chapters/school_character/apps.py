from gengdu.records import chapters


class SchoolCharacterConfig(chapters.ChapterConfig):
    """Chapter 五: what makes a rural school its own."""

    name = "gengdu.chapters.school_character"
    label = "school_character"
    verbose_name = "办学特色"
