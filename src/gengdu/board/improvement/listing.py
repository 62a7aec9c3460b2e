"""The page of tasks: by owner or by school, each with its light, and how much of it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access.scope import Viewer
from gengdu.analytics.run import Moment
from gengdu.board import names
from gengdu.board.improvement import observing
from gengdu.board.improvement.observing import UNSEEN, Observed
from gengdu.chapters.delivery.task_ledger import operations, queries
from gengdu.chapters.delivery.task_ledger.models import (
    CarriedBy,
    ImprovementTask,
    TaskDeed,
    TaskSource,
    TaskStage,
)
from gengdu.chapters.delivery.task_ledger.queries import Light, Share
from gengdu.policy import facts

BY = {"owner": gettext_lazy("按责任单位"), "school": gettext_lazy("按学校")}
SIGNS = {
    Light.LATE: ("✕", "s-late"), Light.SOON: ("▲", "s-at_risk"),
    Light.NOT_BEGUN: ("▲", "s-at_risk"), Light.ON_TIME: ("◐", "s-on_course"),
    Light.CLOSED: ("●", "s-met"),
}  # fmt: skip
"""Sign and colour of each light; its word stands beside them."""


@dataclass(frozen=True)
class Line:
    """One task on a page.

    Attributes:
        owner: Who carries it out, in words.
        observed: What the registers show.
        is_proposed_done: Whether they show all of it, and nobody has finished or closed it.
        is_mine: Whether something of it waits for the viewer.
    """

    row: ImprovementTask
    light: Light
    school: str
    owner: str
    observed: Observed
    deeds: tuple[TaskDeed, ...]

    @property
    def sign(self) -> str:
        """The sign of its light."""
        return SIGNS[self.light][0]

    @property
    def colour(self) -> str:
        """The class of the colour of its light."""
        return SIGNS[self.light][1]

    @property
    def is_proposed_done(self) -> bool:
        """Whether the registers show all of it, and nobody has said so yet."""
        is_open = self.row.stage not in (TaskStage.FINISHED, TaskStage.CLOSED)
        return bool(self.observed.is_done) and is_open

    @property
    def is_mine(self) -> bool:
        """Whether a step of it waits for the viewer."""
        return bool(set(self.deeds) - {TaskDeed.REOPEN, TaskDeed.SEND_BACK})


@dataclass(frozen=True)
class Group:
    """The tasks of one owner or one school."""

    label: str
    lines: Sequence[Line]

    @property
    def share(self) -> Share:
        """How much of them is done."""
        return queries.share([line.row for line in self.lines])

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(line.light == Light.LATE for line in self.lines)


@dataclass(frozen=True)
class Page:
    """All tasks that a viewer sees, as far as asked for.

    Attributes:
        every: Before any light was chosen.
        soon: How many days before it is due a task counts as due soon.
    """

    every: Sequence[Line]
    groups: Sequence[Group]
    by: str
    light: str
    soon: int

    @property
    def share(self) -> Share:
        """How much of all is done."""
        return queries.share([line.row for line in self.every])

    @property
    def lights(self) -> list[tuple[str, str, str, str, int]]:
        """Each light with its key, word, sign, colour and how many tasks have it."""
        counted = Counter(line.light for line in self.every)
        return [
            (one.value, str(one.label), *SIGNS[one], counted[one]) for one in Light if counted[one]
        ]

    @property
    def mine(self) -> int:
        """How many wait for the viewer."""
        return sum(line.is_mine for line in self.every)

    @property
    def proposed_done(self) -> int:
        """How many the registers show as done that nobody finished."""
        return sum(line.is_proposed_done for line in self.every)


def owner_zh(row: ImprovementTask, school: str) -> str:
    """Return who carries a task out, in words."""
    if row.carried_by == CarriedBy.SCHOOL:
        return school or _("学校")
    return facts.body_zh(row.lead)


def lines(rows: Sequence[ImprovementTask], viewer: Viewer, moment: Moment) -> list[Line]:
    """Return tasks as pages show them, in the order given."""
    soon = queries.due_soon_days(moment.on)
    ids = {row.school_id for row in rows} | {row.giver_id for row in rows}
    called = names.schools(moment.on, [one for one in ids if one is not None])
    seen = observing.of_tasks(rows, moment)
    return [_line(row, viewer, moment.on, soon, called, seen) for row in rows]


def _line(
    row: ImprovementTask, viewer: Viewer, on: date, soon: int, called: Mapping[int, str],
    seen: Mapping[int, Observed],
) -> Line:  # fmt: skip
    school = called.get(row.school_id or 0, "")
    return Line(
        row, queries.light(row, on, soon), school, owner_zh(row, school),
        seen.get(row.item_id, UNSEEN), tuple(operations.offered(row, viewer)),
    )  # fmt: skip


def page(viewer: Viewer, moment: Moment, *, by: str, light: str) -> Page:
    """Return the tasks that a viewer sees on a day.

    Args:
        viewer: Who looks.
        moment: The day, and the day whose knowledge counts.
        by: Of BY.
        light: Of Light, `mine`, or empty for all.
    """
    every = lines(queries.seen_by(viewer, moment.on, moment.known), viewer, moment)
    wanted = [line for line in every if _is_wanted(line, light)]
    return Page(every, _grouped(wanted, by), by, light, queries.due_soon_days(moment.on))


def _is_wanted(line: Line, light: str) -> bool:
    special: dict[str, Callable[[], bool]] = {
        "": lambda: True, "mine": lambda: line.is_mine, "shown": lambda: line.is_proposed_done,
    }  # fmt: skip
    return special.get(light, lambda: line.light == light)()


def _grouped(found: Iterable[Line], by: str) -> list[Group]:
    groups: dict[str, list[Line]] = {}
    for line in found:
        label = (line.school or _("全区")) if by == "school" else line.owner
        groups.setdefault(label, []).append(line)
    made = [Group(label, some) for label, some in groups.items()]
    return sorted(made, key=lambda one: (-one.late, one.label))


def places(row: ImprovementTask) -> dict[str, str]:
    """Return the addresses of where a task came from and where its fact is recorded."""
    return {key: reverse(view, args=parts) for key, (view, parts) in _places(row).items()}


def _places(row: ImprovementTask) -> dict[str, tuple[str, tuple[Any, ...]]]:
    found: dict[str, tuple[str, tuple[Any, ...]]] = {}
    if row.source == TaskSource.PATH:
        found["plan"] = ("path_to_target", ())
        name = next(iter(row.levels), "")
        if name and row.school_id:
            stage = row.stage_of_school or "primary"
            found["record"] = ("quality_balance_records", (row.school_id, stage, name))
    elif row.source == TaskSource.FORECAST:
        found["plan"] = ("forecasts", ())
        promise = row.matter.removeprefix("forecast:")
        if promise in facts.plan().facts:
            found["record"] = ("target", (promise,))
    elif row.source == TaskSource.RELAXATION:
        found["plan"] = ("quality_balance_items", ())
        if row.school_id:
            found["record"] = ("quality_balance_school", (row.school_id,))
    return found
