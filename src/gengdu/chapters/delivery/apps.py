from gengdu.records import chapters


class DeliveryConfig(chapters.ChapterConfig):
    """Safeguards: leadership, research, evaluation (measures 18-20)."""

    name = "gengdu.chapters.delivery"
    label = "delivery"
    verbose_name = "工作保障"
