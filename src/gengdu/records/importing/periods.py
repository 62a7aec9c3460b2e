"""Refuses rows whose stated period meets another's, where a model lets none overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gengdu.kernel.dates import day_before
from gengdu.records.constraints import NoOverlap
from gengdu.records.importing.comparing import Block
from gengdu.records.models import LedgerRow
from gengdu.records.sheets import Part, Register

Owner = tuple[Any, ...]


@dataclass(frozen=True)
class _Span:
    """One period: in the register where it has no row of the file, else in the file."""

    starts_on: date
    ends_on: date | None
    number: int | None = None

    def meets(self, other: _Span) -> bool:
        begins_before = other.ends_on is None or self.starts_on < other.ends_on
        return begins_before and (self.ends_on is None or other.starts_on < self.ends_on)

    def told(self) -> str:
        until = f"至 {day_before(self.ends_on)}" if self.ends_on else "起"
        where = "底册里已登记的" if self.number is None else f"第 {self.number} 行的"
        return f"{where} {self.starts_on} {until}"


@dataclass
class _Watch:
    """One rule of one table, and the periods of the file that were looked at so far."""

    part: Part
    owner: tuple[str, ...]
    seen: dict[Owner, list[_Span]] = field(default_factory=dict)


class Periods:
    """Looks at the periods of a whole file, for the parts whose rows state their own.

    Drafts of a ledger may overlap: what is in force at one time is settled when one is approved.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._watched = [
            _Watch(part, tuple(self._key(part, name) for name in rule.fields))
            for part in register.written_parts
            if part.states_period and not issubclass(part.model, LedgerRow)
            for rule in part.model._meta.constraints
            if isinstance(rule, NoOverlap)
        ]

    def _key(self, part: Part, name: str) -> str:
        return next(one.key for one in self._register.by_part[part.name] if one.field == name)

    def check(self, block: Block) -> None:
        """Refuse rows that end before they begin, or meet another of the same thing."""
        for part in self._register.written_parts:
            if part.states_period:
                self._check_order(block, part)
        for watch in self._watched:
            self._check_apart(block, watch)

    def _check_order(self, block: Block, part: Part) -> None:
        ends = self._key(part, "ends_on")
        for place, span in self._spans(block, part):
            if span.ends_on is not None and span.ends_on <= span.starts_on:
                block.fault(place, ends, f"早于起始日期 {span.starts_on}，请核对")

    def _check_apart(self, block: Block, watch: _Watch) -> None:
        faulty = block.faulty
        spans = {
            place: span for place, span in self._spans(block, watch.part) if place not in faulty
        }
        columns = [block.rows.known(key) for key in watch.owner]
        owners = list(zip(*columns, strict=True))
        recorded = self._recorded(block, watch, {owners[place] for place in spans})
        for place, span in spans.items():
            others = [*recorded.get(owners[place], ()), *watch.seen.get(owners[place], ())]
            met = next((other for other in others if span.meets(other)), None)
            if met is not None:
                starts = self._key(watch.part, "starts_on")
                block.fault(
                    place, starts,
                    f"与{met.told()} 时间重叠，同一人同一时间只能有一条；"
                    "请改起止日期，或先更正那一条",
                )  # fmt: skip
            else:
                watch.seen.setdefault(owners[place], []).append(span)

    def _spans(self, block: Block, part: Part) -> Iterator[tuple[int, _Span]]:
        starts, ends = self._key(part, "starts_on"), self._key(part, "ends_on")
        until = block.rows.known(ends)
        for place, starts_on in enumerate(block.rows.known(starts)):
            if starts_on is not None:
                ends_on = None if (place, ends) in block.cleared else until[place]
                yield place, _Span(starts_on, ends_on, block.numbers[place])

    def _recorded(
        self, block: Block, watch: _Watch, owners: set[Owner]
    ) -> dict[Owner, list[_Span]]:
        """Return the live periods of some owners, but for those that rows of the block replace."""
        names = [self._register.attname(self._register.by_key[key]) for key in watch.owner]
        rows = watch.part.model._default_manager.filter(
            superseded_at=None, **{f"{names[0]}__in": {owner[0] for owner in owners}}
        )
        replaced = set(block.known_things)
        found: dict[Owner, list[_Span]] = {}
        for pk, starts_on, ends_on, *owner in rows.values_list(
            "pk", "starts_on", "ends_on", *names
        ):
            if pk not in replaced:
                found.setdefault(tuple(owner), []).append(_Span(starts_on, ends_on))
        return found
