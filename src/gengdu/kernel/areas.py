"""Area codes of the statistics bureau, their parts, and the urban-rural class of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TownKind = Literal["街道", "镇", "乡", "其他"]

URBAN_RURAL_CLASSES = {
    "111": "主城区",
    "112": "城乡结合区",
    "121": "镇中心区",
    "122": "镇乡结合区",
    "123": "特殊区域",
    "210": "乡中心区",
    "220": "村庄",
}
_ZONES = {"11": "城区", "12": "镇区", "21": "乡村", "22": "乡村"}


@dataclass(frozen=True)
class Area:
    """One area code taken apart; every part holds all the digits from the left.

    Attributes:
        county: Six digits.
        town: Nine digits; None where the code stops before.
        village: Twelve digits; None where the code stops before.
    """

    county: str
    town: str | None
    village: str | None


def area_code_fault(text: str) -> str | None:
    """Say what is wrong with the form of an area code.

    >>> area_code_fault("371072103") is None, area_code_fault("3710721")
    (True, '共 7 位，应为 6 位（县）、9 位（镇街）或 12 位（村居）')
    """
    if not (text.isascii() and text.isdigit()):
        return "含有数字以外的字符，应为 6、9 或 12 位数字"
    if len(text) not in (6, 9, 12):
        return f"共 {len(text)} 位，应为 6 位（县）、9 位（镇街）或 12 位（村居）"
    return None


def area_of(code: str) -> Area:
    """Take a well-formed area code apart; zeros on the right mean that a level is not given.

    >>> area_of("371072103000")
    Area(county='371072', town='371072103', village=None)
    """
    has_town = len(code) >= 9 and code[6:9] != "000"
    has_village = len(code) == 12 and code[9:] != "000"
    return Area(code[:6], code[:9] if has_town else None, code if has_village else None)


def town_kind(code: str) -> TownKind | None:
    """Return what kind of town the seventh to ninth digits name; None without them.

    >>> town_kind("371072008"), town_kind("371072103"), town_kind("371072")
    ('街道', '镇', None)
    """
    if area_of(code).town is None:
        return None
    number = int(code[6:9])
    if number < 100:
        return "街道"
    return "镇" if number < 200 else "乡" if number < 400 else "其他"


def zone_of(urban_rural_class: str) -> str | None:
    """Return 城区, 镇区 or 乡村 for a class of three digits; None for an unknown class.

    >>> zone_of("112"), zone_of("122"), zone_of("220"), zone_of("300")
    ('城区', '镇区', '乡村', None)
    """
    if urban_rural_class not in URBAN_RURAL_CLASSES:
        return None
    return _ZONES[urban_rural_class[:2]]
