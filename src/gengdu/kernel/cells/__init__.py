"""One spreadsheet cell read as one value, and written so that reading gives the value back.

Values come as a spreadsheet or CSV reader hands them over: text, numbers, booleans, dates or None.
"""

from gengdu.kernel.cells.base import BadCell, Column, Kind, is_masked
from gengdu.kernel.cells.choices import Code, YesNo
from gengdu.kernel.cells.days import Day, DayOrMonth, LastDay, Month
from gengdu.kernel.cells.digits import (
    AreaCode,
    Digits,
    IdentityNumber,
    Phone,
    RegistryNumber,
    SchoolIdentifier,
    Uscc,
)
from gengdu.kernel.cells.quantities import Number, TenThousands, Whole
from gengdu.kernel.cells.texts import Lines, Text

__all__ = [
    "AreaCode",
    "BadCell",
    "Code",
    "Column",
    "Day",
    "DayOrMonth",
    "Digits",
    "IdentityNumber",
    "Kind",
    "LastDay",
    "Lines",
    "Month",
    "Number",
    "Phone",
    "RegistryNumber",
    "SchoolIdentifier",
    "TenThousands",
    "Text",
    "Uscc",
    "Whole",
    "YesNo",
    "is_masked",
]
