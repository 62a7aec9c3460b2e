"""Wrong guesses, in the trail's database: counting them must not hold up the registers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tries(models.Model):
    """How often somewhere guessed wrong of late; neither the address nor the guess is kept."""

    digest = models.CharField(_("来处摘要"), max_length=64, primary_key=True)
    since = models.DateTimeField(_("计数起始时间"), db_index=True)
    count = models.PositiveIntegerField(_("错误次数"), default=0)

    class Meta:
        verbose_name = _("试错次数")
