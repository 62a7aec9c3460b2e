"""Cells that name a school, by its identifier or by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gengdu.records.queries import in_force
from gengdu.records.references import NamedCell
from gengdu.registers.schools.models import SchoolProfile


@dataclass(frozen=True)
class SchoolReference:
    """Reads and writes schools as they were known on a day.

    Attributes:
        by_identifier: Whether cells show the ten-digit identifier; else the name.
    """

    by_identifier: bool = False

    def on(self, day: date) -> NamedCell:
        """Return the kind of cell for a day; schools closed before it are not found."""
        rows = SchoolProfile.objects.filter(in_force(day))
        return NamedCell.of(
            "学校",
            "请核对学校标识码或校名；新学校请先由教育分局登记",
            (
                (school, (identifier or name) if self.by_identifier else name, (name, identifier))
                for school, name, identifier in rows.values_list("school_id", "name", "identifier")
            ),
        )
