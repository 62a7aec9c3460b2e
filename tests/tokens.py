"""Tokens for tests, and a program that calls the API with one."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from gengdu.access import scope
from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.tokens import operations
from gengdu.access.tokens.forms import GRANTABLE
from gengdu.access.tokens.models import Token

ROOT = "/api/v1"


@dataclass
class Program:
    """A program with a token, which brings no cookies."""

    secret: str

    def get(self, path: str, query: dict[str, Any] | None = None, **head: str) -> HttpResponse:
        """Ask for an address of the API."""
        return Client().get(ROOT + path, query or {}, headers=self._head(head))

    def post(self, path: str, body: Any, **head: str) -> HttpResponse:
        """Bring something to an address of the API."""
        return Client().post(
            ROOT + path, json.dumps(body), content_type="application/json", headers=self._head(head)
        )

    def _head(self, head: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **head}


def now() -> datetime:
    """Return this moment: tokens live in real time."""
    return datetime.now(UTC)


def grantable(role: str) -> list[str]:
    """Return all that a token of a role can be given."""
    return [item for item in GRANTABLE if scope.allows(role, item)]


def token_of(account: Account, permissions: Collection[str] | None = None) -> tuple[Token, str]:
    """Make a token of an account, with all that it may do unless less is named."""
    asked = grantable(account.role) if permissions is None else permissions
    return operations.issue(
        account, name="教务系统", permissions=asked, expires_at=now() + timedelta(days=30),
        at=now(), by=Actor(account.pk, account.username),
    )  # fmt: skip


def program(account: Account, permissions: Collection[str] | None = None) -> Program:
    """Return a program with a new token of an account."""
    return Program(token_of(account, permissions)[1])


def of_whoever(account: Account) -> Program:
    """Return a program with a token of an account that could not make one now.

    As if its role had been another when the token was made.
    """
    secret = operations.MARK + f"of-{account.username}"
    Token.objects.create(
        account_id=account.pk, name="旧", prefix=secret[: operations.SHOWN],
        digest=operations.digest_of(secret), scopes=" ".join(GRANTABLE), created_at=now(),
        expires_at=now() + timedelta(days=1), window_starts_at=now(),
    )  # fmt: skip
    return Program(secret)
