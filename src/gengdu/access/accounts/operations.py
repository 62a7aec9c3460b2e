"""Creates, resets, hands over and ends accounts; each of it stands in the trail."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from gengdu.access import passwords
from gengdu.access.actors import Actor
from gengdu.access.models import Account, Role, ScopeKind
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
        raise CannotCreate(f"账号 {wanted.username} 已经有了，没有新建。请另取一个账号名。")
    if wanted.scope_kind in (ScopeKind.TOWN, ScopeKind.SCHOOL) and wanted.scope_key is None:
        raise CannotCreate("没有选定镇或学校，没有新建。请选定查看范围是哪个镇或哪所学校。")
    if wanted.body_key and wanted.body_key not in facts.plan().bodies:
        raise CannotCreate(f"方案里没有“{wanted.body_key}”这个责任单位，没有新建。请核对。")
    account = Account(
        username=wanted.username,
        last_name=wanted.name,
        title_zh=wanted.title_zh,
        role=wanted.role,
        scope_kind=wanted.scope_kind,
        scope_key=wanted.scope_key,
        body_key=wanted.body_key,
    )
    try:
        account.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CannotCreate("".join(error.messages)) from None
    return account


def note(by: Actor, account: Account, what: str) -> None:
    """Write into the trail what became of an account; last inside the transaction."""
    schools = [account.scope_key] if account.scope_kind == ScopeKind.SCHOOL else []
    append(
        by, Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
        school_ids=[key for key in schools if key], detail={"what": f"{account.username}：{what}"},
    )  # fmt: skip
