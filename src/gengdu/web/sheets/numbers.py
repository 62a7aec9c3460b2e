"""Whole numbers of people, typed to find somebody: looked up, and never left in an address.

An address stays in the browser's history and in the logs of servers on the way. So a list that
looks into hidden numbers takes what is typed in the body of a request, and its own address names
the things that were found, which say nothing to a stranger.
"""

from __future__ import annotations

import re
import unicodedata

from gengdu.web.sheets.listing import FOUND, MOST_FOUND, NOTHING, Listing

FEWEST_DIGITS = 8
"""As many as the shortest number of a person has: a passport's, a telephone's."""
_NUMBER = re.compile(r"[A-Za-z0-9()+-]+")


def cleaned(text: str) -> str:
    """Return a number as it is recorded: of half width, without blanks between its parts.

    >>> cleaned("371002 20160301 001x")
    '37100220160301001X'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_number(text: str) -> bool:
    """Tell whether a text is a number of a person, or the better part of one.

    >>> [is_number(text) for text in ("371002201603010011", "G37100220160301001x", "138 1234 5678")]
    [True, True, True]
    >>> [is_number(text) for text in ("宫一", "gongyi", "2班", "2025-09", "崮山镇12345678号")]
    [False, False, False, False, False]
    """
    number = cleaned(text)
    has_enough = sum(map(str.isdigit, number)) >= FEWEST_DIGITS
    return has_enough and _NUMBER.fullmatch(number) is not None


def hides(listing: Listing) -> bool:
    """Tell whether a list is asked for by a number that must not stand in its address."""
    return listing.register.searches_hidden and is_number(listing.wanted.q)


def found(listing: Listing) -> str:
    """Return which things a number finds, as an address names them."""
    sought = listing.with_search(cleaned(listing.wanted.q))
    things = sought.rows().values_list("thing", flat=True)[:MOST_FOUND]
    return ",".join(map(str, things)) or NOTHING


def query(listing: Listing) -> dict[str, str]:
    """Return the query of a list, with the things that were found in the place of a number.

    Whatever is looked for anew takes the place of what a number found before.
    """
    asked = listing.wanted.query
    if not listing.wanted.q:
        return asked
    kept = {name: value for name, value in asked.items() if name not in ("q", FOUND)}
    return {**kept, **({FOUND: found(listing)} if hides(listing) else {"q": listing.wanted.q})}
