"""What somebody asks to have done to a school; planning answers with what it would mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class NewSchool:
    """What is known of a school that is to open."""

    name: str
    category: str
    village_id: int
    stages: tuple[str, ...]
    identifier: str = ""
    in_plan: bool = False
    at_town_seat: bool = False
    is_public: bool = True
    school_system: str = "five_four"
    urban_rural_class: str = ""
    address: str = ""


@dataclass(frozen=True)
class Opening:
    """A school opens."""

    on: date
    new: NewSchool
    note: str = ""


@dataclass(frozen=True)
class Ending:
    """A school is closed or merged into another.

    Attributes:
        successor_id: Where pupils and staff carry on; None where there is nobody any more.
        is_merger: Whether the school becomes part of the successor, rather than being closed.
        steps: Day of each step taken before (rules.steps).
    """

    on: date
    school_id: int
    successor_id: int | None
    is_merger: bool
    note: str = ""
    steps: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Renaming:
    """A school takes another name; its identifier stays (standards.md §9)."""

    on: date
    school_id: int
    name: str
    note: str = ""


@dataclass(frozen=True)
class Moving:
    """A school moves to another place; the flags are facts of their own and are given anew."""

    on: date
    school_id: int
    village_id: int
    in_plan: bool
    at_town_seat: bool
    urban_rural_class: str = ""
    address: str = ""
    note: str = ""
    steps: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Recoding:
    """A school becomes of another kind, or gets another identifier, or both."""

    on: date
    school_id: int
    category: str
    identifier: str
    stages: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, order=True)
class ClassKey:
    """One class of a school on the day."""

    stage: str
    grade: int
    class_number: int


@dataclass(frozen=True)
class Part:
    """What one new school takes over from the school that is split."""

    new: NewSchool
    classes: frozenset[ClassKey]
    staff: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Split:
    """A school hands classes over to new schools.

    Attributes:
        parent_ends: Whether the school itself ends; then the last part takes all the rest.
    """

    on: date
    school_id: int
    parts: tuple[Part, ...]
    parent_ends: bool = False
    note: str = ""


Asked = Opening | Ending | Renaming | Moving | Recoding | Split
