"""Shows personal numbers and addresses in part, so that a person can be told apart but not copied.

Every mask holds a half-width star: an import that meets one leaves the value as it was.
"""

from __future__ import annotations

from collections.abc import Callable

STAR = "*"
_FULL_WIDTH_STAR = "\uff0a"  # what a Chinese keyboard types
_FEWEST_HIDDEN = 4
_PLACE_ENDINGS = ("街道", "社区", "村", "镇", "乡")


def mask_identity(number: str) -> str:
    """Keep the first and last four of an identity number: the region and the check end.

    >>> mask_identity("371002201603011234")
    '3710**********1234'
    """
    return _keep_ends(number, first=4, last=4)


def mask_registry_number(number: str) -> str:
    """Keep the kind, the region and the last four of a 学籍号, as of the identity number in it.

    >>> mask_registry_number("G371002201603011234")
    'G3710**********1234'
    """
    return _keep_ends(number, first=5, last=4)


def mask_phone(number: str) -> str:
    """Keep the first three and last four of a telephone number.

    >>> mask_phone("13812345678")
    '138****5678'
    """
    return _keep_ends(number, first=3, last=4)


def mask_address(address: str) -> str:
    """Keep an address up to its town, street or village, the first that is named.

    >>> mask_address("泊于镇松徐家村12号"), mask_address("海滨路8号")
    ('泊于镇****', '海****')
    """
    text = address.strip()
    if not text:
        return ""
    found = [text.find(ending, 1) + len(ending) for ending in _PLACE_ENDINGS if ending in text[1:]]
    kept = text[: min(found)] if found else text[:1]
    return kept + STAR * _FEWEST_HIDDEN


def mask_name(name: str) -> str:
    """Keep the family name.

    >>> mask_name("丛小禾"), mask_name("丛")
    ('丛**', '丛*')
    """
    text = name.strip()
    return text[:1] + STAR * max(1, len(text) - 1) if text else ""


_MASKS: dict[str, Callable[[str], str]] = {
    "identity_number": mask_identity,
    "registry_number": mask_registry_number,
    "phone": mask_phone,
    "address": mask_address,
    "name": mask_name,
}


def masked(kind: str, value: str | None) -> str:
    """Return what is shown of a value by default; nothing of an empty one.

    Args:
        kind: identity_number, registry_number, phone, address or name.
        value: The whole value.

    Raises:
        KeyError: If there is no such kind; a kind that nobody masks must not be shown.
    """
    mask = _MASKS[kind]
    return mask(value) if value else ""


def is_masked(text: str) -> bool:
    """Tell whether a text is a mask rather than a value, so that an import leaves it alone."""
    return STAR in text or _FULL_WIDTH_STAR in text


def _keep_ends(text: str, *, first: int, last: int) -> str:
    """Hide the middle; of what is too short to hide four characters, hide all."""
    text = text.strip()
    hidden = len(text) - first - last
    if hidden < _FEWEST_HIDDEN:
        return STAR * max(_FEWEST_HIDDEN, len(text))
    return text[:first] + STAR * hidden + text[-last:]
