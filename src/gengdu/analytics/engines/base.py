"""What an engine must do to run indicator SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import pyarrow as pa

Parameter = date | int | float | str
Parameters = Mapping[str, Parameter]


class Engine(Protocol):
    """Holds named tables, and runs SQL with named parameters (:name) over them."""

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name, replacing one of that name."""

    def define(self, name: str, sql: str, parameters: Parameters, *, keep_result: bool) -> None:
        """Make the result of a query known under a name; keep_result stores it for repeated use."""

    def enter(self, space: str) -> bool:
        """Make the definitions of one space current; tell whether earlier ones are still there.

        What is registered is seen from every space.
        """

    def leave_all(self) -> None:
        """Forget the definitions of every space."""

    def run(self, sql: str, parameters: Parameters) -> pa.Table:
        """Return the result of a query."""
