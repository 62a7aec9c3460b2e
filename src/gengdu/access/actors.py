"""Who does something, as the trail names them."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from gengdu.access.models import Account


@dataclass(frozen=True)
class Actor:
    """One person at one place, or a command typed at the server.

    Attributes:
        role: The role whose rights are used, which is the absent person's for a stand-in.
        stands_in_for: Account name of the absent person; empty when acting for oneself.
        path: The page asked for.
        client: The address the request came from.
    """

    account_id: int | None
    username: str
    role: str = ""
    stands_in_for_id: int | None = None
    stands_in_for: str = ""
    path: str = ""
    client: str = ""

    @classmethod
    def of(cls, request: HttpRequest, account: Account | None = None) -> Actor:
        """Return who makes a request; an account may be named that has not signed in yet."""
        found = account or getattr(request, "user", None)
        path, client = request.path, client_address(request)
        if not isinstance(found, Account):
            return cls(None, "", path=path, client=client)
        absent = found.acting_for
        return cls(
            found.pk, found.username, found.rights.role,
            absent.pk if absent else None, absent.username if absent else "", path, client,
        )  # fmt: skip


_acting: ContextVar[Callable[[], Actor] | None] = ContextVar("acting", default=None)


@contextmanager
def acting(who: Callable[[], Actor]) -> Iterator[None]:
    """Let everything written meanwhile be somebody's act, for whom, and from where.

    What writes is far below the page that knows: it is told by the context, as a database's user
    is. Asked only when something is written, for most requests write nothing.
    """
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_as(account: Account) -> Actor:
    """Return who writes in the name of an account: whoever acts now, where it is that account."""
    who = _acting.get()
    actor = who() if who is not None else None
    if actor is not None and actor.account_id == account.pk:
        return actor
    return Actor(account.pk, account.username, account.role)


def typed_at_the_server() -> Actor:
    """Return who types a command: the server's own user name, with a mark that it is one."""
    return Actor(None, f"命令行 {getpass.getuser()}")


def client_address(request: HttpRequest) -> str:
    """Return the address a request came from, behind as many proxies as the settings trust."""
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    steps = [step.strip() for step in forwarded.split(",") if step.strip()] + [nearest]
    position = min(settings.TRUSTED_PROXIES, len(steps) - 1)
    found = steps[-1 - position]
    return found if _is_address(found) else nearest[:45]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
