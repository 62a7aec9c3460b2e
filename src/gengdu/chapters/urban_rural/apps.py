from gengdu.records import chapters


class UrbanRuralConfig(chapters.ChapterConfig):
    """Chapter 二: town and country grow together."""

    name = "gengdu.chapters.urban_rural"
    label = "urban_rural"
    verbose_name = "城乡一体化"
