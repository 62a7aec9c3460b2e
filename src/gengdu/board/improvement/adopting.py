"""From proposals to assigned tasks: what is there already, what differs, who and by when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.board.improvement import observing
from gengdu.board.improvement.observing import Figures
from gengdu.board.improvement.proposals import Proposal, Proposals
from gengdu.chapters.delivery.task_ledger import operations, queries
from gengdu.chapters.delivery.task_ledger.models import CarriedBy, ImprovementTask
from gengdu.kernel.dates import NotADate, parse_date
from gengdu.kernel.quantities import exact
from gengdu.policy import facts
from gengdu.records.models import Change
from gengdu.records.writing import Moved

OF_SCHOOL = "school"
"""What the choice of an owner has for the school itself; bodies go by their keys."""


@dataclass(frozen=True)
class Choice:
    """One proposal beside the open tasks about the same matter.

    Attributes:
        proposal: As computed.
        new: What is left of it to assign; None where everything is assigned already.
        existing: The open tasks.
    """

    proposal: Proposal
    new: Proposal | None
    existing: tuple[ImprovementTask, ...]

    @property
    def differs(self) -> bool:
        """Whether some of it is assigned already, and some is not."""
        return self.new is not None and bool(self.existing)


@dataclass
class Wish:
    """What somebody wants done with one choice.

    Attributes:
        owner: Key of a body, or OF_SCHOOL.
        due: As written.
        fault: What is wrong with it; empty where nothing is.
    """

    choice: Choice
    is_ticked: bool
    owner: str
    due: str
    fault: str = ""
    due_on: date | None = field(default=None)

    @property
    def task(self) -> Proposal:
        """What would be assigned, or what was."""
        return self.choice.new or self.choice.proposal


def compare(found: Proposals, figures: Figures) -> list[Choice]:
    """Return every proposal beside the open tasks about the same matter."""
    tasks = queries.still_open(one.matter for one in found.every)
    by_matter: dict[str, list[ImprovementTask]] = {}
    for task in tasks:
        by_matter.setdefault(task.matter, []).append(task)
    return [_choice(one, by_matter.get(one.matter, []), figures) for one in found.every]


def _choice(one: Proposal, existing: list[ImprovementTask], figures: Figures) -> Choice:
    if not existing:
        return Choice(one, one, ())
    if one.wanted is None or not one.adds:
        return Choice(one, None, tuple(existing))
    more = one.wanted - sum(_left(task, figures) for task in existing)
    return Choice(one, one.of(more) if more > 0 else None, tuple(existing))


def _left(task: ImprovementTask, figures: Figures) -> int:
    """Return how many of a task are not done by the registers, which the plan goes by."""
    done = observing.of_path(task, figures).done or 0
    return (task.wanted or 0) - done


def mark(found: Proposals, choices: Sequence[Choice]) -> str:
    """Return a mark that differs when other tasks would be assigned, or others are there."""
    existing = [[task.pk for task in one.existing] for one in choices]
    return hashlib.sha256(f"{found.digest}{existing}".encode()).hexdigest()[:24]


def first_wishes(choices: Sequence[Choice]) -> list[Wish]:
    """Return what is proposed before anybody changes it: all new ones, their leads and days."""
    return [
        Wish(one, one.new is not None, one.proposal.lead, one.proposal.due_on.isoformat())
        for one in choices
    ]


def read_wishes(choices: Sequence[Choice], given: Mapping[str, str], today: date) -> list[Wish]:
    """Return what a form says, with what is wrong with it.

    Args:
        choices: In the order of the form.
        given: Fields pick-0, owner-0, due-0 and so on; `owner` and `due` fill every row where
            `do` is fill.
        today: No task is due before it.
    """
    is_fill = given.get("do") == "fill"
    everyone = (given.get("owner", ""), given.get("due", "").strip()) if is_fill else ("", "")
    return [_wish(place, one, given, everyone, today) for place, one in enumerate(choices)]


def _wish(
    place: int, one: Choice, given: Mapping[str, str], everyone: tuple[str, str], today: date
) -> Wish:
    owner = everyone[0] or given.get(f"owner-{place}", one.proposal.lead)
    if owner == OF_SCHOOL and one.proposal.school_id is None:
        owner = one.proposal.lead
    due = everyone[1] or given.get(f"due-{place}", "").strip()
    wish = Wish(one, one.new is not None and f"pick-{place}" in given, owner, due)
    if wish.is_ticked:
        wish.fault = _fault(wish, today)
    return wish


def _fault(wish: Wish, today: date) -> str:
    if wish.owner != OF_SCHOOL and wish.owner not in facts.plan().bodies:
        return _("没有这个单位，请从列表里选。")
    try:
        wish.due_on = parse_date(wish.due)
    except NotADate as error:
        return str(error)
    if wish.due_on < today:
        return _("完成期限早于今天，请改为今天或以后。")
    return ""


def adopt(
    found: Proposals, wishes: Sequence[Wish], figures: Figures, account: Account, at: datetime, *,
    looked_at: str,
) -> Change:  # fmt: skip
    """Assign what is ticked, all or none, and return the change.

    Args:
        found: What was computed.
        wishes: Without a fault.
        figures: Of the registers, where the tasks' levels start.
        account: Who assigns.
        at: When.
        looked_at: Mark of what the person has before the eyes.

    Raises:
        Moved: If other tasks are there than the person saw.
        Refused: If nothing is ticked.
    """

    def made() -> list[ImprovementTask]:
        if mark(found, compare(found, figures)) != looked_at:
            raise Moved(_("核对之后有人交办了同样的任务，没有写入任何数据。请重新核对，再确认。"))
        ladder = _Ladder(figures)
        return [_task(found, wish, ladder) for wish in wishes if wish.is_ticked]

    count = sum(wish.is_ticked for wish in wishes)
    summary = _("交办 %(count)s 项：%(title)s（数据日期 %(on)s）") % {
        "count": count, "title": found.title, "on": found.on,
    }  # fmt: skip
    return operations.assign(made, account, at, summary=summary)


class _Ladder:
    """Gives each task its piece of the scale of a figure, above those of the tasks before it."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._top: dict[tuple[int | None, str, str], Fraction] = {}
        for row in queries.assigned().exclude(stage="closed"):
            for name, (_low, high) in row.levels.items():
                key = (row.school_id, row.stage_of_school, name)
                self._top[key] = max(self._top.get(key, exact(high)), exact(high))

    def step(self, one: Proposal, name: str, amount: Fraction) -> list[str] | None:
        """Return where a task begins and ends on the scale; None where nothing is reported."""
        now = observing.value_of(self._figures, one.school_id, one.stage, name)
        if now is None:
            return None
        key = (one.school_id, one.stage, name)
        low = max(now, self._top.get(key, now))
        self._top[key] = low + amount
        return [str(low), str(low + amount)]


def _task(found: Proposals, wish: Wish, ladder: _Ladder) -> ImprovementTask:
    one = wish.task
    is_of_school = wish.owner == OF_SCHOOL
    levels = {
        name: ladder.step(one, name, each * (one.wanted or 1)) for name, each in one.adds.items()
    }
    assert wish.due_on is not None
    return ImprovementTask(
        what=one.what[:200], source=found.source, matter=one.matter[:200], computed_on=found.on,
        digest=found.digest, school_id=one.school_id, giver_id=one.giver_id,
        stage_of_school=one.stage, subject=one.subject[:60], wanted=one.wanted, unit=one.unit,
        lead=one.lead if is_of_school else wish.owner,
        carried_by=CarriedBy.SCHOOL if is_of_school else CarriedBy.BODY, partners=one.partners,
        start_by=_start_by(one, wish.due_on), due_on=wish.due_on,
        cost_yuan=None if one.yuan is None else float(one.yuan),
        levels={name: step for name, step in levels.items() if step is not None},
    )  # fmt: skip


def _start_by(one: Proposal, due_on: date) -> date | None:
    """Return the last day to start, moved with the day it is due."""
    return None if one.start_by is None else one.start_by + (due_on - one.due_on)
