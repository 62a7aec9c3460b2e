"""Who calls: the token in the request's head, and what it opens at this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from gengdu.access import looking
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.access.tokens import queries
from gengdu.access.tokens.models import Token
from gengdu.access.tokens.operations import TooMany, count_use
from gengdu.access.trail.operations import MOST_IDS
from gengdu.api.errors import ApiError, invalid
from gengdu.records.sheets import Register
from gengdu.registers.schools.queries import viewer_of


@dataclass(frozen=True)
class Caller:
    """A token and its account, read afresh with every request."""

    token: Token
    account: Account

    def viewer(self, on: date) -> Viewer:
        """Return who looks: what the account may do now, narrowed to what the token may."""
        return replace(viewer_of(self.account, on=on), only=self.token.permissions)

    def may(self, permission: str) -> bool:
        """Tell whether both the account and the token hold a permission."""
        return replace(Viewer.of(self.account), only=self.token.permissions).may(permission)


class Bearer(HttpBearer):
    """Lets a token in that holds a permission; without one, any token of whoever may use the API.

    Attributes:
        permission: What the address asks for besides use_api; empty for nothing.
    """

    def __init__(self, permission: str = "") -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Return who calls.

        Raises:
            ApiError: If the token opens nothing, was used too often, or may not do this.
        """
        now = timezone.now()  # noqa: TID251
        try:
            found, account = queries.usable(token, at=now)
            count_use(found, at=now)
        except queries.Refused as error:
            raise ApiError(401, str(error)) from None
        except TooMany as error:
            message = f"这个令牌用得太勤，没有处理。请 {error.wait} 秒后再试。"
            raise ApiError(429, message, headers={"Retry-After": str(error.wait)}) from None
        request.user = account
        caller = Caller(found, account)
        self._check(caller)
        return caller

    def _check(self, caller: Caller) -> None:
        if not Viewer.of(caller.account).may("use_api"):
            raise ApiError(403, "这个账号没有使用接口的权限。请找管理员办理。")
        require(caller, self.permission)


def require(caller: Caller, permission: str) -> None:
    """Refuse a caller without a permission.

    Raises:
        ApiError: If the account or the token does not hold it.
    """
    if not permission or caller.may(permission):
        return
    if Viewer.of(caller.account).may(permission):
        raise ApiError(403, "这个令牌创建时没有勾选这项权限。请另建一个令牌。")
    raise ApiError(403, "这个账号没有这项权限。请找管理员办理。")


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls; every address of the API has asked before."""
    found: Any = request.auth  # type: ignore[attr-defined]
    assert isinstance(found, Caller)
    return found


def reason_of(request: HttpRequest) -> str:
    """Return why somebody wants whole numbers, from the head Reason; empty where they do not.

    Heads carry UTF-8 that Django reads as Latin-1, or per cent signs from careful clients.

    Raises:
        ApiError: If the caller may not see whole numbers, or gives no reason after all.
    """
    raw = request.headers.get("Reason")
    if raw is None:
        return ""
    if not caller_of(request).may("reveal_personal"):
        raise ApiError(403, "没有取得完整号码的权限。请去掉请求头 Reason，号码将部分隐去。")
    try:
        text = raw.encode("latin-1").decode()
    except UnicodeError:
        text = raw
    reason = unquote(text).replace("\0", "").strip()[:200]
    if not reason:
        raise invalid("Reason", "没有写明理由，请写明用途，例如：核对学籍")
    return reason


def note(
    request: HttpRequest, register: Register, things: list[int], schools: set[int], *, what: str,
    reason: str = "",
) -> None:  # fmt: skip
    """Write into the trail which records a program is given, and if any are whole.

    The trail keeps so many ids an entry; of more, nobody may be left out.
    """
    for ids in _lots(things):
        if reason:
            looking.revealed(
                request, subject=register.model_label, ids=ids, school_ids=schools, what=what,
                reason=reason,
            )  # fmt: skip
        if register.shows_children:
            _called(request, register, ids, schools, what=what, reason=reason)


def note_written(
    request: HttpRequest, register: Register, things: list[int], schools: set[int], *, what: str,
    reason: str,
) -> None:  # fmt: skip
    """Write into the trail which records a program changes; new ones have no ids yet."""
    for ids in _lots(things) or [[]]:
        _called(request, register, ids, schools, what=what, reason=reason)


def _lots(things: list[int]) -> list[list[int]]:
    return [things[start : start + MOST_IDS] for start in range(0, len(things), MOST_IDS)]


def _called(
    request: HttpRequest, register: Register, ids: list[int], schools: set[int], *, what: str,
    reason: str,
) -> None:  # fmt: skip
    looking.called(
        request, subject=register.model_label, ids=ids, school_ids=schools, what=what,
        token=caller_of(request).token.prefix, reason=reason,
    )  # fmt: skip
