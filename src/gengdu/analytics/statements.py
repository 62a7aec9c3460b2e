"""What is told to evaluations beside figures: statements, which count proved, and surveys."""

from __future__ import annotations

from dataclasses import dataclass

from gengdu.analytics.verdicts import Verdict


@dataclass(frozen=True)
class Statement:
    """What was stated of one item of an evaluation for a year, with evidence.

    Attributes:
        year: The year it speaks of.
        holds: Whether the item is met; of a veto, whether it did not happen.
        is_approved: Whether it counts.
        evidence: How many files prove it.
        text_zh: The conclusion in words.
        entry: Id of its entry in the ledger.
    """

    year: int
    holds: bool
    is_approved: bool
    evidence: int
    text_zh: str
    entry: int

    @property
    def verdict(self) -> Verdict:
        """Whether it proves the item met, or missed; that one is missed needs no papers.

        >>> Statement(2025, True, True, 0, "", 1).verdict.value
        'not_reported'
        >>> Statement(2025, False, True, 0, "", 1).verdict.value
        'fail'
        """
        if not self.is_approved:
            return Verdict.UNKNOWN
        if not self.holds:
            return Verdict.UNMET
        return Verdict.MET if self.evidence else Verdict.UNKNOWN

    @property
    def missing_zh(self) -> str:
        """Why it proves nothing, in plain words; empty where it does."""
        if not self.is_approved:
            return f"{self.year} 年的结论还没有批准"
        if self.holds and not self.evidence:
            return f"{self.year} 年的结论没有证明材料"
        return ""


@dataclass(frozen=True)
class Surveyed:
    """A survey of recognition: questionnaires and visits, of everybody or of parents alone."""

    sent: int | None = None
    valid: int | None = None
    satisfied: int | None = None
    visited: int | None = None
    visited_satisfied: int | None = None
