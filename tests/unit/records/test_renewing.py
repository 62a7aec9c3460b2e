"""What pages show is of this moment, or of the one before while the new one is being made."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from gengdu.records import renewing
from gengdu.records.renewing import Renewing
from tests import undoing
from tests.waiting import until_true
from tests.world import World

KEY = "pupils"


class Register:
    """Something that moves, and is slow or faulty to count as a test wants."""

    def __init__(self) -> None:
        self.revision, self.counted = 1, 0
        self.may_go_on, self.fault = threading.Event(), False
        self.may_go_on.set()

    def count(self) -> tuple[int, str]:
        state = self.revision
        assert self.may_go_on.wait(20)
        self.counted += 1
        if self.fault:
            raise ZeroDivisionError
        return state, f"as of {state}"


@pytest.fixture
def register(district: World) -> Iterator[Register]:
    """A register without an open transaction around the test."""
    made = Register()
    yield made
    made.may_go_on.set()


def ask(memory: Renewing, register: Register, *, is_aside: bool = False) -> str:
    return memory.get(KEY, register.revision, register.count, is_aside=is_aside)


def test_what_has_not_moved_is_made_once(register: Register) -> None:
    memory = Renewing(4)

    assert [ask(memory, register) for _ in range(3)] == ["as of 1"] * 3
    assert register.counted == 1


def test_a_page_shows_the_new_state_if_it_is_made_in_time(register: Register) -> None:
    memory = Renewing(4)
    ask(memory, register)
    register.revision = 2

    with renewing.patience(20) as page:
        assert ask(memory, register) == "as of 2"

    assert page.shown_of is None


def test_a_page_shows_the_state_before_and_of_when_it_is_if_not(register: Register) -> None:
    memory, begun = Renewing(4), time.monotonic()
    ask(memory, register)
    register.revision = 2
    register.may_go_on.clear()

    with renewing.patience(0.01) as page:
        assert ask(memory, register) == "as of 1"
        lag = renewing.lag()

    assert page.shown_of is not None
    assert begun <= page.shown_of <= time.monotonic()
    assert lag is not None
    assert 0 < lag < time.monotonic() - begun
    assert renewing.lag() is None


def test_several_pages_share_one_renewal(register: Register) -> None:
    memory = Renewing(4)
    ask(memory, register)
    register.revision = 2
    register.may_go_on.clear()

    for _ in range(5):
        with renewing.patience(0):
            ask(memory, register)
    register.may_go_on.set()

    until_true(lambda: memory.known(KEY, 2) is not None)
    assert register.counted == 2


def test_a_renewal_begun_before_a_further_write_is_not_taken_for_the_newest(
    register: Register,
) -> None:
    memory = Renewing(4)
    ask(memory, register)
    register.revision = 2
    register.may_go_on.clear()
    with renewing.patience(0):
        ask(memory, register)  # counts revision 2, and is not done
    register.revision = 3
    threading.Timer(0.05, register.may_go_on.set).start()

    with renewing.patience(20) as page:
        assert ask(memory, register) == "as of 2"

    assert page.shown_of is not None


def test_what_stands_aside_is_not_waited_for_and_not_told_of(register: Register) -> None:
    memory = Renewing(4)
    ask(memory, register)
    register.revision = 2
    register.may_go_on.clear()

    with renewing.patience(20) as page:
        assert ask(memory, register, is_aside=True) == "as of 1"

    assert page.shown_of is None


def test_who_asks_after_a_renewal_failed_sees_the_fault(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    memory = Renewing(4)
    ask(memory, register)
    register.revision, register.fault = 2, True
    register.may_go_on.clear()

    with renewing.patience(0):
        ask(memory, register)
    register.may_go_on.set()
    until_true(lambda: "could not be renewed" in caplog.text)

    with renewing.patience(20), pytest.raises(ZeroDivisionError):
        ask(memory, register)


def test_what_stands_aside_and_cannot_be_renewed_stays_and_is_asked_for_again(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault in the menu's counts must not take every page down with it."""
    memory = Renewing(4)
    ask(memory, register)
    register.revision, register.fault = 2, True
    assert ask(memory, register, is_aside=True) == "as of 1"
    until_true(lambda: "could not be renewed" in caplog.text)

    register.fault = False
    assert ask(memory, register, is_aside=True) == "as of 1"

    until_true(lambda: ask(memory, register, is_aside=True) == "as of 2")


def test_inside_an_open_transaction_nothing_is_remembered(register: Register) -> None:
    memory = Renewing(4)

    with undoing.as_in_use(), transaction.atomic(), renewing.patience(0):
        ask(memory, register)
        register.revision = 2
        assert ask(memory, register) == "as of 2"
        assert memory.known(KEY, 2) is None

    assert len(memory) == 0


def test_what_was_asked_for_least_lately_goes_first(register: Register) -> None:
    memory = Renewing(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, 1, register.count)

    kept = [key for key in "abc" if memory.known(key, 1)]

    assert kept == ["a", "c"]


@pytest.mark.parametrize(("method", "lags"), [("get", True), ("post", False)])
@override_settings(NUMBERS_WAIT_SECONDS=0)
def test_only_pages_that_are_looked_at_may_lag(method: str, *, lags: bool) -> None:
    seen = []

    @renewing.may_lag
    def view(request: object) -> HttpResponse:
        given = renewing._patience.get()
        seen.append(given is not None)
        return HttpResponse()

    view(getattr(RequestFactory(), method)("/"))

    assert seen == [lags]


def test_the_oldest_of_several_states_is_told(register: Register) -> None:
    with renewing.patience(0) as page:
        page.shows(5.0)
        page.shows(6.0)

    assert page.shown_of == 5.0
    assert not connection.in_atomic_block
