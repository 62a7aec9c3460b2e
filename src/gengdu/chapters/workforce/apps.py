from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Chapter 四: heads and teachers."""

    name = "gengdu.chapters.workforce"
    label = "workforce"
    verbose_name = "校长教师队伍"
