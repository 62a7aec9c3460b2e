"""How many answers came in, by group and by school; never by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.chapters.delivery.evaluation.surveys import queries
from gengdu.chapters.delivery.evaluation.surveys.models import AskedGroup, Survey
from gengdu.chapters.delivery.evaluation.surveys.queries import Received

GROUPS = {group.value: group.label for group in AskedGroup}


@dataclass(frozen=True)
class Line:
    """The response of a group, a school or a village.

    Attributes:
        sent, answered: None where so few were asked that a count could point to somebody.
        is_behind: Whether it is below what should be in by now.
    """

    label: str
    town: str
    sent: int | None
    answered: int | None
    percent: float | None
    is_behind: bool


def seen_by(viewer: Viewer, rows: Iterable[Received]) -> list[Received]:
    """Return what a viewer sees: a town what lies in it, a school its own alone."""
    if viewer.sees_district:
        return list(rows)
    return [one for one in rows if _is_seen(viewer, one)]


def _is_seen(viewer: Viewer, one: Received) -> bool:
    if one.stratum.group == AskedGroup.RESIDENTS:
        return viewer.scope_kind == "town" and one.stratum.town_key == viewer.scope_key
    return one.stratum.place_key in viewer.schools


@dataclass(frozen=True)
class Pace:
    """What may be shown, and what should be in by now.

    Attributes:
        limit: Fewer sent than this, and no count is shown.
        due: The share that should have come in: the one expected, in proportion to the days gone.
    """

    limit: int
    due: float

    @classmethod
    def of(cls, survey: Survey, limit: int, on: date) -> Pace:
        """Return the pace of a survey on a day."""
        days = (survey.closes_on - survey.opens_on).days + 1
        gone = min(days, max(0, (on - survey.opens_on).days))
        return cls(limit, survey.expected_response * gone / days)


def whole(rows: Sequence[Received], pace: Pace) -> Line:
    """Return the response of all that is seen."""
    return _line(_("合计"), "", rows, pace)


def by_group(rows: Sequence[Received], pace: Pace) -> list[Line]:
    """Return the response of each group."""
    return [
        _line(str(label), "", some, pace)
        for group, label in GROUPS.items()
        if (some := [one for one in rows if one.stratum.group == group])
    ]


def by_place(rows: Sequence[Received], pace: Pace) -> list[Line]:
    """Return the response of each school and village, whoever is furthest behind first."""
    places: dict[tuple[bool, int], list[Received]] = {}
    for one in rows:
        key = (one.stratum.group == AskedGroup.RESIDENTS, one.stratum.place_key)
        places.setdefault(key, []).append(one)
    lines = [
        _line(some[0].stratum.label, some[0].stratum.town_label, some, pace)
        for some in places.values()
    ]
    return sorted(lines, key=lambda one: (one.percent is None, one.percent or 0, one.label))


def _line(
    label: str, town: str, rows: Sequence[Received], pace: Pace
) -> Line:  # fmt: skip
    sent, answered = sum(one.sent for one in rows), sum(one.answered for one in rows)
    if sent < pace.limit:
        return Line(label, town, None, None, None, is_behind=False)
    share = answered / sent
    return Line(label, town, sent, answered, 100 * share, share < pace.due)


def reminder(survey: Survey, lines: Sequence[Line], *, on: date) -> str:
    """Return a text that reminds of a survey, for the bureau to send on as it likes."""
    left = (survey.closes_on - on).days
    behind = "、".join(line.label for line in lines if line.is_behind)
    days = _("今天截止") if left == 0 else _("还有 %(days)s 天") % {"days": left}
    text = _(
        "【提醒】“%(title)s”到 %(day)s 截止，%(left)s。请凭纸条上的答题码作答（扫码或输入），"
        "约 3 分钟；不记姓名，答卷与个人不相连。已答的不用再答；纸条遗失请找发放人换发。"
    ) % {"title": survey.title, "day": survey.closes_on, "left": days}
    if behind:
        text += _("目前回收较慢的有：%(names)s。") % {"names": behind}
    return text


def received(survey: Survey, viewer: Viewer) -> list[Received]:
    """Return what came in of a survey, as far as a viewer sees it."""
    return seen_by(viewer, queries.received(survey))
