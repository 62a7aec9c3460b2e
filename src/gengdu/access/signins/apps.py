from django.apps import AppConfig


class SigninsConfig(AppConfig):
    """Log-in sessions by account."""

    name = "gengdu.access.signins"
    label = "signins"
    verbose_name = "登录会话"
