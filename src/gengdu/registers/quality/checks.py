"""What a check is, and the list of all: registers and chapters declare theirs here.

A check is data: its words, what its findings are about, and one SQL text that returns one row for
each finding. Nothing it finds is kept; only answers are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Thing = Literal["pupil", "staff", "school"]
Parameter = str | Callable[[date], Any]

# The day asked for, its school year, its calendar year and its month and day such as 09-30.
OWN_PARAMETERS = frozenset({"on", "year", "year_of_day", "month_and_day"})
RESERVED = frozenset({"review"})  # words that stand in the place of a check in addresses
_COMMENT = re.compile(r"--.*")
_READ = re.compile(r"\b(?:from|join)\s+([a-z_0-9]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


class Severity(StrEnum):
    """How a finding is to be taken."""

    MUST = "must"
    DOUBT = "doubt"
    NOTE = "note"


SEVERITY_LABELS: dict[Severity, StrOrPromise] = {
    Severity.MUST: _("须改正"),
    Severity.DOUBT: _("请核实"),
    Severity.NOTE: _("仅提示"),
}


@dataclass(frozen=True)
class Subject:
    """What findings of a check are about.

    Attributes:
        thing: What the id of a finding names: a class or a report goes by its school.
        permission: Who may read them at all; the scope is asked apart.
        model: Label of the thing's model, as the trail names it.
    """

    label: StrOrPromise
    thing: Thing
    permission: str
    model: str


PUPIL = Subject(_("学生"), "pupil", "view_children", "pupils.Pupil")
STAFF = Subject(_("教职工"), "staff", "view_staff", "staff.Staff")
SCHOOL = Subject(_("学校"), "school", "view_registers", "schools.School")
CLASS = Subject(_("班级"), "school", "view_registers", "schools.School")
FACILITY_REPORT = Subject(_("办学条件年报"), "school", "view_registers", "schools.School")


@dataclass(frozen=True)
class Check:
    """One check of the registers.

    Attributes:
        key: Names it in addresses and in answers.
        short: At most eight characters, for the head of a column.
        meaning: What it means and how to mend it, in a sentence or two.
        told: One finding in words; %(column)s stands for a value as telling.py shows it.
        sql: Returns subject_id, school_id (null where only the bureau can mend it) and values.
            Values are the facts of the finding: an answer holds until one of them changes.
            Columns that begin with shown_ are only shown. Written for SQLite and PostgreSQL alike;
            it may read the relations of relations.py.
        parameters: What :name stands for, beyond OWN_PARAMETERS: a fact, or a function of the day.
        words: Labels of coded values, by column.
        cites: Facts behind parameters that are functions.
    """

    key: str
    title: StrOrPromise
    short: StrOrPromise
    meaning: StrOrPromise
    subject: Subject
    severity: Severity
    told: StrOrPromise
    sql: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    words: Mapping[str, Mapping[Any, StrOrPromise]] = field(default_factory=dict)
    cites: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether its findings are something to do; what is only told needs no answer."""
        return self.severity is not Severity.NOTE

    @property
    def severity_label(self) -> StrOrPromise:
        """How its findings are to be taken, in words."""
        return SEVERITY_LABELS[self.severity]

    @property
    def facts(self) -> list[str]:
        """Names of the facts that its thresholds come from."""
        named = [name for name in self.parameters.values() if isinstance(name, str)]
        return [*named, *self.cites]

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Tables and relations that its SQL reads, and the names it gives to parts of itself."""
        return names_read(self.sql)


def names_read(sql: str) -> tuple[str, ...]:
    """Return every name that a SQL text selects from."""
    return tuple(dict.fromkeys(_READ.findall(_COMMENT.sub("", sql))))


def parameters_of(sql: str) -> frozenset[str]:
    """Return the names of the parameters in a SQL text."""
    return frozenset(_PARAMETER.findall(_COMMENT.sub("", sql)))


def for_driver(sql: str) -> str:
    """Write a SQL text with the parameters that Django's drivers take."""
    return _PARAMETER.sub(r"%(\1)s", _COMMENT.sub("", sql).replace("%", "%%"))


_checks: dict[str, Check] = {}


def declare(*checks: Check) -> None:
    """Add checks to the desk.

    Raises:
        ValueError: If a key is taken.
    """
    for check in checks:
        if check.key in _checks or check.key in RESERVED:
            raise ValueError(f"the key {check.key!r} of a check is taken")
        _checks[check.key] = check


def every() -> tuple[Check, ...]:
    """Return every check, in order of declaration."""
    return tuple(_checks.values())


def get(key: str) -> Check:
    """Return a check by key.

    Raises:
        KeyError: If none is called so.
    """
    return _checks[key]
