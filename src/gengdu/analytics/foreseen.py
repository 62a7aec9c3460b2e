"""The tables of a later day if nothing happens but what is bound to: ageing, retirement, decisions.

Pupils move up a grade each September, leave after the last one their school teaches, and as many
come into the first as came last; staff retire on the birthday that the settings give their sex;
teachers who study get their degree on the day they expect it. Indicators then run over these tables
as over any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gengdu.kernel.dates import years_before
from gengdu.kernel.school_years import SchoolYear
from gengdu.policy import facts

MADE_FROM = {
    "enrolments": ("enrolments",),
    "posts": ("posts", "staff_records"),
    "leadership_terms": ("leadership_terms", "staff_records"),
    "degrees": ("degrees", "degree_studies"),
}
"""The tables that are foreseen, and from which; what else is read stays as it is known."""
Read = Callable[[str], pa.Table]
"""Returns the known rows of a table by its name."""
RETIREMENT = {"male": "settings.retirement_age_men", "female": "settings.retirement_age_women"}
"""The setting of the age at which staff retire, by sex."""
FIRST_NEW_PUPIL = -1_000_000_000
"""Ids of pupils who are not there yet lie below anything that was ever saved."""


def foreseen(name: str, read: Read, on: date, until: date, *, ages: Mapping[str, int]) -> pa.Table:
    """Return a changed table, valid on every day from one to another.

    Args:
        name: One of MADE_FROM.
        read: Gives the rows known on the first day.
        on: The first day: what is live on it is carried on.
        until: The last day.
        ages: At which staff retire, in years, by sex.
    """
    if name == "enrolments":
        made = _aged(read(name), on, until)
    elif name == "degrees":
        made = _graduated(read(name), read("degree_studies"), on, until)
    else:
        made = _retired(read(name), _retirements(read("staff_records"), on, ages), until)
    return _unsuperseded(made)


def ages_on(on: date) -> dict[str, int]:
    """Return the ages of retirement that the settings give on a day, by sex."""
    return {sex: int(facts.value(name, on=on)) for sex, name in RETIREMENT.items()}


def _unsuperseded(table: pa.Table) -> pa.Table:
    """Return rows that nothing has replaced: they are the state of knowledge itself."""
    at = table.schema.get_field_index("superseded_at")
    empty = pa.nulls(len(table), table.schema.field(at).type)
    return table.set_column(at, table.schema.field(at), empty)


# Pupils


def _aged(enrolments: pa.Table, on: date, until: date) -> pa.Table:
    """Return enrolments with every September between the days carried through."""
    made = [enrolments]
    live = enrolments.filter(_is_live(enrolments, on))
    closed_at = None
    for day in _septembers(on, until):
        following = _next_year(live, day, len(made))
        if closed_at is None:
            made[0] = _ended(enrolments, _is_live(enrolments, on), day)
            closed_at = day
        else:
            made[-1] = _ended(live, pa.array(np.full(len(live), True)), day)
        made.append(following)
        live = following
    return pa.concat_tables(made)


def _septembers(on: date, until: date) -> list[date]:
    """Return the first days of the school years that begin after one day and until another."""
    first = SchoolYear.containing(on).begins_in + 1
    starts = [SchoolYear(year).starts_on for year in range(first, until.year + 1)]
    return [day for day in starts if day <= until]


def _is_live(table: pa.Table, on: date) -> pa.ChunkedArray:
    begun = pc.less_equal(table["starts_on"], pa.scalar(on))
    going_on = pc.or_kleene(
        pc.is_null(table["ends_on"]), pc.greater(table["ends_on"], pa.scalar(on))
    )
    return pc.and_(begun, going_on)


def _ended(table: pa.Table, mask: pa.Array, day: date) -> pa.Table:
    return _with(table, "ends_on", pc.if_else(mask, pa.scalar(day), table["ends_on"]))


def _next_year(live: pa.Table, day: date, number: int) -> pa.Table:
    """Return who is there in the next year: those who move up, and as many new ones as came."""
    grades = live["grade"].to_numpy(zero_copy_only=False).astype(np.int64)
    first, last = _ends_of_stages(live, grades)
    up = live.filter(pa.array(grades < last))
    up = _with(up, "grade", pc.add(up["grade"], 1))
    new = live.filter(pa.array(grades == first))
    ids = FIRST_NEW_PUPIL * number - np.arange(len(new))
    new = _with(new, "pupil_id", pa.array(ids, pa.int64()))
    following = pa.concat_tables([up, new])
    following = _with(following, "starts_on", pa.array([day] * len(following), pa.date32()))
    ids = FIRST_NEW_PUPIL * number - np.arange(len(following))
    following = _with(following, "id", pa.array(ids, pa.int64()))
    return _with(following, "ends_on", pa.nulls(len(following), pa.date32()))


def _ends_of_stages(
    live: pa.Table, grades: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each row, the first and the last grade that its school teaches at its stage."""
    schools = live["school_id"].to_numpy(zero_copy_only=False)
    stages = np.asarray(live["stage"].to_pylist(), dtype=str)
    kinds, stage_at = np.unique(stages, return_inverse=True)
    keys = schools.astype(np.int64) * max(1, len(kinds)) + stage_at
    _keys, at = np.unique(keys, return_inverse=True)
    count = int(at.max()) + 1 if len(at) else 0
    first = np.full(count, np.iinfo(np.int64).max)
    last = np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(first, at, grades)
    np.maximum.at(last, at, grades)
    return first[at], last[at]


