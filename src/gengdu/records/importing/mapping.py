"""Which column of a file is which column of a register: by name, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gengdu.documents.headers import normal_name
from gengdu.kernel import cells
from gengdu.records.sheets import Column, Register

_BRACKET = re.compile(r"[（(]")
_SINGLE_UNIT = re.compile(r"[（(][^）)]*(?<!万)元")
LARGE_UNIT = "万元"
"""A name that holds it writes ten thousands; it never means a column in single units."""


@dataclass(frozen=True)
class Target:
    """What a name in a header means.

    Attributes:
        column: The register's column.
        kind: How the file writes it where that differs from the register's own way.
    """

    column: Column
    kind: cells.Kind[object] | None = None


def bare_name(text: str) -> str:
    """Return a name without anything that stands in brackets.

    >>> bare_name("教学仪器设备值（单位：万元）")
    '教学仪器设备值'
    """
    return re.sub(r"\([^()]*\)", "", normal_name(text))


class Names:
    """Every name by which files may call the columns of a register.

    A name is looked for as it stands, then without what stands in brackets: 班额（人） is 班额.
    Where two columns, or two units of one, differ only in brackets, the bare name means neither.
    """

    def __init__(self, register: Register) -> None:
        self.exact: dict[str, Target] = {}
        plain: dict[str, Target] = {}
        stripped: dict[str, list[Target]] = {}
        for name, target in _in_order(register):
            self.exact.setdefault(normal_name(name), target)
            if _BRACKET.search(name):
                stripped.setdefault(bare_name(name), []).append(target)
            else:
                plain.setdefault(bare_name(name), target)
        clear = {bare: some[0] for bare, some in stripped.items() if _agree(some)}
        self.bare = clear | plain
        self._large = {
            bare_name(name): target
            for name, target in _in_order(register)
            if target.kind is not None
        }

    def target(self, name: str) -> Target | None:
        """Return what a name means; None where it means nothing."""
        found = self.exact.get(normal_name(name))
        if found is not None:
            return found
        bare = bare_name(name)
        if LARGE_UNIT in name:
            return self._large.get(bare)
        found = self.bare.get(bare)
        if found is not None and found.kind is not None and _SINGLE_UNIT.search(name):
            return Target(found.column)
        return found


def _agree(targets: list[Target]) -> bool:
    return len({(target.column.key, target.kind is None) for target in targets}) == 1


def _in_order(register: Register) -> Iterator[tuple[str, Target]]:
    """Yield every name with its meaning: other forms first, then official names, then synonyms."""
    columns = register.read_columns
    for column in columns:
        for name, kind in column.other_forms:
            yield name, Target(column, kind)
    for column in columns:
        yield str(column.label), Target(column)
    for column in columns:
        for name in column.synonyms:
            yield name, Target(column)


def meanings(register: Register) -> dict[str, Target]:
    """Return what every name means that files may use, by normal name; official names win."""
    names = Names(register)
    return names.bare | names.exact


def propose(
    register: Register, names: Iterable[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Return the column key for each name of a header; what has no meaning is left out.

    Args:
        register: Whose columns are meant.
        names: Names in the header.
        remembered: What the sender chose before, by normal name; an empty key leaves a column out.
    """
    known = Names(register)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in names:
        target = known.target(name)
        key = target.column.key if target is not None else ""
        key = remembered.get(normal_name(name), key)
        if key and key not in taken:
            taken.add(key)
            found[name] = key
    return found


def ignored(register: Register, names: Iterable[str]) -> dict[str, str]:
    """Return the names of a header that are left out on purpose, each with the reason."""
    reasons = {normal_name(name): reason for name, reason in register.ignored.items()}
    for column in register.shown_columns:
        if not (column.writable or column.checked):
            reasons.setdefault(normal_name(str(column.label)), "由系统记录或算出，不从文件写入")
    return {name: reasons[normal_name(name)] for name in names if normal_name(name) in reasons}
