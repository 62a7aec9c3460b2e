from django.db.models.signals import post_migrate

from gengdu.records import chapters


class DeliveryConfig(chapters.ChapterConfig):
    """Safeguards: leadership, research, evaluation (measures 18-20)."""

    name = "gengdu.chapters.delivery"
    label = "delivery"
    verbose_name = "工作保障"

    def ready(self) -> None:
        """Declare the ledgers, and keep what was locked from being changed."""
        super().ready()
        from gengdu.chapters.delivery.evaluation import locks

        post_migrate.connect(
            locks.REFUSAL.install_after_migrate,
            sender=self,
            dispatch_uid="delivery.locked_evaluations",
        )
