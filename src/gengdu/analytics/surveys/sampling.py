"""How large a sample is needed, how it is shared among strata, and which units are drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import NormalDist
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Unit = TypeVar("Unit", bound=Hashable)


class ImpossiblePrecision(ValueError):
    """What is asked of a sample makes no sense; the message says which part."""


@dataclass(frozen=True)
class Precision:
    """What a sample is to reach.

    Attributes:
        margin: Half the width of the interval of a share, 0 to 1.
        confidence: How often such intervals hold the true share, 0 to 1.
        share: The share expected; 0.5 asks for the most.
        response: The share of those asked who are expected to answer.
    """

    margin: float
    confidence: float
    share: float
    response: float

    def __post_init__(self) -> None:
        """Refuse what no sample can reach.

        Raises:
            ImpossiblePrecision: If a part is out of its range.
        """
        for value, name in ((self.margin, "允许误差"), (self.confidence, "置信水平"),
                            (self.share, "预计满意率")):  # fmt: skip
            if not 0 < value < 1:
                raise ImpossiblePrecision(f"{name}应在 0 与 1 之间，填的是 {value:g}。")
        if not 0 < self.response <= 1:
            raise ImpossiblePrecision(f"预计回收率应大于 0、不超过 1，填的是 {self.response:g}。")

    @property
    def z(self) -> float:
        """The quantile of the normal distribution for the confidence, on two sides."""
        return quantile(self.confidence)


def quantile(confidence: float) -> float:
    """Return the two-sided quantile of the normal distribution.

    >>> round(quantile(0.95), 3)
    1.96
    """
    return NormalDist().inv_cdf((1 + confidence) / 2)


def answers_needed(population: int, asked: Precision) -> int:
    """Return how many answers a simple random sample of a population needs.

    >>> answers_needed(1_000_000, Precision(0.05, 0.95, 0.5, 1))
    384

    Source:
        Cochran, Sampling Techniques, 3rd ed. (1977), chapter 4: n0 = z² p q / d², and with the
        finite population n = n0 / (1 + (n0 - 1) / N).
    """
    if population <= 0:
        return 0
    first = asked.z**2 * asked.share * (1 - asked.share) / asked.margin**2
    return min(population, max(1, ceil(first / (1 + (first - 1) / population))))


def units_to_ask(population: int, asked: Precision) -> int:
    """Return how many units to ask so that enough answer, never more than there are.

    >>> units_to_ask(1_000_000, Precision(0.05, 0.95, 0.5, 0.8))
    480
    """
    return min(population, ceil(answers_needed(population, asked) / asked.response))


def allocate(populations: Mapping[Key, int], total: int, *, at_least: int = 2) -> dict[Key, int]:
    """Share a sample among strata in proportion to their populations.

    Remainders go to the largest fractions first. Afterwards each stratum is raised to `at_least`,
    since a variance needs two, or taken whole where it has no more units; so the sum may exceed
    `total` a little, and never falls short of it.

    >>> allocate({"a": 700, "b": 290, "c": 1}, 100)
    {'a': 71, 'b': 29, 'c': 1}

    Source:
        Cochran (1977), chapter 5: proportional allocation, n_h = n N_h / N.
    """
    everybody = sum(populations.values())
    if everybody == 0:
        return dict.fromkeys(populations, 0)
    wanted = min(total, everybody)
    quotas = {key: Fraction(wanted * size, everybody) for key, size in populations.items()}
    found = {key: int(quota) for key, quota in quotas.items()}
    by_rest = sorted(quotas, key=lambda key: (found[key] - quotas[key], str(key)))
    for key in by_rest[: wanted - sum(found.values())]:
        found[key] += 1
    return {key: max(found[key], min(at_least, size)) for key, size in populations.items()}


def drawn(units: Iterable[Unit], count: int, *, seed: str) -> list[Unit]:
    """Draw units without replacement, each set of them as likely as any other.

    The units are ordered by a hash of the seed and their own name, and the first are taken: the
    same on every machine, whatever the order in which they come, and a larger sample holds the
    smaller one.

    >>> sorted(drawn(range(9), 3, seed="a")) == sorted(drawn(reversed(range(9)), 3, seed="a"))
    True
    """
    return sorted(units, key=lambda unit: _place(seed, unit))[:count]


def _place(seed: str, unit: Hashable) -> bytes:
    return hashlib.sha256(f"{seed}|{unit}".encode()).digest()
