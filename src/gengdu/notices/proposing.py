"""Which of the promises that can be computed already a target of another notice means.

Words are compared by pairs of neighbouring characters; a pair that few promises have says more than
one that many have. What is proposed is shown with the words that both have, and a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from gengdu.policy import facts
from gengdu.policy.facts import Fact

ENOUGH = 0.5
"""The part of a promise's own words that a target must have to be proposed; chosen by trial."""
MAY_BE, FEWEST_PAIRS = 0.55, 5
"""Up to where the words of a target alone count, and how many of its pairs must be known."""
MOST = 3
_YEAR = re.compile(r"(?:19|20)\d\d年?")
"""Says nothing of what is promised; in the name of a promise it says which one."""
_ALSO_SAID = str.maketrans("", "", "，。、；：（）“”《》〔〕的 　")
SAME_ZH = (
    ("农村", "乡村"), ("乡镇学校", "乡村学校"), ("及以上", "以上"), ("百分比", "比例"),
    ("占比", "比例"), ("覆盖率", "覆盖"),
)  # fmt: skip
"""Words that notices use for one thing."""
FAMILIES = {"at_least": "up", "more_than": "up", "at_most": "down", "less_than": "down"}


@dataclass(frozen=True)
class Proposal:
    """One promise that a target may mean.

    Attributes:
        name: Of the fact, such as campus_titles.green_share.
        shared: Words that both have, the longest first.
        likeness: The part of the promise's words that the target has, 0 to 1.
    """

    name: str
    label_zh: str
    shared: tuple[str, ...]
    likeness: float

    @property
    def reason_zh(self) -> str:
        """Why it is proposed, in a sentence."""
        return f"都说到{'、'.join(f'“{one}”' for one in self.shared)}"


def proposals(words: str, compare: str, unit: str) -> list[Proposal]:
    """Return the promises that the words of a target may mean, the likeliest first.

    Args:
        words: Of the target, as the notice has them.
        compare: How it compares; a rise is not proposed for what should fall.
        unit: Of its number; a share is proposed for per cent alone.
    """
    pairs, bare = _pairs(words), _YEAR.sub("", words)
    found = [
        Proposal(fact.name, fact.label_zh, shared_words(bare, fact.label_zh), likeness)
        for fact in facts.built_in().promises
        if _is_alike(fact, compare, unit) and _is_of_year(fact, words)
        and (likeness := _likeness(fact, pairs)) >= ENOUGH
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.likeness, one.name))[:MOST]


def _is_alike(fact: Fact, compare: str, unit: str) -> bool:
    one, other = FAMILIES.get(fact.compare), FAMILIES.get(compare)
    if one and other and one != other:
        return False
    return not (unit and unit != "%" and fact.unit == "share")


def _is_of_year(fact: Fact, words: str) -> bool:
    """Tell whether the year in the name of a promise, if it has one, is that of the target."""
    named, said = _YEAR.findall(fact.label_zh), _YEAR.findall(words)
    return not (named and said) or not {one[:4] for one in named}.isdisjoint(
        one[:4] for one in said
    )


def _likeness(fact: Fact, pairs: Mapping[str, int]) -> float:
    """Return the part of its label, or of its short one, that the words have.

    A label that says more than the words do is weighed by their part, but never surely meant.
    """
    labels = [_pairs(label) for label in (fact.label_zh, fact.short_zh)]
    weights = _weights()
    known = Counter({pair: count for pair, count in pairs.items() if pair in weights})
    theirs = max(_part(known, own) for own in labels) if len(known) >= FEWEST_PAIRS else 0.0
    return max(*(_part(own, pairs) for own in labels), min(theirs, MAY_BE))


def _part(own: Mapping[str, int], pairs: Mapping[str, int]) -> float:
    weights = _weights()
    whole = sum(weights[pair] for pair in own)
    return sum(weights[pair] for pair in own if pair in pairs) / whole if whole else 0.0


def _pairs(text: str) -> Counter[str]:
    bare = _YEAR.sub("", text).translate(_ALSO_SAID)
    for one, other in SAME_ZH:
        bare = bare.replace(one, other)
    return Counter(bare[at : at + 2] for at in range(len(bare) - 1))


@cache
def _weights() -> dict[str, float]:
    """Return how much each pair says: the fewer promises have it, the more."""
    every = [_pairs(one.label_zh + one.short_zh) for one in facts.built_in().promises]
    holders = Counter(pair for pairs in every for pair in pairs)
    return {pair: log(1 + len(every) / count) for pair, count in holders.items()}


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """Return the words of two characters or more that both texts have, the longest first.

    >>> shared_words("到2025年，实现乡村绿色校园全覆盖", "绿色校园占乡村学校的比例")
    ('绿色校园', '乡村')
    """
    found: list[str] = []
    for at in range(len(other)):
        end = at + 2
        while end <= len(other) and other[at:end] in one:
            end += 1
        word = other[at : end - 1]
        if len(word) > 1 and word.isalnum() and not any(word in longer for longer in found):
            found.append(word)
    return tuple(sorted(_outermost(found), key=lambda word: (-len(word), other.index(word))))


def _outermost(words: Iterable[str]) -> list[str]:
    every = list(dict.fromkeys(words))
    return [one for one in every if not any(one != other and one in other for other in every)]
