from django.apps import AppConfig


class TriesConfig(AppConfig):
    """Wrong guesses, by purpose and by whence they come."""

    name = "gengdu.access.tries"
    label = "tries"
    verbose_name = "试错次数"
