"""Writes the pupils of a copy, one generation after the other, with a row for each school year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gengdu.demo import aid, cohorts, moments, people, stays
from gengdu.demo.children import Classes, Generation, Keys
from gengdu.demo.cohorts import STAGES, Intakes
from gengdu.demo.columns import GUARDIAN_TEXTS, PUPIL_TEXTS
from gengdu.demo.copies import Copy
from gengdu.demo.geography import Geography
from gengdu.demo.ledgers_parent_committees import ClassOfYear
from gengdu.demo.moments import FIRST_YEAR, LAST_DAY, SCHOOL_YEARS
from gengdu.demo.people import BOY_NAMES, ELDER_NAMES, GIRL_NAMES, SURNAMES, BirthDay
from gengdu.demo.rows import Batch, Row
from gengdu.demo.school_list import SCHOOLS, school_id, spec
from gengdu.demo.stays import Stay
from gengdu.records.sounds import sound

PUPIL, RECORD, ENROLMENT = "pupils_pupil", "pupils_pupilrecord", "pupils_enrolment"
SITUATION, GUARDIAN = "pupils_pupilsituation", "pupils_guardian"
SITUATION_FROM = f"{FIRST_YEAR}-09-01"
RURAL_BUS_OF_256 = 60
BOYS_OF_256 = 133
CHANGING_OF_256 = 14
"""So many children have something happen to them in the middle of one of the six years."""

NO_CHANGE = 0xFF << 8
"""Bits of a child to whom nothing happens."""

POOR_OF_1024 = 43
DAY_STEP = 113
"""Spreads the children of a generation over its birth days; shares no factor with 365 or 366."""

PER_DAY = 8
"""Identity numbers set aside for each day, sex and copy; after 62 copies they begin again."""

_Step = tuple[str, str, int, int, str, int]
"""First day, end, school year counted from the first, stage by number, stage, grade."""


class Seated(NamedTuple):
    """One pupil in a class on the last day."""

    pupil: int
    school: int
    stage: str
    grade: int
    class_number: int


@dataclass(frozen=True)
class Written:
    """What was written of the pupils of a copy.

    Attributes:
        classes: All that there were.
        on_last_day: Pupils on the last day by school id and stage.
        seated: Each of them, of the demo itself.
    """

    classes: set[ClassOfYear]
    on_last_day: Mapping[tuple[int, str], int]
    seated: Sequence[Seated]


def batches(copy: Copy, geography: Geography, intakes: Intakes) -> Generator[Batch, None, Written]:
    """Write all pupils of a copy, and return what there was of them."""
    writer = _Writer(copy, geography, intakes)
    for year in cohorts.GENERATIONS:
        yield from writer.generation(year)
    classes = {
        ClassOfYear(school, int(on[:4]), stage, grade, number)
        for school, on, stage, grade, number in writer.classes
    }
    return Written(classes, writer.on_last_day, writer.seated)


@dataclass
class _Block:
    """One generation while it is being written."""

    generation: Generation
    steps: list[_Step]
    days: list[BirthDay]
    pupils: list[Row] = field(default_factory=list)
    records: list[Row] = field(default_factory=list)
    situations: list[Row] = field(default_factory=list)
    guardians: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)


class _Writer:
    """Holds what the generations of a copy share."""

    def __init__(self, copy: Copy, geography: Geography, intakes: Intakes) -> None:
        self._copy, self._intakes = copy, intakes
        self._rng = copy.rng("pupils")
        self._aid = aid.Writer(copy)
        self._rows = copy.rows()
        self.classes: set[tuple[int, str, str, int, int]] = set()
        self.on_last_day: Counter[tuple[int, str]] = Counter()
        self.seated: list[Seated] = []
        self._pupil_id = copy.ids.last(PUPIL)
        self._enrolment_id = copy.ids.last(ENROLMENT)
        self._ids = {item.key: school_id(copy.number, item.key) for item in SCHOOLS}
        self._homes = {
            item.key: [village.place_id for village in geography[item.town].villages]
            for item in SCHOOLS
        }
        self._recorded = {
            item.key: [moments.known(date(year, 9, 1), self._rng) for year in SCHOOL_YEARS]
            for item in SCHOOLS
        }

    def generation(self, year: int) -> Iterator[Batch]:
        """Write the children of one generation."""
        block = _Block(
            Generation(self._intakes, year, self._rng),
            [_step(step) for step in cohorts.steps(year)],
            people.birth_days(date(year - 7, 9, 1), date(year - 6, 8, 31)),
        )
        for number, (keys, classes) in enumerate(block.generation.children):
            self._child(block, number, keys, classes)
        for table in (PUPIL, RECORD, SITUATION, GUARDIAN):
            self._rows.ids.advance(table, self._pupil_id)
        self._rows.ids.advance(ENROLMENT, self._enrolment_id)
        self._rows.extend(PUPIL, block.pupils)
        self._rows.extend(RECORD, block.records)
        self._rows.extend(SITUATION, block.situations)
        self._rows.extend(GUARDIAN, block.guardians)
        self._rows.extend(ENROLMENT, block.enrolments)
        self.classes |= {
            (row[6], row[3], row[7], row[8], row[9]) for row in block.enrolments if _whole(row)
        }
        last = [row for row in block.enrolments if _is_last(row)]
        self.on_last_day.update((row[6], row[7]) for row in last)
        if self._copy.is_demo:
            self.seated += [Seated(*row[5:10]) for row in last]
        yield from self._rows.batches()

    def _child(self, block: _Block, number: int, keys: Keys, classes: Classes) -> None:
        bits = self._rng.getrandbits(60)
        self._pupil_id += 1
        first = len(block.enrolments)
        if block.generation.stays_whole(keys):
            bits |= NO_CHANGE
        if _is_plain(keys, bits):
            self._plain(block, keys, classes)
        else:
            self._eventful(block, keys, classes, bits)
        recorded_at = block.enrolments[first][1]
        day, nth = number * DAY_STEP % len(block.days), number // len(block.days)
        home = self._homes[keys[1] or keys[0]]
        pupil = self._pupil_id
        block.pupils.append((pupil, f"{self._copy.county_code}{pupil:08d}"))
        record = self._record(bits, recorded_at, block.days[day], nth, home)
        block.records.append(record)
        block.situations.append(_situation(pupil, recorded_at, bits, keys))
        block.guardians.append(_guardian(pupil, recorded_at, bits, record))

    def _plain(self, block: _Block, keys: Keys, classes: Classes) -> None:
        """Add a row for each school year of a child to whom nothing special happens."""
        enrolment_id, pupil_id, recorded = self._enrolment_id, self._pupil_id, self._recorded
        append, ids = block.enrolments.append, self._ids
        for starts_on, ends_on, year, at, stage, grade in block.steps:
            key = keys[at]
            if key:
                enrolment_id += 1
                append((
                    enrolment_id, recorded[key][year], None, starts_on, ends_on,
                    pupil_id, ids[key], stage, grade, classes[at], "", "", "",
                ))  # fmt: skip
        self._enrolment_id = enrolment_id

    def _eventful(self, block: _Block, keys: Keys, classes: Classes, bits: int) -> None:
        lived = self._expected(block, keys, classes)
        lived = stays.after_closures(lived, block.generation, self._rng)
        if _changes(bits) and not _is_poor(bits):
            lived = stays.changed(lived, block.generation, self._rng)
        for stay in lived:
            self._stay(block, stay)
        if _is_poor(bits):
            self._aid.add(self._rows, self._pupil_id, lived)

    def _expected(self, block: _Block, keys: Keys, classes: Classes) -> list[Stay]:
        return [
            Stay(
                year=FIRST_YEAR + year,
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on),
                school=keys[at],
                stage=stage,
                grade=grade,
                class_number=classes[at],
                recorded_at=self._recorded[keys[at]][year],
            )
            for starts_on, ends_on, year, at, stage, grade in block.steps
            if keys[at]
        ]

    def _stay(self, block: _Block, stay: Stay) -> None:
        if stay.expected_end is not None:
            expected = (stay.recorded_at, stay.corrected_at, stay.starts_on, stay.expected_end)
            self._enrolment(block, expected, stay)
        recorded_at = stay.corrected_at or stay.recorded_at
        self._enrolment(block, (recorded_at, None, stay.starts_on, stay.ends_on), stay)

    def _enrolment(
        self, block: _Block, period: tuple[str, str | None, date, date], stay: Stay
    ) -> None:
        self._enrolment_id += 1
        recorded_at, superseded_at, starts_on, ends_on = period
        block.enrolments.append((
            self._enrolment_id, recorded_at, superseded_at,
            starts_on.isoformat(), ends_on.isoformat(), self._pupil_id, self._ids[stay.school],
            stay.stage, stay.grade, stay.class_number, "", "", "",
        ))  # fmt: skip

    def _record(
        self, bits: int, recorded_at: str, birth: BirthDay, nth: int, homes: list[int]
    ) -> Row:
        is_boy = (bits & 0xFF) < BOYS_OF_256
        name = SURNAMES[(bits >> 20 & 0xFFF) % len(SURNAMES)]
        name += (BOY_NAMES if is_boy else GIRL_NAMES)[bits >> 32 & 0x3FF]
        identity = birth.identity_number((self._copy.number * PER_DAY + nth) * 2 + is_boy)
        return (
            self._pupil_id, recorded_at, None, self._pupil_id, _registry_number(identity, bits),
            name, "male" if is_boy else "female", birth.iso, identity,
            homes[(bits >> 42 & 0xFF) % len(homes)], sound(name), *_TEXTS,
        )  # fmt: skip


_TEXTS = tuple(
    {"identity_kind": "1", "nationality": "CHN", "ethnicity": "01"}.get(name, "")
    for name in PUPIL_TEXTS
)


def _whole(row: Row) -> bool:
    """Tell whether a child was in a class from the first day of a school year."""
    return bool(row[3].endswith("-09-01"))


def _is_last(row: Row) -> bool:
    """Tell whether a child is in a class on the last day, as is known by then."""
    return row[2] is None and bool(row[3] <= LAST_DAY.isoformat() < row[4])


def _situation(pupil: int, recorded_at: str, bits: int, keys: Keys) -> Row:
    """Return how a child lives: some rural children ride the school bus, all live at home."""
    is_rural = spec(keys[1] or keys[0]).in_plan
    rides = is_rural and (bits >> 26 & 0xFF) < RURAL_BUS_OF_256
    return pupil, recorded_at, None, SITUATION_FROM, None, pupil, "1", "0", "", "", int(rides)


def _guardian(pupil: int, recorded_at: str, bits: int, record: Row) -> Row:
    """Return the first member of a child's family; no telephone exchange begins with 0."""
    given = ELDER_NAMES["male"][(bits >> 8) % len(ELDER_NAMES["male"])]
    known = {"relation": "1", "phone": f"0631-0{bits >> 14 & 0xFFFFF:07d}", "identity_kind": "1"}
    texts = (known.get(name, "") for name in GUARDIAN_TEXTS)
    return pupil, recorded_at, None, pupil, 1, f"{record[5][0]}{given}", *texts, 1


def _step(step: cohorts.Step) -> _Step:
    return (
        f"{step.year}-09-01",
        f"{step.year + 1}-09-01",
        step.year - FIRST_YEAR,
        STAGES.index(step.stage),
        step.stage,
        step.grade,
    )


def _changes(bits: int) -> bool:
    return (bits >> 8 & 0xFF) < CHANGING_OF_256


def _is_poor(bits: int) -> bool:
    return (bits >> 50) < POOR_OF_1024


def _is_plain(keys: Keys, bits: int) -> bool:
    """Tell whether nothing happens to a child but going up each year."""
    if _changes(bits) or "linghou" in keys or "xiazhuang_k" in keys:
        return False
    return not (_is_poor(bits) and spec(keys[1] or keys[0]).in_plan)


def _registry_number(identity: str, bits: int) -> str:
    """Return the registry number: G and the identity number, or now and then one of its own."""
    match bits >> 16 & 0xFF:
        case 0:
            return f"L{identity[:14]}{bits >> 20 & 0xFFFF:04d}"[:19]
        case 1:
            return f"J{identity}"
        case _:
            return f"G{identity}"
