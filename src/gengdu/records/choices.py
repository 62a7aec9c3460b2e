"""Codes that official files write otherwise than the registers keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gengdu.kernel import cells


@dataclass(frozen=True)
class StoredCode(cells.Code):
    """A code of an official table, kept under a word of our own.

    Attributes:
        kept: What is kept for each official code.
    """

    kept: Mapping[str, str] = field(default_factory=dict)

    def _from_text(self, text: str) -> str:
        return self.kept[super()._from_text(text)]

    def _shown(self, value: str) -> str:
        codes = {word: code for code, word in self.kept.items()}
        return super()._shown(codes[value]) if value in codes else value


SEX = StoredCode({"1": "男", "2": "女"}, kept={"1": "male", "2": "female"})
