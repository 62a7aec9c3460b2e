"""What an engine must do to run indicator SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:  # loading it loads pandas as well, where that is installed
    from pyarrow.dataset import Dataset

Parameter = date | int | float | str
Parameters = Mapping[str, Parameter]
PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
"""A parameter in a SQL text: a colon and its name."""


class Engine(Protocol):
    """Holds named tables, and runs SQL with named parameters (:name) over them.

    Attributes:
        dialect: What sqlglot calls the SQL it speaks.
    """

    dialect: str

    def register(self, name: str, table: pa.Table | Dataset) -> None:
        """Make an Arrow table, or files of it, known under a name, replacing one of that name."""

    def read(self, name: str, files: Sequence[str], schema: pa.Schema, *, keep: bool) -> None:
        """Make Parquet files known under a name, each in a folder county=<code>.

        Args:
            name: Of the table; it gets the column county beside those of the files.
            files: Paths that every process of the engine can open.
            schema: The columns wanted.
            keep: Whether the rows are worth holding for repeated use.
        """

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
