from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, styles and scripts that pages share."""

    name = "gengdu.web"
    label = "web"
    verbose_name = "页面"
