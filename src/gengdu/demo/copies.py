"""One copy of the district: copy 0 is the demo itself, the others are invented counties."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from gengdu.demo.rows import Ids, Rows


@dataclass(frozen=True)
class Copy:
    """Which copy of the district is being written, and what it shares with the others.

    Attributes:
        number: 0 for the demo itself.
        seed: Given by whoever asked for the data.
        ids: Shared by all copies.
    """

    number: int
    seed: int
    ids: Ids

    @property
    def is_demo(self) -> bool:
        """Tell whether this is the demo district itself."""
        return self.number == 0

    @property
    def county_code(self) -> str:
        """The county code; no real one begins with 99."""
        return "371072" if self.is_demo else f"99{self.number:04d}"

    def rng(self, section: str) -> Random:
        """Return the source of chance of one section; sections never disturb each other."""
        return Random(f"{self.seed}:{self.number}:{section}")

    def rows(self) -> Rows:
        """Return an empty collection for one section."""
        return Rows(self.ids)

    def name(self, real: str) -> str:
        """Return a name of this copy for something that the demo calls `real`."""
        return real if self.is_demo else real.replace("示例", f"示例{self.number}区", 1)
