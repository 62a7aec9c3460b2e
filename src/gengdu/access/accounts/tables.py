"""How accounts are asked for and listed."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access import naming
from gengdu.access.models import Account, Role


class AccountFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What the query bar of the accounts offers."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("账号、姓名或职务"))
    role = django_filters.ChoiceFilter(
        choices=Role, label=gettext_lazy("角色"), empty_label=gettext_lazy("全部")
    )
    state = django_filters.ChoiceFilter(
        field_name="is_active",
        label=gettext_lazy("状态"),
        empty_label=gettext_lazy("全部"),
        choices=(("True", gettext_lazy("在用")), ("False", gettext_lazy("已停用"))),
    )

    class Meta:
        model = Account
        fields = ("q", "role", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        super().__init__(*args, **kwargs)
        for name, field in self.form.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def by_name(self, accounts: QuerySet[Account], _name: str, value: str) -> Any:
        """Keep accounts whose name, person or post has the words."""
        return accounts.filter(
            Q(username__icontains=value)
            | Q(last_name__icontains=value)
            | Q(title_zh__icontains=value)
        )


class AccountTable(tables.Table):  # type: ignore[misc]
    """The columns of the list of accounts."""

    username = tables.Column(gettext_lazy("账号"), attrs={"td": {"class": "lead-cell"}})
    last_name = tables.Column(gettext_lazy("姓名"), default="—")
    title_zh = tables.Column(default="—")
    role = tables.Column()
    scope = tables.Column(gettext_lazy("查看范围"), empty_values=(), orderable=False)
    body_key = tables.Column(default="—")
    last_login = tables.DateTimeColumn(
        format="Y-m-d H:i", verbose_name=gettext_lazy("上次登录"), default="—"
    )
    is_active = tables.Column(gettext_lazy("状态"))

    class Meta:
        template_name = "web/table.html"
        attrs = {"class": "plain cards"}
        empty_text = gettext_lazy("没有符合条件的账号。请放宽筛选条件，或点“新建账号”。")

    scopes: dict[int, str]

    def render_username(self, value: str, record: Account) -> str:
        """Link to the account's page."""
        address = reverse("account", args=[record.pk])
        return format_html('<a class="num" href="{}">{}</a>', address, value)

    def render_scope(self, record: Account) -> str:
        """Say how far the account sees."""
        return self.scopes.get(record.pk, "")

    def render_body_key(self, value: str) -> str:
        """Name the responsible body."""
        return naming.body(value) or "—"

    def render_is_active(self, value: bool, record: Account) -> str:
        """Say whether the account is in use."""
        if not value:
            return _("○ 已停用")
        return _("● 在用，待改初始密码") if record.must_change_password else _("● 在用")
