"""Finds out which thing each row of a file speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gengdu.records.importing.comparing import Block
from gengdu.records.importing.existing import Existing
from gengdu.records.ledgers import Ledger
from gengdu.records.sheets import IDENTITY, Register

Keys = tuple[str, ...]


class Finder:
    """Matches rows with things by the register's keys, over a whole file."""

    def __init__(
        self, register: Register, existing: Existing, things: Mapping[int, int | None]
    ) -> None:
        self._register, self._existing, self._told = register, existing, things
        self._seen: dict[tuple[Keys, tuple[Any, ...]], int] = {}
        self._spoken_of: dict[int, int] = {}
        internal = {column.key for column in register.columns if column.internal}
        self._late = tuple(keys for keys in register.keys if internal & set(keys))
        self._early = tuple(keys for keys in register.keys if not internal & set(keys))

    @property
    def keys(self) -> frozenset[str]:
        """The columns that name things."""
        every = (*self._register.keys, *self._register.weak_keys)
        return frozenset(key for keys in every for key in keys)

    def find(self, block: Block, *, resolved: bool) -> bool:
        """Match the rows of a block, before or after the register has read its virtual columns.

        Returns:
            Whether anything more was found.
        """
        if not resolved:
            block.things = [self._told.get(number) for number in block.numbers]
            block.keyed = [thing is not None for thing in block.things]
        already = list(block.keyed) if resolved else [False] * block.rows.count
        before = len(block.known_things)
        for keys in self._early:
            self._find_by(block, keys, already)
        if resolved:
            for keys in self._late:
                self._find_by(block, keys, [False] * block.rows.count)
        else:
            for keys in self._register.weak_keys:
                self._find_by_weak(block, keys)
        return len(block.known_things) > before

    def _find_by(self, block: Block, keys: Keys, already: Sequence[bool]) -> None:
        """Match rows by one key, but for those that are matched already."""
        if all(already):
            return
        given = {place: value for place, value in _filled(block, keys) if not already[place]}
        known = self._existing.by_key(keys, set(given.values()))
        for place, value in given.items():
            block.keyed[place] = True
            self._check_twice(block, place, keys, value)
            found = known.get(value, ())
            if not found and self._register.by_key[keys[0]].part == IDENTITY:
                block.fault(place, keys[0], "底册里没有这个编号；新登记的请留空，由系统编号")
            self._match(block, place, keys, found)

    def _check_twice(self, block: Block, place: int, keys: Keys, value: tuple[Any, ...]) -> None:
        first = self._seen.setdefault((keys, value), block.numbers[place])
        if first != block.numbers[place]:
            block.fault(place, keys[0], f"与第 {first} 行重复，请只留一行")

    def _match(self, block: Block, place: int, keys: Keys, found: Sequence[int]) -> None:
        label = self._labels(keys)
        if len(found) > 1:
            block.fault(place, keys[0], f"底册里有 {len(found)} 条记录是这个{label}，请先处理重复")
        elif found and block.things[place] is None:
            block.things[place] = found[0]
        elif found and block.things[place] != found[0]:
            block.fault(place, keys[0], f"这个{label}属于底册里的另一条记录，请核对")

    def _find_by_weak(self, block: Block, keys: Keys) -> None:
        """Match the rows that no key has matched; never with a thing that goes by another key."""
        given = {
            place: value for place, value in _filled(block, keys) if block.things[place] is None
        }
        known = self._existing.by_key(keys, set(given.values()))
        with_keys = self._existing.with_keys(thing for some in known.values() for thing in some)
        for place, value in given.items():
            found = known.get(value, ())
            if block.keyed[place] and with_keys.intersection(found):
                strong = self._strong(block, place)
                block.fault(
                    place, strong[0],
                    f"底册里有{self._labels(keys)}相同、{self._labels(strong)}不同的记录，请核对；"
                    "如是同一条，请先更正底册",
                )  # fmt: skip
                continue
            if not block.keyed[place]:
                self._check_twice(block, place, keys, value)
            block.keyed[place] = True
            self._match(block, place, keys, found)

    def _strong(self, block: Block, place: int) -> Keys:
        """Return the first key that a row fills in."""
        return next(
            keys
            for keys in self._register.keys
            if all(block.rows.get(key)[place] is not None for key in keys)
        )

    def check(self, block: Block) -> None:
        """Refuse rows that name nothing, or the same thing as an earlier row."""
        twice = block.faulty
        every = "或".join(map(self._labels, (*self._register.keys, *self._register.weak_keys)))
        for place, thing in enumerate(block.things):
            if not block.keyed[place]:
                key = self._register.keys[0][0]
                if self._register.by_key[key].internal and place in twice:
                    continue  # said already, in the words of the columns it is read from
                if self._ask_for_missing(block, place):
                    continue
                block.fault(place, self._asked_for(), f"没有{every}，认不出是谁，请补填")
            elif thing is not None:
                number = block.numbers[place]
                first = self._spoken_of.setdefault(thing, number)
                if first != number and place not in twice:
                    key = self._register.keys[0][0]
                    block.fault(place, key, f"与第 {first} 行说的是同一条记录，请只留一行")

    def _ask_for_missing(self, block: Block, place: int) -> bool:
        """Ask for all that an entry needs, where it lacks what it goes by; tell whether it does."""
        if not isinstance(self._register, Ledger):
            return False
        needed = [column for column in self._register.columns if column.required]
        missing = [c for c in needed if block.rows.get(c.key)[place] is None]
        if not any(c.key in self._register.keys[0] for c in missing):
            return False
        said = {(remark.place, remark.column) for remark in block.remarks}
        for column in missing:
            if (place, column.key) not in said:
                block.fault(place, column.key, f"新登记的必须填“{column.label}”")
        return True

    def _asked_for(self) -> str:
        """Return the column to be filled in: a number people have, not the system's own."""
        firsts = [keys[0] for keys in self._register.keys]
        own = (IDENTITY, "")
        return next((k for k in firsts if self._register.by_key[k].part not in own), firsts[0])

    def _labels(self, keys: Keys) -> str:
        return "和".join(str(self._register.by_key[key].label) for key in keys)


def _filled(block: Block, keys: Keys) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the place and value of each row in which a whole key is filled in."""
    for place, value in enumerate(zip(*(block.rows.get(key) for key in keys), strict=True)):
        if None not in value:
            yield place, value
