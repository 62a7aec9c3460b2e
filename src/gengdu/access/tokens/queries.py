"""Whose a token is, and whether it opens anything now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gengdu.access.backends import AccountBackend
from gengdu.access.models import Account
from gengdu.access.second_factor import queries as second_factor
from gengdu.access.tokens.models import Token
from gengdu.access.tokens.operations import MARK, digest_of


class Refused(Exception):
    """The token opens nothing; the message says why and what to do."""


def of_account(account_id: int) -> QuerySet[Token]:
    """Return the tokens of an account, newest first."""
    return Token.objects.filter(account_id=account_id).order_by("-created_at", "-pk")


def usable(secret: str, *, at: datetime) -> tuple[Token, Account]:
    """Return the token with this secret and its account as it is at this moment.

    Raises:
        Refused: If there is none, or it or its account may not come in.
    """
    token = None
    if secret.startswith(MARK) and secret.isascii():
        token = Token.objects.filter(digest=digest_of(secret)).first()
    if token is None:
        raise Refused(_("没有这个令牌。请核对是否抄写完整，或到“我的账号”里新建。"))
    if token.revoked_at is not None:
        raise Refused(_("这个令牌已吊销。请到“我的账号”里新建。"))
    if not token.is_alive(at):
        raise Refused(_("这个令牌已到期。请到“我的账号”里新建。"))
    account = Account.objects.filter(pk=token.account_id).first()
    if account is None or not AccountBackend().user_can_authenticate(account):
        raise Refused(_("令牌所属的账号已停用。请找管理员办理。"))
    if account.must_change_password:
        raise Refused(_("令牌所属的账号还在用初始密码。请先登录网页修改密码。"))
    if second_factor.is_required(account) and not second_factor.is_enrolled(account):
        raise Refused(_("令牌所属的账号还没有启用动态码。请先登录网页启用。"))
    return token, account
