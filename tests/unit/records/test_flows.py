"""Which state follows an act, and why none does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gengdu.records import flows
from gengdu.records.flows import Refused
from gengdu.records.models import State, StepKind

ON = date(2025, 12, 1)
CLERK: frozenset[str] = frozenset()
HEAD = frozenset({"review_school"})
TOWN = frozenset({"review_town"})
BUREAU = frozenset({"review_bureau"})


def after(
    flow: flows.Flow, kind: str, state: str, held: frozenset[str], ends_on: date | None = None,
    *, is_noticed: bool = True,
) -> State:  # fmt: skip
    may: Callable[[str], bool] = held.__contains__
    return flow.after(kind, state, may, ends_on=ends_on, on=ON, is_noticed=is_noticed)


@pytest.mark.parametrize(
    ("flow", "held", "first"),
    [
        pytest.param(flows.OF_SCHOOLS, CLERK, State.AT_SCHOOL, id="a clerk's goes to the head"),
        pytest.param(flows.OF_SCHOOLS, HEAD, State.AT_BUREAU, id="a head's goes to the bureau"),
        pytest.param(flows.OF_SCHOOLS, BUREAU, State.AT_BUREAU, id="the bureau decides apart"),
        pytest.param(flows.OF_TOWNS, TOWN, State.AT_BUREAU, id="a town's goes to the bureau"),
        pytest.param(flows.WITH_NOTICE, HEAD, State.AT_BUREAU, id="nobody passes to the notice"),
        pytest.param(flows.OF_THE_BUREAU, BUREAU, State.AT_BUREAU, id="the bureau's own waits too"),
    ],
)
def test_a_submission_passes_the_stations_its_sender_speaks_for_but_never_the_last(
    flow: flows.Flow, held: frozenset[str], first: State
) -> None:
    assert after(flow, StepKind.SUBMIT, State.DRAFT, held) == first
    assert after(flow, StepKind.SUBMIT, State.RETURNED, held) == first


def test_an_entry_is_passed_on_from_station_to_station_until_it_counts() -> None:
    flow = flows.WITH_NOTICE

    way = [after(flow, StepKind.PASS, State.AT_SCHOOL, HEAD),
           after(flow, StepKind.PASS, State.AT_BUREAU, BUREAU),
           after(flow, StepKind.PASS, State.AT_NOTICE, BUREAU, date(2025, 11, 30))]  # fmt: skip

    assert way == [State.AT_BUREAU, State.AT_NOTICE, State.APPROVED]


def test_what_needs_no_notice_is_decided_without_one() -> None:
    found = after(flows.WITH_NOTICE, StepKind.PASS, State.AT_BUREAU, BUREAU, is_noticed=False)

    assert found == State.APPROVED


@pytest.mark.parametrize(("ends_on", "is_over"), [(ON, False), (date(2025, 11, 30), True)])
def test_a_notice_lasts_through_its_last_day(ends_on: date, is_over: bool) -> None:
    if is_over:
        assert after(flows.WITH_NOTICE, "pass", State.AT_NOTICE, BUREAU, ends_on) == State.APPROVED
    else:
        with pytest.raises(Refused, match="公示到 2025-12-01"):
            after(flows.WITH_NOTICE, "pass", State.AT_NOTICE, BUREAU, ends_on)


@pytest.mark.parametrize(
    ("kind", "state", "held", "why"),
    [
        ("pass", State.AT_SCHOOL, BUREAU, "不由您审批"),
        ("pass", State.DRAFT, HEAD, "不在审批中"),
        ("return", State.APPROVED, BUREAU, "不在审批中"),
        ("submit", State.AT_BUREAU, HEAD, "不能再次提交"),
        ("submit", State.APPROVED, HEAD, "不能再次提交"),
        ("withdraw", State.APPROVED, HEAD, "没有可撤回的"),
        ("reopen", State.APPROVED, HEAD, "只有最后审批的单位"),
        ("reopen", State.AT_BUREAU, BUREAU, "还没有批准"),
        ("revoke", State.DRAFT, BUREAU, "还没有批准"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    kind: str, state: str, held: frozenset[str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        after(flows.OF_SCHOOLS, kind, state, held)


def test_nothing_is_offered_that_would_be_refused() -> None:
    for flow in (flows.OF_SCHOOLS, flows.OF_TOWNS, flows.WITH_NOTICE):
        for state in set(State) - {State.SUBMITTED}:
            for held in (CLERK, HEAD, TOWN, BUREAU):
                for kind in flow.offered(state, held.__contains__, may_edit=True):
                    assert after(flow, kind, state, held)
