"""People to be reminded, a source that says what it is told to, and channels that remember."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion, Who
from gengdu.records.reminders.senders.base import Message, NotSent
from gengdu.records.reminders.senders.configured import Channel
from tests import world

MONDAY = date(2025, 12, 8)
AT = datetime.fromisoformat("2025-12-08T08:30:00+08:00")


@dataclass
class Says:
    """A source that yields what it is told to."""

    occasions: list[Occasion] = field(default_factory=list)
    is_broken: bool = False

    def __call__(self, on: date) -> Iterable[Occasion]:
        if self.is_broken:
            raise RuntimeError("broken on purpose")
        return list(self.occasions)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Says:
    """The only source there is, saying nothing yet."""
    says = Says()
    monkeypatch.setattr(occasions, "_sources", {})
    occasions.declare_source("ledger", says)
    return says


@pytest.fixture
def head(db: None) -> Account:
    """The head of school 1."""
    return world.account("head", "校长", Role.SCHOOL_HEAD, ScopeKind.SCHOOL, 1)


@pytest.fixture
def officer(db: None) -> Account:
    """An officer of the bureau."""
    return world.account(
        "officer", "分局", Role.BUREAU_OFFICER, ScopeKind.DISTRICT, None,
        body_key="education_bureau",
    )  # fmt: skip


def of_school(number: int = 1, **more: Any) -> Who:
    return Who("view_plan", school_id=number, **more)


def due(key: str = "plan", due_on: date | None = MONDAY, **more: Any) -> Occasion:
    """Something of school 1 that is due on a Monday."""
    values = {"kind": Kind.DUE, "who": of_school(), "text": "一校一案尚未提交", "link": "/x/"}
    return Occasion(key=key, due_on=due_on, **{**values, **more})


@dataclass
class Remembers:
    """A sender that keeps what it was given, or fails as it is told to."""

    sent: list[Message] = field(default_factory=list)
    fails: NotSent | BaseException | None = None

    def send(self, message: Message) -> str:
        if isinstance(self.fails, NotSent):
            raise self.fails
        self.sent.append(message)
        if self.fails is not None:
            raise self.fails
        return "ok"


@pytest.fixture
def sender() -> Remembers:
    return Remembers()


@pytest.fixture
def channels(sender: Remembers) -> dict[str, Channel]:
    """One channel, which reaches everybody."""
    return {"note": Channel("note", "便条", sender, is_default=True)}


@dataclass
class Ticking:
    """A clock that stands still until it is moved."""

    at: datetime = AT

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Ticking:
    return Ticking()
