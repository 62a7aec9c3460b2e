"""How an act of approval moves the plan's numbers, in words: whoever computes it hands it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gengdu.records.rewriting import Rewrite


@dataclass(frozen=True)
class Effect:
    """How one promise of the plan moves.

    Attributes:
        promise: Its name in the plan, as `file.fact`.
        url: Its page.
        before: The value now, with its unit.
        after: The value once the act is done.
        asked: What the promise asks for; empty where it names no number.
        gap_before: What is missing now, in words; empty where nothing is.
        gap_after: What will be missing.
        is_reached: Whether it comes to be kept.
        is_lost: Whether it is no longer kept.
    """

    promise: str
    label: str
    url: str
    before: str
    after: str
    asked: str
    gap_before: str
    gap_after: str
    is_reached: bool
    is_lost: bool


@dataclass(frozen=True)
class Effects:
    """How an act moves the plan's numbers.

    Attributes:
        moved: The promises that move.
        is_counted: Whether entries come to count, or cease to, at all.
    """

    moved: tuple[Effect, ...]
    is_counted: bool


EffectsOf = Callable[[Sequence[Rewrite], date], Effects]
