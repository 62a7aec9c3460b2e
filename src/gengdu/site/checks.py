"""Refuses to serve in earnest while the demo's accounts or its password could open the door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.models import QuerySet

from gengdu.access.models import Account
from gengdu.demo.accounts import DEMO_PASSWORD

DEMO_ACCOUNT, KNOWN_PASSWORD, NO_SECOND_STEP = "gengdu.E001", "gengdu.E002", "gengdu.E003"


@register(Tags.security, deploy=True)
def nothing_of_the_demo(**_: Any) -> list[Error]:
    """Find accounts of the demo, and any that has the demo's password."""
    if settings.DEMO or not _has_accounts():
        return []
    found = []
    if not settings.REQUIRE_TOTP:
        found.append(
            Error("正式运行没有要求动态码。请去掉改动 REQUIRE_TOTP 的设置。", id=NO_SECOND_STEP)
        )
    active = Account.objects.filter(is_active=True)
    if names := list(active.filter(is_demo=True).values_list("username", flat=True)):
        found.append(
            Error(
                f"数据库里有示例账号：{'、'.join(names)}，不能正式运行。",
                hint="请换用正式数据库（GENGDU_DATABASE），或先停用这些账号。",
                id=DEMO_ACCOUNT,
            )
        )
    if names := _with_known_password(active.filter(is_demo=False)):
        found.append(
            Error(
                f"这些账号用的是公开的示例密码：{'、'.join(names)}，不能正式运行。",
                hint="请先重设它们的密码。",
                id=KNOWN_PASSWORD,
            )
        )
    return found


def _has_accounts() -> bool:
    """Tell whether there is a database to look into; asking SQLite would make an empty one."""
    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not file.exists():
        return False
    return Account._meta.db_table in connection.introspection.table_names()


def _with_known_password(accounts: QuerySet[Account]) -> list[str]:
    """Return who has the demo's password; checking is slow on purpose, so on every core."""
    rows = [
        row for row in accounts.values_list("username", "password") if is_password_usable(row[1])
    ]

    def is_known(row: tuple[str, str]) -> bool:
        return check_password(DEMO_PASSWORD, row[1])

    with ThreadPoolExecutor() as threads:
        known = list(threads.map(is_known, rows))
    return [name for (name, _), is_open in zip(rows, known, strict=True) if is_open]
