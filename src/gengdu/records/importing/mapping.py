"""Which column of a file is which column of a register: by name, never by position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gengdu.documents.headers import normal_name
from gengdu.kernel import cells
from gengdu.records.sheets import Column, Register


@dataclass(frozen=True)
class Target:
    """What a name in a header means.

    Attributes:
        column: The register's column.
        kind: How the file writes it where that differs from the register's own way.
    """

    column: Column
    kind: cells.Kind[object] | None = None


def meanings(register: Register) -> dict[str, Target]:
    """Return what every name means that files may use, by normal name; official names win."""
    found: dict[str, Target] = {}
    columns = [column for column in register.shown_columns if column.writable]
    for column in columns:
        for name, kind in column.other_forms:
            found.setdefault(normal_name(name), Target(column, kind))
    for column in columns:
        found.setdefault(normal_name(str(column.label)), Target(column))
    for column in columns:
        for name in column.synonyms:
            found.setdefault(normal_name(name), Target(column))
    return found


def propose(
    register: Register, names: Iterable[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Return the column key for each name of a header; what has no meaning is left out.

    Args:
        register: Whose columns are meant.
        names: Names in the header.
        remembered: What the sender chose before, by normal name; an empty key leaves a column out.
    """
    known = meanings(register)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in names:
        normal = normal_name(name)
        key = remembered.get(normal)
        if key is None:
            key = known[normal].column.key if normal in known else ""
        if key and key not in taken:
            taken.add(key)
            found[name] = key
    return found
