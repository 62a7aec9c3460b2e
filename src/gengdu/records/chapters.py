"""What every chapter of the plan is to Django.

Not in `apps`: Django takes an app's own configuration only where the module holds no second one.
"""

from __future__ import annotations

from django.apps import AppConfig


class ChapterConfig(AppConfig):
    """One chapter of the plan: a folder for each measure, each with its ledgers."""

    def ready(self) -> None:
        """Declare the ledgers of the chapter, whatever measure's folder they are in."""
        from gengdu.records import ledgers

        ledgers.declare_in(self)
