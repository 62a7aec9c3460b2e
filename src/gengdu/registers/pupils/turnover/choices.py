"""What people decide before the year turns over, and what becomes of each pupil."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.kernel.school_years import SchoolYear

NEXT_STAGE = {"preschool": "primary", "primary": "junior"}


class Outcome(models.TextChoices):
    """What becomes of one pupil of the old year."""

    PROMOTED = "promoted", _("升级")
    REPEATED = "repeated", _("留级")
    HANDED_OVER = "handed_over", _("移交下一学段")
    GRADUATED = "graduated", _("毕业离校")
    LEFT = "left", _("离校")
    UNPLACED = "unplaced", _("待落实")
    ALREADY = "already", _("已有新学年学籍")


@dataclass(frozen=True)
class Choices:
    """What is to be turned over, and how.

    Attributes:
        year: The school year to open.
        schools: The schools whose pupils go up.
        repeaters, leavers: Pupils who stay in their grade, and who leave.
        moves: Pupils who go on at a school of their own.
        targets: The school that takes the graduates of a stage of a school; None leaves them
            unplaced. What is not named here follows last year's flows.
        within: Schools that may be handed pupils; None for all.
    """

    year: SchoolYear
    schools: frozenset[int]
    repeaters: frozenset[int] = frozenset()
    leavers: frozenset[int] = frozenset()
    moves: Mapping[int, int] = field(default_factory=dict)
    targets: Mapping[tuple[int, str], int | None] = field(default_factory=dict)
    within: frozenset[int] | None = None
