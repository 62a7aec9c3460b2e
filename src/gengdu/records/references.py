"""Cells that name another thing by any of its names or codes; the value is the thing's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gengdu.kernel import cells
from gengdu.kernel.cells.choices import folded


@dataclass(frozen=True)
class NamedCell(cells.Kind[int]):
    """One thing out of a register, as it was called on a day.

    Attributes:
        noun: What the thing is, such as 学校.
        hint: How to mend a name that is not found.
        named: What each thing is shown as.
        meanings: The things that go by each name, folded.
        is_open: Whether everybody may see the names; those of people are never offered.
    """

    noun: str
    hint: str
    named: Mapping[int, str] = field(repr=False)
    meanings: Mapping[str, frozenset[int]] = field(repr=False)
    is_open: bool = True

    @property
    def offered(self) -> list[str]:
        """The names that forms and templates offer, in order."""
        return [name for _thing, name in self.known]

    @property
    def known(self) -> list[tuple[int, str]]:
        """The things whose names may be offered, with what each is shown as, in order."""
        by_name = sorted(self.named.items(), key=lambda item: item[1])
        return by_name if self.is_open else []

    @classmethod
    def of(
        cls,
        noun: str,
        hint: str,
        things: Iterable[tuple[int, str, Iterable[str]]],
        *,
        is_open: bool = True,
    ) -> NamedCell:
        """Build it from things: id, what it is shown as, and every name and code it goes by."""
        named: dict[int, str] = {}
        meanings: dict[str, set[int]] = {}
        for thing, shown, texts in things:
            named[thing] = shown
            for text in filter(None, texts):
                meanings.setdefault(folded(text), set()).add(thing)
        known = {text: frozenset(ids) for text, ids in meanings.items()}
        return cls(noun, hint, named, known, is_open)

    def _from_text(self, text: str) -> int:
        found = self.meanings.get(folded(text), frozenset())
        if not found:
            raise cells.BadCell(f"{self.noun}名录里没有“{text}”，{self.hint}")
        if len(found) > 1:
            raise cells.BadCell(f"有 {len(found)} 个{self.noun}都叫“{text}”，请改填代码")
        return next(iter(found))

    def _from_other(self, value: object) -> int:
        if isinstance(value, int | float) and float(value).is_integer():
            return self._from_text(str(int(value)))
        raise cells.BadCell(f"应为{self.noun}的名称或代码")

    def _shown(self, value: int) -> str:
        return self.named.get(value, "")
