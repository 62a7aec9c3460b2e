"""The reading as its page shows it: a card an item, doubtful ones first or in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gengdu.drafts import forms, items, marking
from gengdu.drafts.items import Data, Item
from gengdu.notices import naming, numbering

SHOWS = ("all", "doubtful", "unchecked", "goals", "unmatched")
ORDERS = ("doubt", "text")


@dataclass(frozen=True)
class Body:
    """One body of a clause and what it does."""

    name: str
    role_zh: str
    is_lead: bool


@dataclass(frozen=True)
class ClauseRow:
    """One clause on the card of its measure."""

    id: str
    raw: str
    bodies: tuple[Body, ...]
    is_open: bool
    doubt: str


@dataclass(frozen=True)
class Option:
    """One promise that a target may mean, and why."""

    name: str
    label: str
    reason: str
    is_chosen: bool


@dataclass(frozen=True)
class Card:
    """One measure or target.

    Attributes:
        doubts: Why somebody should look; empty where nothing is doubtful.
    """

    id: str
    kind: str
    start: int
    is_checked: bool
    doubts: tuple[str, ...]
    measure: Item | None
    held: Item
    clauses: tuple[ClauseRow, ...] = ()
    quote: str = ""
    kind_zh: str = ""
    when: str = ""
    asked: str = ""
    force: str = ""
    promise: str = ""
    options: tuple[Option, ...] = ()

    @property
    def is_goal(self) -> bool:
        """Whether it promises something."""
        return self.kind == items.TARGET and self.held["kind"] == "goal"

    @property
    def pieces(self) -> tuple[str, str] | None:
        """What stands before and behind the indicator in the words; None where it does not."""
        before, indicator, behind = self.quote.partition(self.held["indicator"] or "\0")
        return (before, behind) if indicator else None

    @property
    def is_urgent(self) -> bool:
        """Whether it is doubtful and nobody has checked it."""
        return bool(self.doubts) and not self.is_checked


@dataclass(frozen=True)
class Group:
    """Cards under one heading."""

    title: str
    cards: tuple[Card, ...]


def cards(text: str, data: Data) -> list[Card]:
    """Return every measure and target in the order of the text; a measure before its targets."""
    found = [_measure_card(one) for one in data["measures"]]
    found += [_target_card(text, data, one) for one in data["targets"]]
    return sorted(found, key=lambda one: (one.start, one.kind != items.MEASURE))


def chosen(every: Iterable[Card], show: str) -> list[Card]:
    """Return the cards that a filter leaves."""
    kept: dict[str, Callable[[Card], bool]] = {
        "doubtful": lambda card: bool(card.doubts),
        "unchecked": lambda card: not card.is_checked,
        "goals": lambda card: card.is_goal,
        "unmatched": lambda card: card.is_goal and not card.held.get("promise"),
    }
    return [card for card in every if show not in kept or kept[show](card)]


def groups(every: Iterable[Card], order: str) -> list[Group]:
    """Return cards under headings: what is doubtful first where that is the order."""
    held = list(every)
    if order == "text":
        return list(_by_measure(held))
    urgent = tuple(card for card in held if card.is_urgent)
    others = tuple(card for card in held if not card.is_urgent)
    return [*([Group(_("存疑，先看这些"), urgent)] if urgent else []), *_by_measure(others)]


def _by_measure(held: Iterable[Card]) -> Iterator[Group]:
    """Yield the cards that belong to no measure, then those of each; in the text's order."""
    grouped: dict[str, list[Card]] = {}
    titles: dict[str, str] = {}
    for card in held:
        key = card.measure["id"] if card.measure else ""
        grouped.setdefault(key, []).append(card)
        titles[key] = (
            _("第 %s 条") % card.measure["no"] if card.measure else _("总目标（不属于某一条措施）")
        )
    for key, own in grouped.items():
        yield Group(titles[key], tuple(own))


def _measure_card(one: Item) -> Card:
    return Card(
        one["id"], items.MEASURE, one["start"], items.is_checked(one), tuple(items.doubts(one)),
        one, one, clauses=tuple(map(_clause_row, one["bodies"])),
    )  # fmt: skip


def _clause_row(one: Item) -> ClauseRow:
    bodies = tuple(
        Body(
            name,
            naming.ROLES_ZH.get(one["roles"].get(name), ""),
            one["roles"].get(name) in ("lead", "joint_lead") or name == one["lead"],
        )
        for name in one["units"]
    )
    return ClauseRow(one["id"], one["raw"], bodies, bool(one["open_ended"]), one["doubt"])


def _target_card(text: str, data: Data, one: Item) -> Card:
    quote = marking.clean_words(text, one["start"], one["end"]) or one["text"]
    doubts = tuple(items.doubts(one))
    chosen_promise = one.get("promise")
    options = [
        Option(given["promise"], given["label"], given["reason"],
               given["promise"] == chosen_promise)
        for given in one.get("proposals") or ()
    ]  # fmt: skip
    if one["kind"] != "goal":
        options = []
    return Card(
        one["id"], items.TARGET, one["start"], items.is_checked(one), doubts,
        numbering.measure_of(data, one), one, quote=" ".join(quote.split()),
        kind_zh=naming.KINDS_ZH[one["kind"]], when=_when(one), asked=asked(one),
        force="" if one["force"] == "must" else naming.FORCES_ZH.get(one["force"], ""),
        promise=forms.promise_label(chosen_promise) if chosen_promise else "",
        options=tuple(options),
    )  # fmt: skip


def _when(one: Item) -> str:
    year = one["year"]
    kind = one["year_kind"]
    if kind == "recurring":
        return _("每年（期）") if not year else _("%d 年起每年（期）") % year
    if kind == "start":
        return _("自 %d 年起") % year if year else _("自某时起")
    if kind == "relative":
        said = one.get("due_words") or _("若干年内")
        return _("到 %d 年（按年限推算）") % year if year else said
    return _("到 %d 年") % year if year else ""


def asked(one: Item) -> str:
    """Return what a target asks, such as ≥ 50%; empty where no number is asked."""
    values = one["value"] if isinstance(one["value"], list) else [one["value"]]
    shown = "～".join(str(value) for value in values if value is not None)
    is_told = one["comparison"] == "start" and one["year_kind"] == "start"
    sign = "" if is_told else naming.COMPARED_ZH.get(one["comparison"], "")
    return f"{sign} {shown}{one['unit']}".strip() if shown or sign else ""


def counts(every: Iterable[Card]) -> dict[str, int]:
    """Return how many cards each filter leaves."""
    held = list(every)
    return {show: len(chosen(held, show)) for show in SHOWS}


def head(data: Data) -> dict[str, Any]:
    """Return the head of the notice."""
    return {key: data[key] for key in items.HEAD_KEYS}
