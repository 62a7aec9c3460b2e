from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password

from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry
from gengdu.cli import main

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


def create(*arguments: str) -> None:
    main(["account", "create", *arguments])


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as left:
        create(*arguments)
    assert left.value.code == 2
    return capsys.readouterr().err


def test_a_new_account_has_a_password_that_is_printed_once_and_must_be_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    create("min", "--role", "district_admin", "--name", "王敏", "--title", "教育分局")

    told = capsys.readouterr().out
    password = told.split("初始密码：", 1)[1].split()[0]
    made = Account.objects.get(username="min")
    assert check_password(password, made.password)
    assert (made.role, made.scope_kind, made.last_name) == ("district_admin", "district", "王敏")
    assert made.must_change_password
    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.ids) == ("account", [made.pk])
    assert password not in entry.detail


def test_two_first_passwords_are_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("min", "jing"):
        create(name, "--role", "auditor", "--name", "沈静")

    told = capsys.readouterr().out
    assert len({line for line in told.splitlines() if "初始密码" in line}) == 2


def test_a_school_role_reaches_its_school() -> None:
    create("zi", "--role", "school_clerk", "--name", "郑", "--scope", "7")

    made = Account.objects.get(username="zi")
    assert (made.scope_kind, made.scope_key) == ("school", 7)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("zi", "--role", "school_clerk", "--name", "郑"), "请选定查看范围"),
        (("zi", "--role", "body_officer", "--name", "吴"), "须写明是哪个单位"),
        (("zi", "--role", "body_officer", "--name", "吴", "--body", "navy"), "没有“navy”"),
        (("zi", "--role", "bureau_officer", "--name", "吴", "--scope", "7"), "不应再指定镇或学校"),
        (("zi", "--role", "king", "--name", "吴"), "应为"),
        (("zi zi", "--role", "auditor", "--name", "吴"), "用户名"),
        (("zi", "--name", "吴"), "缺少参数"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert told in refused(capsys, *arguments)
    assert not Account.objects.exists()


def test_a_name_is_taken_once_whatever_its_case(capsys: pytest.CaptureFixture[str]) -> None:
    create("min", "--role", "auditor", "--name", "王敏")

    assert "已经有了" in refused(capsys, "MIN", "--role", "auditor", "--name", "王敏")
