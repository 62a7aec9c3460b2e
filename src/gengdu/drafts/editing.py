"""The forms of one item, or of one that is to be added, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gengdu.drafts import forms, guessing, items, marking
from gengdu.drafts.correcting import Wish
from gengdu.drafts.items import Data, Item
from gengdu.drafts.models import Draft
from gengdu.notices import numbering


@dataclass(frozen=True)
class Part:
    """One form among those of an item.

    Attributes:
        item: Which item it is of.
        legend: What stands above it; empty for the first.
    """

    item: str
    kind: str
    legend: str
    form: Any


class Editing:
    """All that is asked about one item of a draft."""

    def __init__(self, draft: Draft, item: str, posted: QueryDict | None = None) -> None:
        """Take an item that is there; a measure is asked about with its clauses."""
        kind = items.kind_of(draft.reading, item)
        assert kind is not None
        self.data: Data = draft.reading
        self.item, self.kind = item, kind
        self.parts = list(self._parts(posted))

    def _parts(self, posted: QueryDict | None) -> Iterator[Part]:
        yield self._part(self.item, self.kind, "", posted)
        if self.kind == items.MEASURE:
            own = next(one for one in self.data["measures"] if one["id"] == self.item)
            for number, clause in enumerate(own["bodies"], start=1):
                legend = _("责任单位") if number == 1 else _("责任单位（第 %d 处）") % number
                yield self._part(clause["id"], items.CLAUSE, legend, posted)

    def _part(self, item: str, kind: str, legend: str, posted: QueryDict | None) -> Part:
        held = items.find(self.data, item)
        assert held is not None
        return Part(item, kind, legend, _form(kind, self.data, item, held, posted))

    def is_valid(self) -> bool:
        """Tell whether every answer can be used; all are looked at, so that all faults show."""
        return all([part.form.is_valid() for part in self.parts])  # noqa: C419

    def wishes(self, data: Data) -> list[Wish]:
        """Return what the answers make of the item; what was edited was checked as well."""
        made = []
        for part in self.parts:
            held = items.find(data, part.item)
            if held is not None:
                values = {**held, **part.form.values, "checked": True}
                if part.kind == items.HEAD:
                    del values["checked"]
                elif part.kind == items.TARGET and values["year"]:
                    values["doubt"] = _without_deadline(held["doubt"])
                made.append(Wish(part.kind, part.item, values))
                if part.kind == items.MEASURE:
                    made += _renumbered(data, part.item, values["no"])
        return made


def _without_deadline(doubt: str) -> str:
    """Return a doubt without what it says of the deadline, which somebody has given by now."""
    return "；".join(words for words in doubt.split("；") if "期限" not in words)


def _renumbered(data: Data, measure: str, number: int) -> Iterator[Wish]:
    """Yield the targets of a measure that gets another number: they go with it."""
    for target in data["targets"]:
        own = numbering.measure_of(data, target)
        if own is not None and own["id"] == measure and own["no"] != number:
            yield Wish(items.TARGET, target["id"], {**target, "measure": number})


def _form(kind: str, data: Data, item: str, held: Item, posted: QueryDict | None) -> Any:
    asked: dict[str, Any] = {"prefix": item, "initial": forms.initial(kind, held)}
    if kind == items.TARGET:
        return forms.TargetForm(posted, data_of=data, **asked)
    made = {
        items.HEAD: forms.HeadForm, items.MEASURE: forms.MeasureForm, items.CLAUSE: forms.ClauseForm
    }  # fmt: skip
    return made[kind](posted, **asked)


class Adding:
    """All that is asked about an item that is to be added; what its words say is filled in."""

    def __init__(
        self, draft: Draft, kind: str, *, span: tuple[int, int] | None = None, measure: str = "",
        posted: QueryDict | None = None,
    ) -> None:  # fmt: skip
        """Ask about a new item.

        Args:
            draft: Of which draft.
            kind: What is added.
            span: Where it stands in the raw text; None where its words are asked.
            measure: Id of the measure that a clause is of; else the one that its place is in.
            posted: What was answered.
        """
        self.draft, self.kind, self.measure = draft, kind, measure
        self.span = span
        words = marking.clean_words(draft.text, *span) if span else ""
        self.passage = forms.Passage(posted, prefix="passage", initial={"words": words})
        self.passage.fields["words"].required = kind != items.CLAUSE or not measure
        guessed = self._guessed(words, span[0] if span else 0)
        self.form = _form(kind, draft.reading, "new", guessed, posted)

    def _guessed(self, words: str, start: int) -> Item:
        day = self.draft.reading["date"]
        own = guessing.measure_at(self.draft.reading, start)
        issued = date.fromisoformat(day) if day else None
        return guessing.guessed(self.kind, words, issued=issued, before=own)

    def is_valid(self) -> bool:
        """Tell whether every answer can be used, and the words are found in the text."""
        are_valid = [self.passage.is_valid(), self.form.is_valid()]
        if not self.passage.is_bound or "words" not in self.passage.cleaned_data:
            return False
        if not self._find(self.passage.cleaned_data["words"]):
            self.passage.add_error(
                "words", _("正文里没有这一段文字；请从左边的正文里照抄（空格和换行可不同）。")
            )
            return False
        if self.kind == items.CLAUSE and self._owner() is None:
            self.passage.add_error("words", _("这一段不在任何一条措施里；请先新增措施。"))
            return False
        return all(are_valid)

    def _find(self, words: str) -> bool:
        if not words:  # of a clause that the text does not have
            own = self._owner()
            self.span = (own["start"], own["start"]) if own else None
        elif self.span is None or _bare(marking.clean_words(self.draft.text, *self.span)) != _bare(
            words
        ):
            self.span = marking.locate(self.draft.text, words)
        return self.span is not None

    def _owner(self) -> Item | None:
        """Return the measure that a clause is of."""
        every = self.draft.reading["measures"]
        named = next((one for one in every if one["id"] == self.measure), None)
        return named or (guessing.measure_at(self.draft.reading, self.span[0]) if self.span
                         else None)  # fmt: skip

    @property
    def value(self) -> Item:
        """What the answers come to."""
        assert self.span is not None
        start, end = self.span
        words = self.draft.text[start:end]
        made: Item = {"start": start, "doubt": "", "checked": True, **self.form.values}
        if self.kind == items.MEASURE:
            return made
        made["end"] = end
        if self.kind == items.CLAUSE:
            own = self._owner()
            assert own is not None
            return {**made, "raw": words, "of": own["id"]}
        return {**made, "text": words, "proposals": guessing.proposed(words, made)}


def _bare(words: str) -> str:
    return "".join(words.split())
