"""A plan: what an event would end, carry on, keep and add; nothing is written by making one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gengdu.records import rewriting
from gengdu.records.rewriting import Rewrite
from gengdu.registers.schools.models import School, SchoolEventKind


class Effect(models.TextChoices):
    """What becomes of some records."""

    ADDED = "added", _("新增")
    CHANGED = "changed", _("变更")
    CARRIED_ON = "carried_on", _("转入承接学校")
    ENDED = "ended", _("到期结束")
    KEPT = "kept", _("原样保留")


@dataclass(frozen=True)
class Line:
    """What becomes of the records of one table.

    Attributes:
        count: How many records.
        examples: Some of them, as people read them.
        note: Why, or where they go.
    """

    label: str
    effect: Effect
    count: int
    examples: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Plan:
    """What one event means.

    Attributes:
        title: The event in one line, as the record of changes keeps it.
        schools: Ids of the schools it is about, the one it happens to first.
        rewrites: The rows it ends and records.
        things: New schools, not saved yet.
        problems: Why it cannot be done; with any, nothing may be written.
        warnings: What whoever confirms should know.
    """

    kind: SchoolEventKind
    on: date
    title: str = ""
    schools: tuple[int, ...] = ()
    rewrites: list[Rewrite] = field(default_factory=list)
    things: list[School] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A mark of what would be written, which the person who confirms sends back."""
        return rewriting.digest(self.rewrites)

    def add(self, *rewrites: Rewrite) -> None:
        """Take rows into the plan."""
        self.rewrites += rewrites

    def note(
        self, label: str, effect: Effect, count: int, examples: Iterable[str] = (), note: str = ""
    ) -> None:
        """Take a line into the preview, unless it is about no record."""
        if count:
            self.lines.append(Line(label, effect, count, tuple(examples), note))

    @property
    def in_order(self) -> list[tuple[Effect, list[Line]]]:
        """The lines by what becomes of the records."""
        found = [(effect, [line for line in self.lines if line.effect == effect])
                 for effect in Effect]  # fmt: skip
        return [(effect, lines) for effect, lines in found if lines]
