from gengdu.records import chapters


class InclusionConfig(chapters.ChapterConfig):
    """Chapter 六: children with special needs or in difficulty."""

    name = "gengdu.chapters.inclusion"
    label = "inclusion"
    verbose_name = "特殊儿童关爱"
