from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API and the page that explains it."""

    name = "gengdu.api"
    label = "api"
    verbose_name = "接口"
