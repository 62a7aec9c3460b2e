"""What the coverage page of a ledger shows, as it is asked for and as the viewer may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.kernel.dates import day_before
from gengdu.kernel.identifiers import is_row_number
from gengdu.records import covered
from gengdu.records.coverage import Population, Town, Unit
from gengdu.records.covered import COVERED, UNDER_WAY, Asked, Cell, Covered, Standing, Tally
from gengdu.records.ledgers import Ledger

UNCOVERED = "uncovered"
"""The choice that finds whatever does not count, for whichever reason."""

LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.VALID: ("●", "s-met"),
    Standing.EXPIRING: ("▲", "s-at_risk"),
    Standing.PARTLY: ("◐", "s-at_risk"),
    Standing.COMING: ("○", "s-on_course"),
    Standing.REVIEW: ("◇", "s-on_course"),
    Standing.RETURNED: ("◆", "s-late"),
    Standing.DRAFT: ("□", "soft"),
    Standing.EXPIRED: ("△", "s-late"),
    Standing.REVOKED: ("✕", "s-late"),
    Standing.MISSING: ("✕", "s-late"),
}
"""Sign and colour of each standing; its word always stands beside them."""

ALL, SOME, NONE = "met", "on_course", "late"
"""How a unit stands in all that is asked of it, as the map names it."""

SIGNS = {ALL: "●", SOME: "◐", NONE: "✕"}
CONTINUED = frozenset({Standing.EXPIRING, Standing.EXPIRED})


@dataclass(frozen=True)
class Wanted:
    """What is asked of the page: whom, which town, column, level and standing."""

    ledger: Ledger
    population: Population
    town: int | None
    column: str
    level: str
    standing: str

    @classmethod
    def read(cls, ledger: Ledger, data: Mapping[str, str]) -> Wanted:
        """Read an address; what the ledger does not declare is left aside."""
        populations = covered.coverage_of(ledger).populations
        asked = data.get("of", "")
        town, standing = data.get("town", ""), data.get("standing", "")
        return cls(
            ledger,
            next((one for one in populations if one.key == asked), populations[0]),
            int(town) if is_row_number(town) else None,
            _known(data.get("column", ""), covered.columns(ledger)),
            _known(data.get("level", ""), covered.levels(ledger)),
            _known(standing, [UNCOVERED, *Standing.values]),
        )

    @property
    def query(self) -> dict[str, str]:
        """What of the address makes this page, for links that keep it."""
        found = {
            "of": self.population.key if self.population is not self._usual else "",
            "town": str(self.town) if self.town is not None else "",
            "column": self.column, "level": self.level, "standing": self.standing,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}

    @property
    def _usual(self) -> Population:
        return covered.coverage_of(self.ledger).populations[0]

    def finds(self, standing: Standing) -> bool:
        """Tell whether a standing is one that is asked for."""
        if self.standing == UNCOVERED:
            return standing not in COVERED
        return self.standing in ("", standing)


def _known(text: str, offered: Any) -> str:
    return text if text in offered else ""


@dataclass(frozen=True)
class Mark:
    """One cell as people read it.

    Attributes:
        column: What its column is called.
        cell: None where nothing is asked of the unit in the column.
        level: Its level, in words.
        until: The last day on which it is covered, or was.
        days: How many days are left, where it ends soon.
        url: The entry that tells; empty where there is none.
        new_url: The form of a new entry, begun; empty for whoever may not write it.
        continues: Whether that form goes on from the entry.
    """

    column: str
    cell: Cell | None
    level: str = ""
    until: date | None = None
    days: int | None = None
    url: str = ""
    new_url: str = ""
    continues: bool = False

    @property
    def word(self) -> str:
        """How it stands."""
        return str(self.cell.standing.label) if self.cell else ""

    @property
    def sign(self) -> str:
        """The sign before the word."""
        return LOOKS[self.cell.standing][0] if self.cell else ""

    @property
    def look(self) -> str:
        """The class of its colour."""
        return LOOKS[self.cell.standing][1] if self.cell else ""


@dataclass(frozen=True)
class Line:
    """One unit with its cells."""

    unit: Unit
    marks: Sequence[Mark]
    kind: str
    url: str

    @property
    def sign(self) -> str:
        """How it stands in all, as a sign."""
        return SIGNS[self.kind]

    @property
    def words(self) -> str:
        """How it stands in each column."""
        said = [(mark.column, mark.word) for mark in self.marks if mark.cell]
        return "，".join(f"{column} {word}" if len(said) > 1 else word for column, word in said)


@dataclass(frozen=True)
class TownLine:
    """One town in the comparison of towns."""

    town: Town
    units: int
    tally: Tally
    columns: Sequence[Tally]


class Sheet:
    """The coverage of a ledger as one viewer sees it."""

    def __init__(
        self, wanted: Wanted, viewers: Mapping[date, Viewer], on: date, known: date | None
    ) -> None:
        self.wanted, self.ledger, self.on, self.known = wanted, wanted.ledger, on, known
        self.viewer = viewers[on]
        self.covered = Covered(Asked(
            wanted.ledger, wanted.population, viewers, on, known, wanted.column, wanted.level,
            wanted.town,
        ))  # fmt: skip

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns shown: value and words."""
        return self.covered.columns

    @property
    def counts_needs(self) -> bool:
        """Whether units may need more than one entry in a column."""
        return covered.coverage_of(self.ledger).needs is not None

    @property
    def is_wide(self) -> bool:
        """Whether there is more than one column."""
        return len(self.columns) > 1

    @cached_property
    def may_write_for(self) -> frozenset[int] | None:
        """The units for which the viewer may write; None for all."""
        if self.known is not None or not self.viewer.may(self.ledger.edit):
            return frozenset()
        return self.ledger.may_write_for(self.viewer, self.on)

    @cached_property
    def lines(self) -> list[Line]:
        """The units of which a cell stands as is asked for."""
        found = []
        for unit in self.covered.units:
            cells = self.covered.cells[unit.id]
            if any(self.wanted.finds(cell.standing) for cell in cells.values()):
                found.append(self._line(unit, cells))
        return found

    def _line(self, unit: Unit, cells: Mapping[str, Cell]) -> Line:
        page = self.wanted.population.page
        marks = [self._mark(unit, column, cells.get(column)) for column in self.columns]
        url = reverse(page, args=[unit.id]) if page and self.viewer.may("view_registers") else ""
        return Line(unit, marks, _kind(cells.values()), url)

    def _mark(self, unit: Unit, column: str, cell: Cell | None) -> Mark:
        if cell is None:
            return Mark(self.columns[column], None)
        last = day_before(cell.until) if cell.until else None
        is_soon = cell.standing == Standing.EXPIRING and cell.until is not None
        return Mark(
            self.columns[column], cell, self._levels.get(cell.level, ""), last,
            (cell.until - self.on).days if is_soon and cell.until else None,
            reverse(f"{self.ledger.key}_detail", args=[cell.item]) if cell.item else "",
            self._new_url(unit, column, cell), cell.standing in CONTINUED,
        )  # fmt: skip

    @cached_property
    def _levels(self) -> dict[str, str]:
        return covered.levels(self.ledger)

    def _new_url(self, unit: Unit, column: str, cell: Cell) -> str:
        """Return the form of a new entry where one is wanting and nobody has begun it."""
        may = self.may_write_for
        wants = cell.standing in (*CONTINUED, Standing.PARTLY, Standing.MISSING, Standing.REVOKED)
        if not wants or (may is not None and unit.id not in may):
            return ""
        across = covered.coverage_of(self.ledger).across
        query = {self.ledger.held_by: str(unit.id), **({across: column} if across else {})}
        if cell.standing in CONTINUED and cell.item:
            query["from"] = str(cell.item)
        return f"{reverse(f'{self.ledger.key}_new')}?{urlencode(query)}"

    @cached_property
    def towns(self) -> list[TownLine]:
        """The towns in the order of their units."""
        towns = {unit.town.id: unit.town for unit in self.covered.units}
        return [
            TownLine(
                town,
                sum(unit.town.id == town.id for unit in self.covered.units),
                self.covered.of_town(town.id),
                [self.covered.of_town(town.id, column) for column in self.columns],
            )
            for town in towns.values()
        ]

    @cached_property
    def by_column(self) -> list[tuple[str, str, Tally]]:
        """How each column stands: value, words, counts."""
        return [(key, words, self.covered.of_column(key)) for key, words in self.columns.items()]

    @property
    def standings(self) -> list[tuple[str, str, str, str, int]]:
        """What may be asked for, by how cells stand: value, sign, colour, words, how many."""
        tally = self.covered.tally
        counted = [
            (standing.value, *LOOKS[standing], str(standing.label), tally.by.get(standing, 0))
            for standing in Standing
        ]
        uncovered = (UNCOVERED, "", "", _("未覆盖"), tally.uncovered)
        return [uncovered, *(one for one in counted if one[-1] or one[0] == self.wanted.standing)]

    @property
    def town_choice(self) -> list[tuple[int, str]]:
        """The towns that may be asked for."""
        found = {unit.town.id: unit.town.name for unit in self.covered.all_units}
        return [(key, name or _("未注明镇街")) for key, name in found.items()]

    @property
    def level_choice(self) -> list[tuple[str, str]]:
        """The levels that may be asked for, the highest first; each holds those above it."""
        every = list(self._levels.items())
        return [
            (key, words if place == 0 else _("%(level)s及以上") % {"level": words})
            for place, (key, words) in enumerate(every)
        ]

    @property
    def map(self) -> dict[str, Any] | None:
        """What the map draws: towns with their numbers, a pin for each unit shown."""
        pins = [
            {
                "id": line.unit.id, "name": line.unit.name, "at": line.unit.at, "kind": line.kind,
                "value": line.words, "url": f"#u{line.unit.id}",
            }
            for line in self.lines
            if line.unit.at is not None
        ]  # fmt: skip
        if not pins:
            return None
        towns = [
            {
                "id": one.town.id, "name": one.town.name, "at": one.town.at,
                "value": f"{one.tally.covered}/{one.tally.needed}",
            }
            for one in self.towns
            if one.town.at is not None
        ]  # fmt: skip
        return {"towns": towns, "schools": pins}

    @property
    def without_point(self) -> list[Line]:
        """The units shown of which nobody has recorded where they stand."""
        return [line for line in self.lines if line.unit.at is None]

    @property
    def tiles(self) -> list[tuple[TownLine, list[Line]]]:
        """The units shown by town, for those that have no points."""
        return [
            (town, [line for line in self.lines if line.unit.town.id == town.town.id])
            for town in self.towns
        ]

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Kind, sign and words of each kind of pin."""
        return [
            (ALL, SIGNS[ALL], _("都有效")),
            (SOME, SIGNS[SOME], _("部分有效、将到期或审批中")),
            (NONE, SIGNS[NONE], _("都没有")),
        ]

    @property
    def words(self) -> list[str]:
        """What narrows the page, in words."""
        wanted = self.wanted
        found = [str(wanted.population.label)]
        found += [name for town, name in self.town_choice if town == wanted.town]
        if wanted.column:
            found.append(self.columns[wanted.column])
        found += [words for key, words in self.level_choice if key == wanted.level]
        found += [words for key, _s, _c, words, _n in self.standings if key == wanted.standing]
        return found


def _kind(cells: Any) -> str:
    """Return how a unit stands in all that is asked of it."""
    standings = {cell.standing for cell in cells}
    if standings <= {Standing.VALID}:
        return ALL
    return SOME if standings & (COVERED | UNDER_WAY) else NONE
