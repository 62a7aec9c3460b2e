"""Creates accounts where there is nobody yet who could do it on the page."""

from __future__ import annotations

import click

from gengdu.access import naming
from gengdu.access.accounts import operations
from gengdu.access.actors import typed_at_the_server
from gengdu.access.models import Role, ScopeKind
from gengdu.access.scope import SCOPE_OF_ROLE
from gengdu.cli.help import ChineseGroup
from gengdu.cli.messages import CannotGoOn


@click.group(cls=ChineseGroup, name="account")
def account() -> None:
    """账号：第一个区管理员在这里新建，其余在网页上管理。"""


@account.command()
@click.argument("username", metavar="账号")
@click.option("--role", type=click.Choice(Role.values), required=True, help="角色。")
@click.option("--name", metavar="姓名", required=True, help="使用人的姓名。")
@click.option("--title", metavar="职务", default="", help="单位和职务，显示在页面右上角。")
@click.option("--scope", metavar="编号", type=int, help="镇或学校的编号；全区和个案角色不写。")
@click.option("--body", metavar="标识", default="", help="责任单位在方案里的标识。")
def create(username: str, role: str, name: str, title: str, scope: int | None, body: str) -> None:
    """新建一个账号，打印只用一次的初始密码；首次登录须改掉。"""
    kind = SCOPE_OF_ROLE.get(role, ScopeKind.DISTRICT)
    wanted = operations.Wanted(
        username=username, name=name, role=role, scope_kind=kind, title_zh=title,
        scope_key=scope, body_key=body,
    )  # fmt: skip
    try:
        made, password = operations.create(wanted, by=typed_at_the_server())
    except operations.CannotCreate as error:
        raise CannotGoOn(str(error)) from None
    click.echo(
        f"已新建账号 {made.username}（{Role(role).label}，{made.get_scope_kind_display()}）。"
    )
    if body:
        click.echo(f"责任单位：{naming.body(body)}")
    click.echo(f"初始密码：{password}")
    click.echo("只显示这一次，请当面交给本人；首次登录须改成自己的密码。")
