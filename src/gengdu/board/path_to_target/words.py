"""The answer in words: money in 万元, limits and requirements as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.verdict import NAMES_ZH
from gengdu.board.evaluations import STAGES
from gengdu.board.path_to_target.allowed import BUDGETS, SORT
from gengdu.planning.path_to_target import Culprit, Culprits

TEN_THOUSAND = 10_000
SMALL = 1000
"""Yuan below which what is missing is told in yuan, so that it never reads as nothing."""


def in_ten_thousands(yuan: Fraction) -> str:
    """Return an amount in 万元, to the yuan of it that matters: 32.5 for 325,000 yuan."""
    amount = Decimal(yuan.numerator) / Decimal(yuan.denominator) / TEN_THOUSAND
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}".rstrip("0").rstrip(".")


def number_of_ten_thousands(yuan: Fraction) -> float:
    """Return an amount in 万元 as a number that a workbook holds, rounded as it is printed."""
    return float(in_ten_thousands(yuan).replace(",", ""))


def gap(part: Fraction) -> str:
    """Return a gap as a percentage, never smaller than it is."""
    percent = Decimal(part.numerator) / Decimal(part.denominator) * 100
    if 0 < percent < Decimal("0.01"):
        return _("不到 0.01%")
    return f"{percent.quantize(Decimal('0.01'), ROUND_CEILING):f}%"


def limits(found: Culprits) -> Iterator[str]:
    """Yield a sentence for each limit that stands in the way; those of one sort together."""
    each: dict[str, list[Culprit]] = {}
    for one in found.limits:
        if one.group[0] == "each":
            each.setdefault(one.group[1], []).append(one)
        else:
            yield _limit(one)
    for name, several in each.items():
        sort = SORT[name]
        if len(several) == 1:
            school, stage = several[0].group[2:4]
            said = _("%(school)s%(stage)s：“%(sort)s”的每校上限") % {
                "school": school, "stage": _in(stage), "sort": sort.label,
            }  # fmt: skip
            yield said + _more(several[0].needed, str(sort.unit))
        else:
            schools = list(dict.fromkeys(one.group[2] for one in several))
            yield _("“%(sort)s”的每校上限（涉及 %(count)s 所：%(schools)s）") % {
                "sort": sort.label, "count": len(schools), "schools": "、".join(schools),
            }  # fmt: skip


def _limit(one: Culprit) -> str:
    kind, *about = one.group
    match kind:
        case "budget":
            said = _("经费“%(name)s”") % {"name": BUDGETS[about[0]]}
            return said + ("" if one.needed is None else _lacking(one.needed))
        case "together":
            sort = SORT[about[0]]
            said = _("“%(sort)s”的全区上限") % {"sort": sort.label}
            return said + _more(one.needed, str(sort.unit))
        case "leaving":
            return _("%(school)s%(stage)s：调出教师的上限") % {
                "school": about[0], "stage": _in(about[1]),
            }  # fmt: skip
        case "pool":
            return _("%(school)s%(stage)s：能“%(sort)s”的教师只有这些") % {
                "school": about[0], "stage": _in(about[1]), "sort": SORT[about[2]].label,
            }  # fmt: skip
        case _:
            return _("%(school)s%(stage)s：%(indicator)s不能因调出而降到线下") % {
                "school": about[0], "stage": _in(about[1]), "indicator": NAMES_ZH[about[2]],
            }  # fmt: skip


def _lacking(yuan: int) -> str:
    if yuan < SMALL:
        return _("，至少还差 %(amount)s 元") % {"amount": yuan}
    return _("，至少还差 %(amount)s 万元") % {"amount": in_ten_thousands(Fraction(yuan))}


def _more(needed: int | None, unit: str) -> str:
    if needed is None:
        return ""
    return _("，只放宽这一项至少要再加 %(count)s %(unit)s") % {"count": needed, "unit": unit}


def _in(stage: str) -> str:
    return f"（{STAGES[stage]}）" if stage else ""


def requirements(found: Culprits) -> Iterator[str]:
    """Yield what the limits keep from being reached."""
    for kind, *about in found.requirements:
        if kind == "school":
            yield _("%(school)s%(stage)s达标") % {"school": about[0], "stage": _in(about[1])}
        else:
            yield _("%(stage)s%(indicator)s差异系数不超过限值") % {
                "stage": STAGES[about[0]], "indicator": NAMES_ZH[about[1]],
            }  # fmt: skip
