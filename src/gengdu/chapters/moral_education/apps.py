from django.apps import AppConfig


class MoralEducationConfig(AppConfig):
    """Chapter 一: the whole school environment educates."""

    name = "gengdu.chapters.moral_education"
    label = "moral_education"
    verbose_name = "全环境立德树人"