def _with(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(at), values.cast(table.schema.field(at).type))


# Staff


def _retirements(records: pa.Table, on: date, ages: Mapping[str, int]) -> dict[int, date]:
    """Return when each person whose birthday is known, and still ahead of a day, retires."""
    columns = (records[name].to_pylist() for name in ("staff_id", "birth_date", "sex"))
    found = {
        staff: retires_on(born, sex, on, ages)
        for staff, born, sex in zip(*columns, strict=True)
        if born is not None
    }
    return {staff: day for staff, day in found.items() if day is not None}


def retires_on(born: date, sex: str | None, on: date, ages: Mapping[str, int]) -> date | None:
    """Return when somebody who is at work on a day retires; None where every age has passed.

    Who is past the age and still at work has a reason that the record does not tell, and is taken
    to stay until the higher age; so is anybody whose sex is not recorded.

    >>> both = {"male": 60, "female": 55}
    >>> str(retires_on(date(1970, 5, 1), "female", date(2024, 1, 1), both))
    '2025-05-01'
    >>> str(retires_on(date(1970, 5, 1), "female", date(2026, 1, 1), both))
    '2030-05-01'
    """
    latest = max(ages.values())
    days = (years_before(born, -age) for age in (ages.get(sex or "", latest), latest))
    return next((day for day in days if day >= on), None)


def _retired(table: pa.Table, retirements: Mapping[int, date], until: date) -> pa.Table:
    """Return posts or terms with an end where their holder retires by a day."""
    ends = table["ends_on"].to_pylist()
    for number, staff in enumerate(table["staff_id"].to_pylist()):
        retires = retirements.get(staff)
        if retires is None or retires > until or ends[number] is not None:
            continue
        if table["starts_on"][number].as_py() < retires:
            ends[number] = retires
    return _with(table, "ends_on", pa.array(ends, pa.date32()))


def _graduated(degrees: pa.Table, studies: pa.Table, on: date, until: date) -> pa.Table:
    """Return degrees with those that teachers under way expect by a day."""
    expected = [
        row
        for row in studies.filter(_is_live(studies, on)).to_pylist()
        if row["expected_on"] is not None and on < row["expected_on"] <= until
    ]
    rows = [
        {
            "id": -1 - number, "staff_id": row["staff_id"], "level": row["level"],
            "obtained_on": row["expected_on"], "recorded_at": row["recorded_at"],
            "superseded_at": None,
        }
        for number, row in enumerate(expected)
    ]  # fmt: skip
    return pa.concat_tables([degrees, pa.Table.from_pylist(rows, schema=degrees.schema)])
