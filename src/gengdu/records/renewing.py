"""Shows what was last made of the registers while it is made anew.

After somebody has imported all pupils, whatever counts pupils takes a second or two to compute.
The first to ask for it need not wait so long: within a page that says how long it waits
(`patience`), they get what was true a moment ago, and the page says so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from gengdu.records import reading

log = logging.getLogger(__name__)

T = TypeVar("T")
View = Callable[..., HttpResponseBase]


@dataclass
class Patience:
    """How long one page waits for what is of this moment.

    Attributes:
        until: When it stops waiting, on the monotonic clock, in seconds.
        shown_of: The oldest moment, on the same clock, that something shown instead is of; None if
            nothing is.
    """

    until: float
    shown_of: float | None = None

    def shows(self, made_at: float) -> None:
        """Note that something of a moment ago is shown."""
        self.shown_of = made_at if self.shown_of is None else min(self.shown_of, made_at)


_one_at_a_time = threading.Lock()  # who waits for nothing keeps the cores free for pages
_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[Patience]:
    """Let what is asked for inside be of a moment ago if it takes longer than some seconds."""
    given = Patience(time.monotonic() + seconds)
    token = _patience.set(given)
    try:
        yield given
    finally:
        _patience.reset(token)


def lag() -> float | None:
    """Return how many seconds old this page's numbers are, where they are not of now."""
    given = _patience.get()
    if given is None or given.shown_of is None:
        return None
    return time.monotonic() - given.shown_of


def may_lag(view: View) -> View:
    """Let a page that only shows be of a moment ago, for settings.NUMBERS_WAIT_SECONDS at most.

    Whoever writes on what they see does it by POST, which always works on what is true now.
    """

    @wraps(view)
    def lagging(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with patience(settings.NUMBERS_WAIT_SECONDS):
            return view(request, *args, **kwargs)

    return lagging


@dataclass(frozen=True)
class _Made(Generic[T]):
    state: Hashable
    found: T
    at: float
    is_overdue: bool = False  # its renewal failed: only what stands beside a page goes on with it


class Renewing:
    """Remembers what was made of states of the registers, by key, and renews it when they move."""

    def __init__(self, kept: int) -> None:
        """Take how many things are remembered; the one asked for least lately goes first."""
        self._most = kept
        self._lock = threading.Lock()
        self._kept: dict[Hashable, _Made[Any]] = {}
        self._renewals: dict[Hashable, threading.Event] = {}

    def get(
        self,
        key: Hashable,
        now: Hashable,
        make: Callable[[], tuple[Hashable, T]],
        *,
        is_aside: bool = False,
    ) -> T:
        """Return what a key stands for, of this state or, where a page allows it, of an older one.

        What may still be rolled back is not remembered.

        Args:
            key: Names what is made.
            now: The state of what it is made of, as just read.
            make: Makes it, and says of which state; called in a thread of its own where something
                older is there to be shown.
            is_aside: Whether it stands beside the matter of a page, which then never waits for it
                and need not say so.
        """
        known, given, asked_at = self._known(key), _patience.get(), time.monotonic()
        if reading.may_be_undone():
            return self._as_others_see(key, make) if is_aside else make()[1]
        if known is not None and known.state == now:
            return known.found  # type: ignore[no-any-return]
        if known is not None and is_aside:
            self._renewal(key, make)
            return known.found  # type: ignore[no-any-return]
        if known is None or known.is_overdue or given is None:
            return self._make(key, make).found
        known = self._in_time(key, make, given)
        if known.state != now and known.at < asked_at:
            given.shows(known.at)
        return known.found  # type: ignore[no-any-return]

    def _as_others_see(self, key: Hashable, make: Callable[[], tuple[Hashable, T]]) -> T:
        """Return what stands beside a page of somebody who may still take back what they wrote.

        It is made by a thread of its own, which sees what everybody sees, and so may be kept.
        """
        if self._known(key) is None:
            self._renewal(key, make).wait()
        known = self._known(key)
        return known.found if known is not None else make()[1]

    def _in_time(
        self, key: Hashable, make: Callable[[], tuple[Hashable, T]], given: Patience
    ) -> _Made[T]:
        """Return the newest thing there is once a page's patience is over."""
        self._renewal(key, make).wait(max(0.0, given.until - time.monotonic()))
        known = self._known(key)
        if known is None or known.is_overdue:  # whoever needs it sees the fault
            return self._make(key, make)
        return known

    def known(self, key: Hashable, now: Hashable) -> Any | None:
        """Return what a key stands for if it is of this state, without making anything."""
        found = None if reading.may_be_undone() else self._known(key)
        return found.found if found is not None and found.state == now else None

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        """Return how many things are remembered."""
        return len(self._kept)

    def _known(self, key: Hashable) -> _Made[Any] | None:
        with self._lock:
            found = self._kept.pop(key, None)
            if found is not None:
                self._kept[key] = found  # the latest asked for stands last
            return found

    def _make(self, key: Hashable, make: Callable[[], tuple[Hashable, T]]) -> _Made[T]:
        begun = time.monotonic()
        state, found = make()
        made = _Made(state, found, begun)
        with self._lock:
            self._kept.pop(key, None)
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = made
        return made

    def _renewal(self, key: Hashable, make: Callable[[], tuple[Hashable, T]]) -> threading.Event:
        """Return what tells the end of a key's renewal, which begins unless it is under way."""
        with self._lock:
            under_way = self._renewals.get(key)
            if under_way is not None:
                return under_way
            ended = self._renewals[key] = threading.Event()
        threading.Thread(target=self._renew, args=(key, make, ended), daemon=True).start()
        return ended

    def _renew(
        self, key: Hashable, make: Callable[[], tuple[Hashable, T]], ended: threading.Event
    ) -> None:
        try:
            with _one_at_a_time:
                self._make(key, make)
        except Exception:
            log.exception("what pages show could not be renewed")
            with self._lock:
                if key in self._kept:
                    self._kept[key] = replace(self._kept[key], is_overdue=True)
        finally:
            connection.close()
            with self._lock:
                self._renewals.pop(key, None)
            ended.set()
