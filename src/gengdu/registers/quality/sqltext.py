"""Pieces of SQL that several checks share; written for SQLite and PostgreSQL alike."""

from __future__ import annotations

from gengdu.kernel.identifiers import IDENTITY_CHECK_DIGITS, IDENTITY_WEIGHTS

IN_FORCE = "superseded_at IS NULL AND starts_on <= :on AND (ends_on IS NULL OR ends_on > :on)"


def in_force(alias: str) -> str:
    """Return the condition that a row of a dated table is live and holds on the day."""
    return (
        f"{alias}.superseded_at IS NULL AND {alias}.starts_on <= :on "
        f"AND ({alias}.ends_on IS NULL OR {alias}.ends_on > :on)"
    )


def is_digits(text: str) -> str:
    """Return the condition that a text has no character but digits."""
    return f"trim({text}, '0123456789') = ''"


def is_day(text: str, start: int) -> str:
    """Return the condition that the eight digits from a position on, counted from 1, are a day.

    Evaluate it only where they are digits.
    """
    year = f"CAST(substr({text}, {start}, 4) AS integer)"
    month = f"CAST(substr({text}, {start + 4}, 2) AS integer)"
    day = f"CAST(substr({text}, {start + 6}, 2) AS integer)"
    leap = f"(({year} % 4 = 0 AND {year} % 100 <> 0) OR {year} % 400 = 0)"
    last = (
        f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31 "
        f"WHEN {leap} THEN 29 ELSE 28 END"
    )
    return f"({year} >= 1 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {last})"


def check_digit(text: str) -> str:
    """Return the eighteenth character that the first seventeen digits ask for (GB 11643)."""
    weighted = " + ".join(
        f"CAST(substr({text}, {place}, 1) AS integer) * {weight}"
        for place, weight in enumerate(IDENTITY_WEIGHTS, start=1)
    )
    return f"substr('{IDENTITY_CHECK_DIGITS}', ({weighted}) % 11 + 1, 1)"


def identity_state(text: str) -> str:
    """Return what is wrong with an identity number, as kernel.identifiers says it: a code.

    The code is length, characters, day, check or sound.
    """
    return (
        f"CASE WHEN length({text}) <> 18 THEN 'length' "
        f"WHEN NOT {is_digits(f'substr({text}, 1, 17)')} "
        f"OR trim(substr({text}, 18, 1), '0123456789X') <> '' THEN 'characters' "
        f"WHEN NOT {is_day(text, 7)} THEN 'day' "
        f"WHEN {check_digit(text)} <> substr({text}, 18, 1) THEN 'check' ELSE 'sound' END"
    )


def digits_of_day(day: str) -> str:
    """Return a day as eight digits."""
    return f"replace(CAST({day} AS text), '-', '')"


def years_since(day: str, year: str, month_and_day: str) -> str:
    """Return the full years between a day and another, given as a year and as text such as 08-31.

    Both come as SQL.
    """
    text = f"CAST({day} AS text)"
    return (
        f"({year} - CAST(substr({text}, 1, 4) AS integer) "
        f"- CASE WHEN substr({text}, 6, 5) > {month_and_day} THEN 1 ELSE 0 END)"
    )
