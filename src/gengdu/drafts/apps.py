from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Notices that were read, and what people correct of the reading."""

    name = "gengdu.drafts"
    label = "drafts"
    verbose_name = "通知草稿"
