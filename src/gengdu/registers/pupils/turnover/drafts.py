"""Keeps what somebody has ticked for a turnover until it is confirmed, in the log-in session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gengdu.kernel.school_years import SchoolYear
from gengdu.registers.pupils.turnover.choices import Choices

GO_UP, REPEAT, LEAVE = "up", "repeat", "leave"


@dataclass
class Draft:
    """What is ticked so far: by pupil, and by school and stage.

    Attributes:
        pupils: repeat, leave, or the id of another school, by pupil.
        targets: Id of the receiving school, or nothing, by `school:stage`.
    """

    pupils: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Any, year: SchoolYear) -> Draft:
        """Return the draft of a year."""
        return cls(**session.get(_key(year), {}))

    def keep(self, session: Any, year: SchoolYear) -> None:
        """Keep it."""
        session[_key(year)] = {"pupils": self.pupils, "targets": self.targets}

    def decide(self, pupil: int, choice: str) -> None:
        """Note what becomes of one pupil; going up is what happens anyway."""
        if choice in (REPEAT, LEAVE) or choice.isdecimal():
            self.pupils[str(pupil)] = choice
        else:
            self.pupils.pop(str(pupil), None)

    def choices(
        self, year: SchoolYear, schools: frozenset[int], within: frozenset[int] | None
    ) -> Choices:
        """Return the question that planning answers."""
        said = {int(pupil): choice for pupil, choice in self.pupils.items()}
        return Choices(
            year,
            schools,
            frozenset(pupil for pupil, choice in said.items() if choice == REPEAT),
            frozenset(pupil for pupil, choice in said.items() if choice == LEAVE),
            {pupil: int(choice) for pupil, choice in said.items() if choice.isdecimal()},
            {_place(key): int(to) if to.isdecimal() else None for key, to in self.targets.items()},
            within,
        )


def forget(session: Any, year: SchoolYear) -> None:
    """Drop the draft of a year."""
    session.pop(_key(year), None)


def _key(year: SchoolYear) -> str:
    return f"turnover-{year.begins_in}"


def _place(key: str) -> tuple[int, str]:
    school, _, stage = key.partition(":")
    return int(school), stage
