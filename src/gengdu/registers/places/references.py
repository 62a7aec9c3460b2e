"""Cells that name a village or community, by its twelve-digit code or by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gengdu.records.queries import in_force
from gengdu.records.references import NamedCell
from gengdu.registers.places.models import PlaceKind, PlaceRecord


@dataclass(frozen=True)
class PlaceReference:
    """Reads and writes places of some kinds as they were known on a day."""

    kinds: tuple[str, ...] = (PlaceKind.VILLAGE,)

    def on(self, day: date, known: date | None = None) -> NamedCell:
        """Return the kind of cell for a day, by what is known, or was on another."""
        rows = PlaceRecord.objects.filter(in_force(day, known), place__kind__in=self.kinds)
        return NamedCell.of(
            "村居",
            "请填村居名称或12位区划代码",
            (
                (place, short, (short, name, code))
                for place, short, name, code in rows.values_list(
                    "place_id", "short_name", "name", "code"
                )
            ),
        )
