from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Overview, measures, targets and the records behind each number."""

    name = "gengdu.board"
    label = "board"
    verbose_name = "总览"
