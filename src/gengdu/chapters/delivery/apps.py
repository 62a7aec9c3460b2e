from gengdu.records import apps


class DeliveryConfig(apps.ChapterConfig):
    """Safeguards: leadership, research, evaluation (measures 18-20)."""

    name = "gengdu.chapters.delivery"
    label = "delivery"
    verbose_name = "工作保障"
