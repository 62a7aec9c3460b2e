"""What the answers of a stratified sample say of everybody, with an interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt

from gengdu.analytics.surveys.sampling import quantile


@dataclass(frozen=True)
class Cell:
    """What is known of one stratum.

    Attributes:
        pool: What it may be put together with if too few answered, the widest first: group, town.
        population: Units there are.
        answered: Units that answered.
        counted: Answers that count, such as those who are satisfied.
    """

    pool: tuple[str, ...]
    population: int
    answered: int
    counted: int

    @property
    def is_weak(self) -> bool:
        """Whether too few answered for a variance: fewer than two, and not everybody."""
        return self.answered < min(2, self.population)

    @property
    def share(self) -> float:
        """The share of the answers that count."""
        return self.counted / self.answered

    def __add__(self, other: Cell) -> Cell:
        """Put two strata together, as if they had been one."""
        return Cell(
            self.pool, self.population + other.population, self.answered + other.answered,
            self.counted + other.counted,
        )  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A share of everybody.

    Attributes:
        value: Weighted; None where nobody answered.
        low, high: The interval.
        unweighted: The plain share of the answers.
        error: The standard error of the weighted share.
        design_effect: Its variance beside that of a simple random sample of as many; None where
            that has none.
        population: Units that the estimate speaks for.
        uncovered: Units of strata of which nobody answered and nobody like them did.
        pooled: Strata put together because too few answered.
    """

    value: float | None
    low: float | None
    high: float | None
    unweighted: float | None
    error: float | None
    design_effect: float | None
    answered: int
    counted: int
    population: int
    uncovered: int = 0
    pooled: int = 0


_NOTHING = Estimate(None, None, None, None, None, None, 0, 0, 0)


def estimate(cells: Iterable[Cell], *, confidence: float) -> Estimate:
    """Return the share of a population that counts, each stratum weighted by its size.

    Answers of a stratum stand for all of its units: the design weight N_h / n_h times n_h / r_h
    for those who did not answer is N_h / r_h (post-stratification, non-response at random within
    strata). The variance is that of stratified sampling with the finite population correction:

        p = Σ W_h p_h      v = Σ W_h² (1 - r_h / N_h) p_h (1 - p_h) / (r_h - 1)

    The interval is Wilson's with the effective sample size p (1 - p) / v in the place of n, which
    stays within 0 and 1 and has a width where everybody says the same. A stratum of which all say
    the same has no variance in v, however few they are, and so p (1 - p) / v may come out many
    times what was answered; it is cut off at n / (1 - n / N), that of a simple random sample of as
    many, as Korn and Graubard do. So no interval is narrower than such a sample's.

    Args:
        cells: One per stratum.
        confidence: Such as 0.95.

    Source:
        Cochran, Sampling Techniques, 3rd ed. (1977), chapter 5; Kish, Survey Sampling (1965), for
        design effects; Wilson (1927), JASA 22; Korn and Graubard (1998), Survey Methodology 24,
        for the effective sample size, cut off at the number of answers; so also Parker et al.
        (2017), Vital and Health Statistics 2(175), the standards of the US NCHS.
    """
    given = [one for one in cells if one.population > 0]
    kept, uncovered = collapsed(given)
    if not kept:
        return replace(_NOTHING, uncovered=uncovered)
    population = sum(one.population for one in kept)
    answered, counted = _sum(kept, "answered"), _sum(kept, "counted")
    value = sum(one.population * one.share for one in kept) / population
    variance = sum((one.population / population) ** 2 * _variance(one) for one in kept)
    size = _effective_size(kept, population, value, variance)
    low, high = wilson(value, size, confidence)
    plain = counted / answered
    simple = _variance(Cell((), population, answered, counted))
    return Estimate(
        value, low, high, plain, sqrt(variance), variance / simple if simple else None,
        answered, counted, population, uncovered, len(given) - len(kept),
    )  # fmt: skip


def _variance(cell: Cell) -> float:
    """Return the variance of a stratum's share; with a single answer, the largest there can be."""
    left_out = 1 - cell.answered / cell.population
    if cell.answered < 2:
        return left_out / 4
    return left_out * cell.share * (1 - cell.share) / (cell.answered - 1)


def _effective_size(cells: Sequence[Cell], population: int, value: float, variance: float) -> float:
    """Return how many answers of a simple random sample would say as much.

    Never more than there are, with the correction for a finite population. Where all say the same
    the variance is nothing, and Kish's size by the weights stands in, which is no more either.
    """
    answered, spread = _sum(cells, "answered"), value * (1 - value)
    if answered >= population:
        return inf
    left_out = 1 - answered / population
    if variance > 0 and spread > 0:
        return min(spread / variance, answered / left_out)
    by_weights = population**2 / sum(one.population**2 / one.answered for one in cells)
    return by_weights / left_out


def wilson(share: float, size: float, confidence: float) -> tuple[float, float]:
    """Return Wilson's interval of a share, of a sample of some (effective) size.

    >>> low, high = wilson(1.0, 20, 0.95)
    >>> round(low, 3), high
    (0.839, 1.0)
    >>> wilson(0.25, float("inf"), 0.95)
    (0.25, 0.25)

    Source:
        Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if size == inf:
        return share, share
    z = quantile(confidence)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return (low if share > 0 else 0.0), (high if share < 1 else 1.0)


def collapsed(cells: Iterable[Cell]) -> tuple[list[Cell], int]:
    """Put strata with too few answers together with their like, and return those left out.

    Weak strata of one pool are put together; if they still are weak, with the smallest other one
    of the pool; if there is none, the next wider pool is tried. What is left without any answer is
    not covered.

    Returns:
        The strata to go by, and the units not covered.
    """
    found = list(cells)
    for depth in range(max((len(one.pool) for one in found), default=0), 0, -1):
        found = _pooled(found, lambda one, depth=depth: one.pool[:depth])  # type: ignore[misc]
    kept = [one for one in found if one.answered]
    return kept, sum(one.population for one in found if not one.answered)


def _pooled(cells: Sequence[Cell], pool_of: Callable[[Cell], tuple[str, ...]]) -> list[Cell]:
    pools: dict[tuple[str, ...], list[Cell]] = {}
    for one in cells:
        pools.setdefault(pool_of(one), []).append(one)
    return [one for some in pools.values() for one in _joined(some)]


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    strong = sorted((one for one in cells if not one.is_weak), key=lambda one: one.population)
    weak = [one for one in cells if one.is_weak]
    if not weak:
        return strong
    together = weak[0]
    for one in weak[1:]:
        together += one
    if together.is_weak and strong:
        together, strong = together + strong[0], strong[1:]
    return [*strong, together]


def _sum(cells: Iterable[Cell], name: str) -> int:
    return sum(int(getattr(one, name)) for one in cells)
