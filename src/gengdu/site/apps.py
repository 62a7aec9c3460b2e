from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Checks that a site in earnest does not stand open."""

    name = "gengdu.site"
    label = "site"
    verbose_name = "网站"

    def ready(self) -> None:
        """Register the checks."""
        from gengdu.site import checks  # noqa: F401
