"""What every page of a register stands on: who looks, on which day, and the shell around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gengdu.access import looking
from gengdu.access.guards import account_of
from gengdu.access.masking import masked
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records.ledgers import Ledger
from gengdu.records.sheets import Column, Register
from gengdu.web import moments

KEYS_AT_ONCE = 10_000


def around(request: HttpRequest, register: Register) -> dict[str, Any]:
    """Light the line of a register in the menu, and return where it belongs.

    A ledger stands under its measure, on the page of its chapter.
    """
    measure = None
    if isinstance(register, Ledger):
        measure = register.place
        lit = reverse("chapter", args=[measure.chapter]) if measure.chapter else reverse("overview")
    else:
        lit = reverse(f"{register.beside or register.key}_list")
    request.gengdu_menu = lit  # type: ignore[attr-defined]
    return {"register": register, "measure": measure}


@dataclass(frozen=True)
class Ground:
    """One register and who may be looking at it."""

    register: Register
    viewer_of: Callable[..., Viewer]

    def viewer(self, request: HttpRequest, on: date | None = None) -> Viewer:
        """Return who looks, with the schools of their scope on the day of the page or another."""
        return self.viewer_of(self.account(request), on=on or moments.moment_of(request).on)

    def account(self, request: HttpRequest) -> Account:
        """Return who has signed in."""
        return account_of(request)

    def shell(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the templates of a register need; its line in the menu is the one lit."""
        return {
            **around(request, self.register), "url": {"list": self.address("list")},
            "detail": self.route("detail"),
        }  # fmt: skip

    def route(self, page: str) -> str:
        """Return the name of the route to one of the register's pages."""
        return f"{self.register.key}_{page}"

    def address(self, page: str, *args: Any) -> str:
        """Return the address of one of the register's pages."""
        return reverse(self.route(page), args=args)

    def note_look(
        self, request: HttpRequest, things: Iterable[int], schools: Iterable[int], what: str
    ) -> None:
        """Write into the trail that children were shown, where the register holds children."""
        if self.register.shows_children:
            looking.looked(
                request,
                subject=self.register.model_label,
                ids=things,
                school_ids=schools,
                what=what,
            )

    def names(self, things: Iterable[int], on: date) -> dict[int, str]:
        """Return what things are called on a day; the caller has checked the viewer's right."""
        path = self.register.path(self.register.by_key[self.register.name])
        kind = self.register.by_key[self.register.name].kind_on(on)
        return {
            thing: str(kind.shown(value))
            for thing, value in self._read(path, things, on)
            if value not in (None, "")
        }

    def schools(self, things: Iterable[int], on: date) -> set[int]:
        """Return the schools that hold things on a day, where the register knows one."""
        if not self.register.school:
            return set()
        path = self.register.path(self.register.by_key[self.register.school])
        return {school for _thing, school in self._read(path, things, on) if school is not None}

    def _read(self, path: str, things: Iterable[int], on: date) -> Iterator[tuple[int, Any]]:
        wanted = iter(things)
        while some := list(islice(wanted, KEYS_AT_ONCE)):
            rows = self.register.rows(on).filter(thing__in=some)
            yield from rows.order_by().values_list("thing", path)


def said(column: Column, text: str) -> str:
    """Return a text as it may be shown of a column, hidden numbers hidden."""
    return masked(column.masking, text) if column.masking else text
