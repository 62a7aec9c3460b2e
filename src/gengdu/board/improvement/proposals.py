"""What the cheapest way, a forecast or a relaxation proposes as tasks; nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.relaxations import Relaxed
from gengdu.analytics.quality_balance.verdict import NAMES_ZH, SchoolVerdict
from gengdu.analytics.run import Moment
from gengdu.board import forecasts, presentation
from gengdu.board.forecasts import Forecast
from gengdu.board.path_to_target import tasks
from gengdu.board.path_to_target.allowed import TRANSFER, Allowed, Sort
from gengdu.board.path_to_target.answers import Answer, Item
from gengdu.board.quality_balance.standing import Standing, standing
from gengdu.chapters.delivery.task_ledger.models import TaskSource
from gengdu.kernel.dates import months_before
from gengdu.policy import facts
from gengdu.policy.facts import Measure

TEACHERS_MEASURE, CONDITIONS_MEASURE = 12, 8
RELAXED_TEACHERS = "体育、艺术教师"


@dataclass(frozen=True)
class Proposal:
    """One task that somebody may assign.

    Attributes:
        matter: Names what it is about, whatever the count and the day.
        said: Says what is to be done, of a count.
        school_id: None for the whole district.
        stage: The stage by its code; "" for the whole school.
        subject: What those moved must count for.
        wanted: How many; None where nothing is counted.
        lead: The body that leads, by the key of the plan.
        partners: Who helps, in words.
        yuan: What all of it costs; None where nobody knows.
        adds: What one of it adds, by indicator of 优质均衡.
    """

    matter: str
    said: Callable[[int | None], str]
    lead: str
    partners: str
    due_on: date
    school_id: int | None = None
    school: str = ""
    giver_id: int | None = None
    stage: str = ""
    subject: str = ""
    wanted: int | None = None
    unit: str = ""
    start_by: date | None = None
    yuan: Fraction | None = None
    adds: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, count: int) -> Proposal:
        """Return the same for another count."""
        if self.wanted is None or count == self.wanted:
            return self
        yuan = None if self.yuan is None else self.yuan * count / self.wanted
        return replace(self, wanted=count, yuan=yuan)

    @property
    def what(self) -> str:
        """What is to be done, in a sentence."""
        return self.said(self.wanted)


@dataclass(frozen=True)
class Proposals:
    """The tasks of one computation.

    Attributes:
        title: What computed them, in words.
        on: Day of the data.
        digest: Mark of the problem and the answer.
        missing: Why there is none, in words; empty where there are some or none is needed.
    """

    source: TaskSource
    title: str
    on: date
    digest: str
    every: tuple[Proposal, ...]
    missing: str = ""


def _mark(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _owners(number: int) -> tuple[str, str]:
    """Return the lead of a measure by key, and its partners in words."""
    measure = facts.measure_here(number)
    return measure.lead, _partners(measure)


def _partners(measure: Measure) -> str:
    return "、".join(facts.plan().bodies[one] for one in measure.partners)


def of_path(
    answer: Answer, allowed: Allowed, schools: Mapping[str, int], on: date, *, strict: bool
) -> Proposals:
    """Return the tasks of an answer.

    Args:
        answer: The cheapest way.
        allowed: What it was allowed.
        schools: The id of each school by its name.
        on: Day of the data.
        strict: Whether it leaves out the relaxation for visiting teachers.
    """
    found = tuple(_of_item(item, allowed, schools, on) for item in answer.items)
    mark = tasks.mark(answer, allowed, on, strict=strict)
    return Proposals(TaskSource.PATH, _("优质均衡 达标路径"), on, mark, found)


def _of_item(item: Item, allowed: Allowed, schools: Mapping[str, int], on: date) -> Proposal:
    lead, partners = _owners(item.sort.measure)
    months = allowed.terms[item.sort.name].months
    due = _due(tasks.due_on(on), on, months)
    where = f"{item.school}（{item.stage}）" if item.stage else item.school
    adds = _adds(item, allowed)
    return Proposal(
        matter=":".join(("path", *tasks.key(item))),
        said=lambda count: f"{where}：{tasks.text(replace(item, count=count or item.count))}",
        lead=lead, partners=partners, due_on=due, school_id=schools.get(item.school),
        school=item.school, giver_id=schools.get(item.giver), stage=tasks.stage_code(item),
        subject="、".join(NAMES_ZH[name] for name in item.kind), wanted=item.count,
        unit=str(item.sort.unit), start_by=months_before(due, months), yuan=item.yuan, adds=adds,
    )  # fmt: skip


def _due(promised: date | None, on: date, months: int) -> date:
    """Return the day by which it has to be done: that promised, else as soon as it can be."""
    return promised if promised is not None and promised > on else months_before(on, -months)


def _adds(item: Item, allowed: Allowed) -> dict[str, Fraction]:
    if item.sort.name == TRANSFER:
        return dict.fromkeys(item.kind, Fraction(1))
    return dict(_added(item.sort, allowed))


def _added(sort: Sort, allowed: Allowed) -> Iterator[tuple[str, Fraction]]:
    for name, amount in sort.adds.items():
        each = Fraction(amount) if amount is not None else allowed.terms[sort.name].adds
        if each:
            yield name, each


def of_forecast(moment: Moment, name: str) -> Proposals | None:
    """Return the task of one promise that is not kept by what is foreseen; None where none is."""
    found = next((one for one in forecasts.every(moment) if one.promise.name == name), None)
    if found is None:
        return None
    title = _("到期日预测：%(promise)s") % {"promise": found.promise.short_zh}
    every = () if found.is_foreseen else (_of_promise(found, moment.on),)
    return Proposals(TaskSource.FORECAST, title, moment.on, forecasts.mark(found, moment.on), every)


def nothing(label: str, on: date) -> Proposals:
    """Return that a promise has no forecast that asks for anything."""
    title = _("到期日预测：%(promise)s") % {"promise": label}
    missing = _("这项承诺在这一天没有预测：已到期，没有期限，或没有数可算。")
    return Proposals(TaskSource.FORECAST, title, on, _mark(label, on), (), missing)


def _of_promise(found: Forecast, on: date) -> Proposal:
    """Return the task of a promise; where the usual pace is too slow, it starts at once."""
    measure = facts.plan().measure_of(found.promise)
    assert measure is not None
    assert found.target.due_on is not None
    change = presentation.gap(found.target, found.card, found.missing)
    asked = presentation.threshold(found.target)
    said = _("%(promise)s应达 %(asked)s") % {"promise": found.promise.short_zh, "asked": asked}
    due = found.target.due_on
    return Proposal(
        matter=f"forecast:{found.promise.name}",
        said=lambda count: f"{said}，{change}" if change else said,
        lead=measure.lead, partners=_partners(measure), due_on=due, wanted=found.missing or None,
        unit=found.card.unit_zh, start_by=found.start_by and max(found.start_by, on),
    )  # fmt: skip


def of_relaxations(moment: Moment) -> Proposals:
    """Return a task for each school that passes only under a relaxation, due when that ends.

    Raises:
        school_rows.Faulty: If the registers contradict themselves.
    """
    found = standing(moment)
    missing = ""
    if found.recognition is None:
        missing = _("没有登记优质均衡的认定日期，算不出补足标准的期限。请先在“国家认定”台账登记。")
    every = () if missing else tuple(_of_relaxed(found))
    mark = _mark(moment.on, [one.matter for one in every], [one.due_on for one in every])
    return Proposals(TaskSource.RELAXATION, _("过渡性放宽"), moment.on, mark, every, missing)


def _of_relaxed(found: Standing) -> Iterator[Proposal]:
    assert found.deadline is not None
    ids = {one.stage.row.school: found.district.id_of(one) for one in _schools(found)}
    ids |= {
        school.school: school.school_id
        for one in found.conclusion.judged if one.finding
        for school in one.finding.relaxed
    }  # fmt: skip
    seen = set()
    for one in found.relaxed:
        proposal = _relaxed(one, ids.get(one.school), found.deadline)
        if proposal.matter not in seen:
            seen.add(proposal.matter)
            yield proposal


def _schools(found: Standing) -> Sequence[SchoolVerdict]:
    return found.district.evaluation.schools


def matter_of_relaxed(school_id: int | None, item_zh: str) -> str:
    """Return what names a relaxation of a school."""
    return f"relaxation:{school_id}:{item_zh}"


def _relaxed(one: Relaxed, school_id: int | None, due_on: date) -> Proposal:
    number = TEACHERS_MEASURE if one.item_zh == RELAXED_TEACHERS else CONDITIONS_MEASURE
    lead, partners = _owners(number)
    said = _("%(school)s：%(item)s达到全部标准，不再靠放宽（%(why)s）") % {
        "school": one.school, "item": one.item_zh, "why": one.why_zh,
    }  # fmt: skip
    return Proposal(
        matter=matter_of_relaxed(school_id, one.item_zh), said=lambda count: said, lead=lead,
        partners=partners, due_on=due_on, school_id=school_id, school=one.school,
    )  # fmt: skip
