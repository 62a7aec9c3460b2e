"""Whether what an evaluation asks for holds, is missed, or cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """Whether something passes."""

    MET = "pass"
    UNMET = "fail"
    UNKNOWN = "not_reported"


MARKED_ZH = {Verdict.MET: "● 达标", Verdict.UNMET: "✕ 未达标", Verdict.UNKNOWN: "？ 未报"}
"""What is said of a verdict, with its mark."""
MARKED_VETO_ZH = {Verdict.MET: "● 未发生", Verdict.UNMET: "✕ 发生", Verdict.UNKNOWN: "？ 未报"}
"""What is said of a veto, which is passed where the thing did not happen."""


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on several things that all have to hold.

    >>> together([Verdict.MET, Verdict.UNKNOWN]).value, together([]).value
    ('not_reported', 'not_reported')
    """
    found = set(verdicts)
    if Verdict.UNMET in found:
        return Verdict.UNMET
    return Verdict.MET if found == {Verdict.MET} else Verdict.UNKNOWN
