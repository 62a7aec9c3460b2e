"""Runs the checks over the registers of this moment, and remembers what they found.

A check runs again only when a table behind it has moved; nothing it finds is stored.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import facts
from gengdu.records import reading
from gengdu.records.queries import revisions
from gengdu.records.reading import one_state
from gengdu.records.renewing import Renewing
from gengdu.registers.quality import checks
from gengdu.registers.quality.checks import Check
from gengdu.registers.quality.relations import RELATIONS

ONLY_SHOWN = "shown_"
DAYS_KEPT = 4  # people look at today, and now and then at another day
_KEYS = ("subject_id", "school_id")

Revisions = Mapping[str, int]
State = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """What one check found wrong with one thing.

    Attributes:
        subject_id: The thing: a pupil, a member of staff or a school.
        school_id: The school that can mend it; None where only the bureau can.
        fingerprint: Names the facts that made it; another one once they change.
    """

    check: Check
    subject_id: int
    school_id: int | None
    values: Mapping[str, Any]
    fingerprint: str

    @property
    def key(self) -> tuple[str, int, str]:
        """Names the finding among all findings and answers."""
        return (self.check.key, self.subject_id, self.fingerprint)


Findings = Mapping[str, tuple[Found, ...]]


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return a short name for the facts behind a finding; what is only shown does not count.

    >>> fingerprint({"sex": "male", "shown_age": 6}) == fingerprint({"sex": "male"})
    True
    """
    told = "\n".join(
        f"{name}={value}"
        for name, value in sorted(values.items())
        if not name.startswith(ONLY_SHOWN)
    )
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def parameters(check: Check, on: date) -> dict[str, Any]:
    """Return what every :name of a check stands for on a day."""
    found = _own_parameters(on)
    for name, source in check.parameters.items():
        found[name] = _number(facts.value(source, on=on)) if isinstance(source, str) else source(on)
    return found


def _own_parameters(on: date) -> dict[str, Any]:
    return {
        "on": on,
        "year": SchoolYear.containing(on).begins_in,
        "year_of_day": on.year,
        "month_and_day": f"{on:%m-%d}",
    }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


@cache
def relations_behind(names: tuple[str, ...]) -> frozenset[str]:
    """Return the relations among some names, with those that they read in turn."""
    own = [name for name in names if name in RELATIONS]
    deeper = [relations_behind(checks.names_read(RELATIONS[name])) for name in own]
    return frozenset(own).union(*deeper)


@cache
def tables_behind(key: str) -> tuple[str, ...]:
    """Return every database table that a check depends on."""
    check = checks.get(key)
    texts = [check.sql, *(RELATIONS[name] for name in relations_behind(check.reads))]
    ours = {model._meta.db_table for model in apps.get_models()}
    return tuple(sorted({name for text in texts for name in checks.names_read(text)} & ours))


def run(wanted: Iterable[Check], on: date) -> dict[str, tuple[Found, ...]]:
    """Run some checks over the registers of this moment, whatever is remembered."""
    ordered = tuple(wanted)
    needed = frozenset().union(*(relations_behind(check.reads) for check in ordered))
    with connection.cursor() as cursor:
        try:
            for name in RELATIONS:
                if name in needed:
                    _put_together(cursor, name, on)
            return {check.key: _findings(cursor, check, on) for check in ordered}
        finally:
            if not connection.needs_rollback:
                for name in needed:
                    cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _put_together(cursor: CursorWrapper, name: str, on: date) -> None:
    sql = RELATIONS[name]
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    cursor.execute(
        f"CREATE TEMPORARY TABLE {name} AS {checks.for_driver(sql)}", _named(sql, {"on": on})
    )


def _findings(cursor: CursorWrapper, check: Check, on: date) -> tuple[Found, ...]:
    cursor.execute(checks.for_driver(check.sql), _named(check.sql, parameters(check, on)))
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return tuple(_found(check, row) for row in rows)


def _named(sql: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in checks.parameters_of(sql)}


def _found(check: Check, row: dict[str, Any]) -> Found:
    values = {name: value for name, value in row.items() if name not in _KEYS}
    return Found(check, row["subject_id"], row["school_id"], values, fingerprint(values))


class LiveFindings:
    """What the checks find in the live database, remembered until a table moves.

    One thread computes at a time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._days = Renewing(DAYS_KEPT)
        self._kept: dict[tuple[str, date], tuple[tuple[int, ...], tuple[Found, ...]]] = {}

    def found(self, on: date, now: Revisions) -> Findings:
        """Return the findings of every check on a day.

        Args:
            on: The day.
            now: The revisions just read; a check runs only if its tables have moved since it ran.
        """
        return self._days.get(on, _state(now), lambda: self._run_what_moved(on))

    def known(self, on: date, now: Revisions) -> Findings | None:
        """Return the findings of a day if nothing has moved since they were found."""
        return self._days.known(on, _state(now))

    def _run_what_moved(self, on: date) -> tuple[State, Findings]:
        """Run the checks that are not remembered; what may still be rolled back stays unkept."""
        with self._lock, one_state(makes_tables=True):
            now = revisions()
            current = {
                check.key: self._kept[check.key, on][1]
                for check in checks.every()
                if self._is_current(check, on, now)
            }
            moved = run([check for check in checks.every() if check.key not in current], on)
            if not reading.may_be_undone():
                self._keep(moved, on, now)
            every = current | moved
            return _state(now), {check.key: every[check.key] for check in checks.every()}

    def _is_current(self, check: Check, on: date, now: Revisions) -> bool:
        kept = self._kept.get((check.key, on))
        return kept is not None and kept[0] == _behind(check, now)

    def _keep(self, found: Mapping[str, tuple[Found, ...]], on: date, now: Revisions) -> None:
        days = list(dict.fromkeys(day for _, day in self._kept if day != on))
        too_old = set(days[: max(0, len(days) + 1 - DAYS_KEPT)])
        for kept in [kept for kept in self._kept if kept[1] in too_old]:
            del self._kept[kept]
        for key, findings in found.items():
            self._kept[key, on] = (_behind(checks.get(key), now), findings)


def _behind(check: Check, now: Revisions) -> State:
    return tuple(now.get(table, -1) for table in tables_behind(check.key))


def _state(now: Revisions) -> State:
    """Return the revisions of all that any check depends on."""
    return tuple(now.get(table, -1) for table in _tables_behind_any())


@cache
def _tables_behind_any() -> tuple[str, ...]:
    return tuple(sorted({table for check in checks.every() for table in tables_behind(check.key)}))


live = LiveFindings()
