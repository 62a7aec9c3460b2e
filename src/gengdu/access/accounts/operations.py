"""Creates, resets, hands over and ends accounts; each of it stands in the trail."""

from __future__ import annotations

from dataclasses import dataclass

from axes.utils import reset as unlock
from django.core.exceptions import ValidationError
from django.db import transaction

from gengdu.access import passwords
from gengdu.access.actors import Actor
from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.second_factor import operations as second_factor
from gengdu.access.signins import operations as signins
from gengdu.access.tokens import operations as tokens
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append
from gengdu.policy import facts


class CannotCreate(ValueError):
    """The account asked for cannot be; the message says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """What an account is to be.

    Attributes:
        name: The person's name.
        title_zh: The post, such as 崮山小学 资料员.
        scope_key: Place id of the town or id of the school.
        body_key: The responsible body, by the key of the plan.
    """

    username: str
    name: str
    role: str
    scope_kind: str
    title_zh: str = ""
    scope_key: int | None = None
    body_key: str = ""


@transaction.atomic
def create(wanted: Wanted, *, by: Actor) -> tuple[Account, str]:
    """Create an account and return it with its first password, which is kept nowhere.

    Raises:
        CannotCreate: If the name is taken or the account contradicts itself.
    """
    account = _new(wanted)
    password = passwords.first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save()
    note(by, account, f"新建账号，角色：{Role(account.role).label}")
    return account, password


def _new(wanted: Wanted) -> Account:
    """Return an account that the database would take."""
    if Account.objects.filter(username__iexact=wanted.username).exists():
        raise CannotCreate(f"账号 {wanted.username} 已经有了，没有保存。请另取一个账号名。")
    account = Account(username=wanted.username)
    _fill(account, wanted)
    _check(account)
    return account


def _fill(account: Account, wanted: Wanted) -> None:
    account.last_name = wanted.name
    account.title_zh = wanted.title_zh
    account.role = wanted.role
    account.scope_kind = wanted.scope_kind
    account.scope_key = wanted.scope_key
    account.body_key = wanted.body_key


def _check(account: Account) -> None:
    """Say in words what the database would refuse."""
    if account.scope_kind in (ScopeKind.TOWN, ScopeKind.SCHOOL) and account.scope_key is None:
        raise CannotCreate("没有选定镇或学校，没有保存。请选定查看范围是哪个镇或哪所学校。")
    if account.body_key and account.body_key not in facts.plan().bodies:
        raise CannotCreate(f"方案里没有“{account.body_key}”这个责任单位，没有保存。请核对。")
    try:
        account.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CannotCreate("".join(error.messages)) from None


@transaction.atomic
def amend(account: Account, wanted: Wanted, *, by: Actor) -> None:
    """Give an account another post, role or scope; all its sessions end.

    Raises:
        CannotCreate: If the account would contradict itself.
    """
    _fill(account, wanted)
    _check(account)
    account.save()
    signins.end_all(account.pk)
    note(by, account, f"改为：{Role(account.role).label}，{account.get_scope_kind_display()}")


@transaction.atomic
def reset(account: Account, *, by: Actor) -> str:
    """Return a new first password; locks and telephone are forgotten, sessions and tokens end."""
    password = passwords.first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    second_factor.remove(account)
    unlock(username=account.username)
    signins.end_all(account.pk)
    tokens.revoke_all(account.pk)
    note(by, account, "重设密码和动态码，解除锁定")
    return password


@transaction.atomic
def disable(account: Account, *, by: Actor) -> None:
    """Take an account out of service; its history stays."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    signins.end_all(account.pk)
    tokens.revoke_all(account.pk)
    note(by, account, "停用")


@transaction.atomic
def enable(account: Account, *, by: Actor) -> None:
    """Put an account back into service.

    Raises:
        CannotCreate: If somebody else has taken over its post.
    """
    if Account.objects.filter(succeeds=account).exists():
        raise CannotCreate(f"{account.username} 的岗位已交给接替人，没有启用。请为本人另建账号。")
    account.is_active = True
    account.save(update_fields=["is_active"])
    note(by, account, "启用")


@transaction.atomic
def hand_over(account: Account, *, username: str, name: str, by: Actor) -> tuple[Account, str]:
    """Give a post to a new person: a new account with the same role and scope, the old one ends.

    Returns:
        The new account and its first password.

    Raises:
        CannotCreate: If the new name is taken, or the post was handed over before.
    """
    if Account.objects.filter(succeeds=account).exists():
        raise CannotCreate(f"{account.username} 的岗位已经交接过，没有再办。请从接替人的账号办理。")
    wanted = Wanted(
        username=username, name=name, role=account.role, scope_kind=account.scope_kind,
        title_zh=account.title_zh, scope_key=account.scope_key, body_key=account.body_key,
    )  # fmt: skip
    successor, password = create(wanted, by=by)
    successor.succeeds = account
    successor.save(update_fields=["succeeds"])
    disable(account, by=by)
    note(by, account, f"岗位交接给 {successor.username}")
    return successor, password


def note(by: Actor, account: Account, what: str) -> None:
    """Write into the trail what became of an account; last inside the transaction."""
    schools = [account.scope_key] if account.scope_kind == ScopeKind.SCHOOL else []
    append(
        by, Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
        school_ids=[key for key in schools if key], detail={"what": f"{account.username}：{what}"},
    )  # fmt: skip
