"""The way of an entry from a draft to being counted, declared: stations one after the other.

A flow is data of its ledger. Which state follows an act, or why none does, is worked out here and
nowhere else; nothing is read from the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gengdu.policy import facts
from gengdu.records.models import State, StepKind

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which an entry may be changed by whoever keeps it."""


REVIEW_DAYS = "settings.review_days"
NOTICE_DAYS = "settings.notice_days"


class Refused(RuntimeError):
    """An act that an entry does not allow as it stands; the message says why and what to do."""


@dataclass(frozen=True)
class Station:
    """One place where entries wait for somebody.

    Attributes:
        state: State of the entries that wait there.
        permission: What its deciders may do.
        setting: The setting that says in how many working days it should decide; of a public
            notice, how many it lasts. No document gives them.
    """

    state: State
    permission: str
    setting: str = REVIEW_DAYS

    @property
    def is_notice(self) -> bool:
        """Whether entries are shown to the public there before they are granted."""
        return self.state == State.AT_NOTICE

    def days_on(self, on: date) -> int:
        """Return its working days as they are set on a day."""
        return int(facts.value(self.setting, on=on))


May = Callable[[str], bool]


@dataclass(frozen=True)
class Flow:
    """Stations in order; the last that is no notice decides for good, and may open again."""

    stations: tuple[Station, ...]

    @property
    def deciding(self) -> Station:
        """The station whose word is final."""
        return [station for station in self.stations if not station.is_notice][-1]

    def at(self, state: str) -> Station | None:
        """Return the station at which entries of a state wait."""
        return next((one for one in self.stations if one.state == state), None)

    def waits_for(self, may: May) -> list[str]:
        """Return the states in which entries wait for somebody with some permissions."""
        return [one.state for one in self.stations if may(one.permission)]

    def after(
        self, kind: str, state: str, may: May, *, ends_on: date | None, on: date,
        is_noticed: bool = True,
    ) -> State:  # fmt: skip
        """Return the state that an act leads to.

        Args:
            kind: The act, of `StepKind`.
            state: As the entry stands.
            may: Tells whether who acts holds a permission.
            ends_on: The day on which its public notice ends.
            on: Today.
            is_noticed: Whether the entry needs a public notice, where the flow has one.

        Raises:
            Refused: If the entry does not allow it.
        """
        if kind == StepKind.SUBMIT:
            return self._submitted(state, may)
        if kind == StepKind.WITHDRAW:
            return self._withdrawn(state)
        if kind in (StepKind.REOPEN, StepKind.REVOKE):
            return self._opened(kind, state, may)
        station = self.at(state)
        if station is None:
            raise Refused(_("现在是“%(state)s”，不在审批中") % {"state": State(state).label})
        if not may(station.permission):
            raise Refused(_("现在是“%(state)s”，不由您审批") % {"state": State(state).label})
        if kind == StepKind.RETURN:
            return State.RETURNED
        if station.is_notice and ends_on is not None and on <= ends_on:
            raise Refused(_("公示到 %(day)s，期满无异议才能授予") % {"day": ends_on})
        return self._next(station, is_noticed=is_noticed)

    def _submitted(self, state: str, may: May) -> State:
        """Return where a submission goes first: past the stations that its sender speaks for.

        The station that decides is never passed over: whoever sits there says yes as a step of its
        own, which the trail shows.
        """
        if state not in EDITABLE:
            raise Refused(_("已是“%(state)s”，不能再次提交") % {"state": State(state).label})
        before = [one for one in self.stations if not one.is_notice]
        held = [place for place, one in enumerate(before) if may(one.permission)]
        first = min(max(held, default=-1) + 1, len(before) - 1)
        return before[first].state

    def _withdrawn(self, state: str) -> State:
        if self.at(state) is None:
            raise Refused(_("现在是“%(state)s”，没有可撤回的") % {"state": State(state).label})
        return State.DRAFT

    def _opened(self, kind: str, state: str, may: May) -> State:
        if state != State.APPROVED:
            raise Refused(_("现在是“%(state)s”，还没有批准") % {"state": State(state).label})
        if not may(self.deciding.permission):
            raise Refused(_("已批准的记录只有最后审批的单位可以改动"))
        return State.RETURNED if kind == StepKind.REOPEN else State.REVOKED

    def _next(self, station: Station, *, is_noticed: bool) -> State:
        later = self.stations[self.stations.index(station) + 1 :]
        rest = [one for one in later if is_noticed or not one.is_notice]
        return rest[0].state if rest else State.APPROVED

    def offered(self, state: str, may: May, *, may_edit: bool) -> list[StepKind]:
        """Return the acts that somebody may choose from, the most likely first."""
        found = []
        station = self.at(state)
        if may_edit and state in EDITABLE:
            found.append(StepKind.SUBMIT)
        if station is not None and may(station.permission):
            found += [StepKind.PASS, StepKind.RETURN]
        elif may_edit and station is not None:  # who decides there returns it instead
            found.append(StepKind.WITHDRAW)
        if state == State.APPROVED and may(self.deciding.permission):
            found += [StepKind.REOPEN, StepKind.REVOKE]
        return found


SCHOOL = Station(State.AT_SCHOOL, "review_school")
TOWN = Station(State.AT_TOWN, "review_town")
BUREAU = Station(State.AT_BUREAU, "review_bureau")
NOTICE = Station(State.AT_NOTICE, "review_bureau", NOTICE_DAYS)

OF_SCHOOLS = Flow((SCHOOL, BUREAU))
OF_TOWNS = Flow((TOWN, BUREAU))
WITH_NOTICE = Flow((SCHOOL, BUREAU, NOTICE))
OF_THE_BUREAU = Flow((BUREAU,))
