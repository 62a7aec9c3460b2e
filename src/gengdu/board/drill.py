"""Opens a number into exactly the records it counts, within the viewer's rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access.scope import Viewer
from gengdu.analytics.cards import Card
from gengdu.analytics.run import Moment
from gengdu.board import names
from gengdu.board.live import indicators
from gengdu.registers.staff.models import DegreeLevel, LeadershipRole

COUNTED, ROWS, REST, UNREPORTED = "counted", "rows", "rest", "unreported"
OF = {
    COUNTED: gettext_lazy("计入的记录"),
    ROWS: gettext_lazy("全部记录"),
    REST: gettext_lazy("未计入或未报的记录"),
    UNREPORTED: gettext_lazy("未报的记录"),
}


SUBJECTS = {"pupil": "pupils.Pupil", "dropout_case": "inclusion.DropoutCase"}
"""What the rows about children are, by the card's unit."""


@dataclass(frozen=True)
class Asked:
    """Which records are asked for.

    Attributes:
        of: counted, rows, rest or unreported.
        part: One part of a value made of two counts; empty for all.
        town_id: Only this town.
        school_id: Only this school.
    """

    of: str = ROWS
    part: str = ""
    town_id: int | None = None
    school_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One record behind a number."""

    label: str
    school_id: int | None
    school: str
    town: str
    part: str
    counts: int | None
    details: Sequence[str]
    unit_id: int

    @property
    def counts_zh(self) -> str:
        """Whether the record counts, in words."""
        return {1: _("计入"), 0: _("未计入")}.get(
            -1 if self.counts is None else self.counts, _("未报")
        )


class NotYours(PermissionError):
    """The viewer's scope does not hold the records asked for."""


def lines(card: Card, moment: Moment, asked: Asked, viewer: Viewer) -> list[Line]:
    """Return the records behind a number, one line each, as many as the number says.

    Raises:
        NotYours: If the number counts records outside the viewer's scope.
    """
    if not may_open(card, asked, viewer):
        raise NotYours(card.name)
    found = indicators.shown(
        (card.name, moment), lambda live: live.units(card, moment), is_list=True
    )
    rows = found.to_pylist()
    return _lines(card, moment.on, [row for row in rows if _is_asked(row, asked)])


def may_open(card: Card, asked: Asked, viewer: Viewer) -> bool:
    """Tell whether a viewer may open a number."""
    return viewer.may_open(card.sensitivity, town_id=asked.town_id, school_id=asked.school_id)


def _is_asked(row: dict[str, Any], asked: Asked) -> bool:
    if asked.part and row.get("part") != asked.part:
        return False
    if asked.town_id is not None and row["town_id"] != asked.town_id:
        return False
    if asked.school_id is not None and row["school_id"] != asked.school_id:
        return False
    counted = row["counted"]
    match asked.of:
        case "counted":
            return counted == 1  # type: ignore[no-any-return]
        case "rest":
            return counted != 1  # type: ignore[no-any-return]
        case "unreported":
            return counted is None
        case _:
            return True


def _lines(card: Card, on: date, rows: list[dict[str, Any]]) -> list[Line]:
    schools = names.schools(on, {row["school_id"] for row in rows if row["school_id"]})
    towns = names.places(on, {row["town_id"] for row in rows if row["town_id"]})
    labels = _labels(card, on, rows)
    shown_details = [key for key in card.details if key != "label"]
    return [
        Line(
            label=row.get("label") or labels.get(row["unit_id"], f"#{row['unit_id']}"),
            school_id=row["school_id"],
            school=schools.get(row["school_id"], ""),
            town=towns.get(row["town_id"], ""),
            part=str(card.parts.get(row.get("part", ""), "")),
            counts=row["counted"],
            details=[readable(key, row.get(key)) for key in shown_details],
            unit_id=row["unit_id"],
        )
        for row in rows
    ]


def _labels(card: Card, on: date, rows: list[dict[str, Any]]) -> dict[int, str]:
    """Return what each row is called, by unit id."""
    ids = [row["unit_id"] for row in rows]
    by_kind: dict[str, Callable[[], dict[int, str]]] = {
        "school": lambda: names.schools(on, ids),
        "village": lambda: names.places(on, ids),
        "town": lambda: names.places(on, ids),
        "staff": lambda: names.staff(ids),
        "pupil": lambda: names.pupils(ids),
    }
    if card.unit_kind in by_kind:
        return by_kind[card.unit_kind]()
    schools = names.schools(on, {row["school_id"] for row in rows if row["school_id"]})
    return {row["unit_id"]: schools.get(row["school_id"], card.label_zh) for row in rows}


def detail_heads(card: Card) -> list[str]:
    """Return the names of the further columns of a record list."""
    return [title for key, title in card.details.items() if key != "label"]


_CODED: dict[str, dict[Any, Any]] = {
    "role": dict(LeadershipRole.choices),
    "degree_level": dict(DegreeLevel.choices),
    "level_rank": {4: _("国家级"), 3: _("省级"), 2: _("市级"), 1: _("区级")},
    "review_kind": {"opening": _("开题"), "midterm": _("中期"), "closing": _("结题")},
}
_NO_END = date(9999, 12, 31)


def readable(key: str, value: Any) -> str:
    """Return one cell as people read it; a dash where nothing is recorded."""
    if value is None:
        return "—"
    if key in _CODED:
        return str(_CODED[key].get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value == _NO_END:
        return _("长期")
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return str(value)
