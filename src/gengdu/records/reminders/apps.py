from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminders, and the messages that carry them."""

    name = "gengdu.records.reminders"
    label = "reminders"
    verbose_name = "提醒"
