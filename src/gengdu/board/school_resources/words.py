"""How the seven indicators, their amounts and margins are said."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.analytics.quality_balance.margins import Margin
from gengdu.analytics.quality_balance.resources import PER_HUNDRED
from gengdu.analytics.quality_balance.verdict import NAMES_ZH, UNITS_ZH
from gengdu.kernel.quantities import rounded, shown

NUMBERS = {
    "qualified_teachers": "L1", "lead_teachers": "L2", "sports_arts_teachers": "L3",
    "teaching_area": "L4", "sports_area": "L5", "equipment_value": "L6",
    "multimedia_classrooms": "L7",
}  # fmt: skip
"""The columns of the national form."""

SHORT = {
    "qualified_teachers": gettext_lazy("高学历"), "lead_teachers": gettext_lazy("骨干"),
    "sports_arts_teachers": gettext_lazy("体艺"), "teaching_area": gettext_lazy("教学用房"),
    "sports_area": gettext_lazy("运动场馆"), "equipment_value": gettext_lazy("仪器设备"),
    "multimedia_classrooms": gettext_lazy("多媒体"),
}  # fmt: skip
"""What the columns of the matrix are called."""

PER = {True: gettext_lazy("每百名学生"), False: gettext_lazy("生均")}


COUNTED_IN = {
    "qualified_teachers": gettext_lazy("名"), "lead_teachers": gettext_lazy("名"),
    "sports_arts_teachers": gettext_lazy("名"), "teaching_area": "㎡", "sports_area": "㎡",
    "equipment_value": gettext_lazy("元"), "multimedia_classrooms": gettext_lazy("间"),
}  # fmt: skip
"""The units of their resources, where the column says what of."""


def two_places(value: Fraction) -> str:
    """Return a value as the national form prints it.

    >>> two_places(Fraction(9, 2)), two_places(Fraction(12345, 8))
    ('4.50', '1,543.13')
    """
    return f"{float(rounded(value, 'per_pupil')):,.2f}"


def full(name: str) -> str:
    """Return an indicator's whole name, such as 每百名学生骨干教师."""
    return f"{PER[name in PER_HUNDRED]}{NAMES_ZH[name]}"


def amount(number: Fraction, name: str) -> str:
    """Return an amount of an indicator's resource with its unit, such as 2 名骨干教师."""
    return f"{shown(number, 'per_pupil')} {UNITS_ZH[name]}"


def lacking(margin: Margin) -> str:
    """Return what an indicator lacks, in a sentence; empty where it reaches its line."""
    if margin.measured.is_met:
        return ""
    said = _("差 %(amount)s") % {"amount": amount(margin.measured.missing, margin.name)}
    if margin.to_floor:
        said += _("；到 %(floor)s 线还差 %(amount)s") % {
            "floor": shown(margin.floor_share, "share"),
            "amount": amount(margin.to_floor, margin.name),
        }
    return said


def falling(margin: Margin) -> str:
    """Return what loss would cost the stage its verdict, in a sentence."""
    assert margin.to_fall is not None
    if margin.name in PER_HUNDRED:
        lost = amount(margin.to_fall + 1, margin.name)
        return _("再减少 %(amount)s即不达标") % {"amount": lost}
    lost = amount(margin.to_fall, margin.name)
    return _("减少超过 %(amount)s即不达标") % {"amount": lost}


def sparing(margin: Margin) -> str:
    """Return what an indicator has to spare above its line; empty where it misses it."""
    if margin.spare is None or margin.spare_pupils is None:
        return ""
    said = {"amount": amount(margin.spare, margin.name), "pupils": margin.spare_pupils}
    return _("富余 %(amount)s，再增 %(pupils)s 名学生仍达标") % said
