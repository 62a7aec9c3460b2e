"""The words by which notices are read, kept where somebody can add to them without a program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gengdu.policy import loading

HERE = Path(__file__).parent


@cache
def _every() -> dict[str, str]:
    found: dict[str, str] = loading.read_yaml(HERE / "words.yaml")
    return found


def words(name: str) -> tuple[str, ...]:
    """Return the words of one list, such as units."""
    return tuple(_every()[name].split())


def any_of(name: str) -> str:
    """Return a pattern for any word of a list, the longest first."""
    return "|".join(sorted(words(name), key=len, reverse=True))
