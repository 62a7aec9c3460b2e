"""What the registers show of tasks: how much is done by them, whatever anybody reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.school_rows import Faulty
from gengdu.analytics.run import Moment
from gengdu.analytics.standing import Word
from gengdu.analytics.verdicts import Verdict
from gengdu.board import presentation, queries
from gengdu.board.evaluations import District, quality_balance
from gengdu.board.improvement.proposals import RELAXED_TEACHERS, matter_of_relaxed
from gengdu.board.path_to_target.county import COLUMN
from gengdu.board.quality_balance.standing import Standing, standing
from gengdu.chapters.delivery.task_ledger.models import ImprovementTask, TaskSource
from gengdu.kernel.quantities import exact
from gengdu.policy import facts

Figures = Mapping[tuple[int, str], Mapping[str, Fraction | None]]
"""By school and stage, and by school and "": the figures of the evaluation's rows."""


@dataclass(frozen=True)
class Observed:
    """What the registers show of one task.

    Attributes:
        done: How many are done by them; None where nothing is counted or they cannot say.
        is_done: Whether they show all of it; None where they cannot say.
        said: How it stands, in words; empty where they cannot say.
    """

    done: int | None = None
    is_done: bool | None = None
    said: str = ""


UNSEEN = Observed()


def figures_of(moment: Moment) -> Figures:
    """Return the figures of every school; none where the registers contradict themselves."""
    try:
        return _figures(quality_balance(moment))
    except Faulty:
        return {}


def _figures(district: District) -> Figures:
    found: dict[tuple[int, str], Mapping[str, Fraction | None]] = {}
    for row in district.rows:
        school = district.school_ids[row.row]
        found[school, row.stage.value] = row.figures
        found.setdefault((school, ""), row.figures)
    return found


def value_of(figures: Figures, school: int | None, stage: str, name: str) -> Fraction | None:
    """Return what stands in the registers of one indicator's resource; None where nothing does."""
    row = figures.get((school or 0, stage)) or figures.get((school or 0, ""))
    return None if row is None else row.get(COLUMN[name])


def of_tasks(rows: Sequence[ImprovementTask], moment: Moment) -> dict[int, Observed]:
    """Return what the registers show of each task, by item."""
    sources = {row.source for row in rows}
    figures = figures_of(moment) if TaskSource.PATH in sources else {}
    promises = _promises(rows, moment)
    strict = _strict(moment) if TaskSource.RELAXATION in sources else None
    found = {}
    for row in rows:
        if row.source == TaskSource.PATH:
            found[row.item_id] = of_path(row, figures)
        elif row.source == TaskSource.FORECAST:
            found[row.item_id] = promises.get(row.matter, UNSEEN)
        elif row.source == TaskSource.RELAXATION and strict is not None:
            found[row.item_id] = _of_relaxation(row, strict)
    return found


def of_path(row: ImprovementTask, figures: Figures) -> Observed:
    """Return how much of a task of the cheapest way the registers show.

    What a task adds has its place on the scale of each figure, above that of the tasks before it;
    the figure that shows least decides.
    """
    parts = [
        _part(value_of(figures, row.school_id, row.stage_of_school, name), levels)
        for name, levels in row.levels.items()
    ]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts) or not row.wanted:
        return UNSEEN
    done = int(min(known) * row.wanted)
    said = _("底册显示 %(done)s / %(wanted)s %(unit)s") % {
        "done": done, "wanted": row.wanted, "unit": row.unit,
    }  # fmt: skip
    return Observed(done, done >= row.wanted, said)


def _part(now: Fraction | None, levels: Sequence[str]) -> Fraction | None:
    """Return which part of the way between two levels is gone, 0 to 1."""
    if now is None:
        return None
    low, high = map(exact, levels)
    return min(Fraction(1), max(Fraction(0), (now - low) / (high - low)))


def _promises(rows: Sequence[ImprovementTask], moment: Moment) -> dict[str, Observed]:
    plan = facts.plan()
    asked = {row.matter for row in rows if row.source == TaskSource.FORECAST}
    known = [plan.facts[name] for name in map(_promise, sorted(asked)) if name in plan.facts]
    found = queries.statuses(moment, known) if known else []
    return {f"forecast:{one.promise.name}": _of_promise(one) for one in found}


def _promise(matter: str) -> str:
    return matter.removeprefix("forecast:")


def _of_promise(status: queries.Status) -> Observed:
    is_met = status.standing.word == Word.MET
    said = _("现为 %(value)s，应 %(asked)s") % {
        "value": presentation.counted(status), "asked": presentation.threshold(status.target),
    }  # fmt: skip
    return Observed(None, None if status.value is None else is_met, said)


def _strict(moment: Moment) -> Standing | None:
    try:
        return standing(moment, strict=True)
    except Faulty:
        return None


def _of_relaxation(row: ImprovementTask, strict: Standing) -> Observed:
    """Tell whether a school passes an item without any relaxation."""
    verdicts = [
        one.verdict
        for one in strict.district.evaluation.schools
        if matter_of_relaxed(strict.district.id_of(one), RELAXED_TEACHERS) == row.matter
    ]
    verdicts += [
        school.verdict
        for one in strict.conclusion.judged if one.finding
        for school in one.finding.schools
        if matter_of_relaxed(school.school_id, one.item.label_zh) == row.matter
    ]  # fmt: skip
    if not verdicts:
        return UNSEEN
    is_done = all(one == Verdict.MET for one in verdicts)
    said = _("不用放宽已达标") if is_done else _("不用放宽还不达标")
    return Observed(None, is_done, said)
