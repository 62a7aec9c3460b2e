"""Makes, counts and revokes tokens; making and revoking stand in the trail."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now

from gengdu.access import scope
from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.access.tokens.models import Token
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append

MARK = "gd_"
"""Begins every token, so that one left in a file or a mail is known for what it is."""

SHOWN = 10
LONGEST = timedelta(days=365)
MOST_ALIVE = 20
WINDOW = timedelta(minutes=1)


class CannotIssue(ValueError):
    """The token asked for cannot be; the message says why and what to do."""


class TooMany(Exception):
    """A token was used more often than it may be.

    Attributes:
        wait: Seconds until it may be used again.
    """

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def digest_of(secret: str) -> str:
    """Return under what a token is found; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(
    account: Account, *, name: str, permissions: Collection[str], expires_at: datetime,
    at: datetime, by: Actor,
) -> tuple[Token, str]:  # fmt: skip
    """Make a token and return it with its secret, which is kept nowhere.

    Raises:
        CannotIssue: If it would reach further or live longer than it may.
    """
    lacking = [item for item in permissions if not scope.allows(account.role, item)]
    if lacking or not scope.allows(account.role, "use_api"):
        raise CannotIssue("令牌的权限不能超出账号本身的权限，没有创建。请重新勾选。")
    if not at < expires_at <= at + LONGEST:
        raise CannotIssue(f"令牌最长使用 {LONGEST.days} 天，没有创建。请选近一些的到期时间。")
    alive = Token.objects.filter(account_id=account.pk, revoked_at=None, expires_at__gt=at)
    if alive.count() >= MOST_ALIVE:
        raise CannotIssue(f"在用的令牌已有 {MOST_ALIVE} 个，没有创建。请先吊销不用的。")
    secret = MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account_id=account.pk, name=name, prefix=secret[:SHOWN], digest=digest_of(secret),
        scopes=" ".join(sorted(permissions)), created_at=at, expires_at=expires_at,
        window_starts_at=at,
    )  # fmt: skip
    _note(by, token, "新建")
    return token, secret


def revoke(token: Token, *, at: datetime, by: Actor) -> None:
    """End a token for good; done twice, it is ended once."""
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        _note(by, token, "吊销")


def revoke_all(account_id: int) -> int:
    """End every token of an account that loses its password or its place; return how many.

    The moment is the database's: whoever disables an account has no clock at hand.
    """
    alive = Token.objects.filter(account_id=account_id, revoked_at=None)
    return alive.update(revoked_at=Now())


def count_use(token: Token, *, at: datetime) -> None:
    """Note that a token is used, in one statement: right with many threads and processes.

    Raises:
        TooMany: If it was used as often as it may be in this minute.
    """
    start = at.replace(second=0, microsecond=0)
    counted = (
        Token.objects.filter(pk=token.pk)
        .exclude(window_starts_at=start, window_count__gte=settings.API_CALLS_PER_MINUTE)
        .update(
            window_count=Case(
                When(window_starts_at=start, then=F("window_count") + 1), default=Value(1)
            ),
            window_starts_at=start,
            last_used_at=at,
        )
    )
    if not counted:
        raise TooMany(max(1, int((start + WINDOW - at).total_seconds())))


def _note(by: Actor, token: Token, what: str) -> None:
    detail = {"what": f"{what}接口令牌 {token.name}（{token.prefix}…）", "scopes": token.scopes}
    append(by, Kind.ACCOUNT, subject=Account._meta.label, ids=[token.account_id], detail=detail)
