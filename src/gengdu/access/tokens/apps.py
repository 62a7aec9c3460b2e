from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens for programs."""

    name = "gengdu.access.tokens"
    label = "tokens"
    verbose_name = "接口令牌"
