"""What is asked about an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access import naming
from gengdu.access.accounts import queries
from gengdu.access.accounts.operations import Wanted
from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.scope import SCOPE_OF_ROLE


class Styled(forms.Form):
    """A form whose fields look like the rest of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress every field."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


class PersonForm(Styled):
    """The account name and the person's name."""

    username = forms.CharField(
        label=gettext_lazy("账号"), max_length=150,
        help_text=gettext_lazy("登录时用，如姓名拼音；建好后不改。"),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)


class AccountForm(PersonForm):
    """Everything about an account that its manager decides."""

    title_zh = forms.CharField(
        label=gettext_lazy("职务"), max_length=60, required=False,
        help_text=gettext_lazy("显示在页面右上角，如“崮山小学 资料员”。"),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=())
    town = forms.TypedChoiceField(
        label=gettext_lazy("镇"), choices=(), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("镇工作人员必选；责任区督学可选。"),
    )  # fmt: skip
    school = forms.TypedChoiceField(
        label=gettext_lazy("学校"), choices=(), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("校长、资料员、教师必选。"),
    )  # fmt: skip
    body = forms.ChoiceField(
        label=gettext_lazy("责任单位"), choices=(), required=False,
        help_text=gettext_lazy("其他责任单位的人必选；学校的人不选。"),
    )  # fmt: skip

    def __init__(self, *args: Any, manager: Account, on: date, **kwargs: Any) -> None:
        """Offer what the manager may hand out; a head hands out only at the own school."""
        super().__init__(*args, **kwargs)
        self.manager = manager
        self._offer("role", [("", _("（请选择）")), *queries.roles_given_by(manager)])
        if manager.role != Role.DISTRICT_ADMIN:
            for name in ("town", "school", "body"):
                del self.fields[name]
            return
        nothing = ("", _("（不选）"))
        self._offer("town", [nothing, *naming.towns_offered(on=on)])
        self._offer("school", [nothing, *naming.schools_offered(on=on)])
        self._offer("body", [nothing, *naming.bodies_offered()])

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def wanted(self) -> Wanted:
        """Return the account that was described."""
        written = self.cleaned_data
        kind, key = self._scope()
        return Wanted(
            username=written.get("username", ""), name=written["name"], role=written["role"],
            scope_kind=kind, scope_key=key, title_zh=written["title_zh"],
            body_key=written.get("body", ""),
        )  # fmt: skip

    def _scope(self) -> tuple[str, int | None]:
        if self.manager.role != Role.DISTRICT_ADMIN:
            return ScopeKind.SCHOOL, self.manager.scope_key
        role, town, school = (self.cleaned_data.get(name) for name in ("role", "town", "school"))
        kind = SCOPE_OF_ROLE.get(str(role), ScopeKind.DISTRICT)
        if role == Role.INSPECTOR and (town or school):
            kind = ScopeKind.SCHOOL if school else ScopeKind.TOWN
        return kind, {ScopeKind.TOWN: town, ScopeKind.SCHOOL: school}.get(kind)


class StandInForm(Styled):
    """Who acts for me, from when to when."""

    deputy = forms.ModelChoiceField(
        label=gettext_lazy("代办人"), queryset=Account.objects.none(),
        empty_label=gettext_lazy("（请选择）"),
    )  # fmt: skip
    first = forms.DateField(
        label=gettext_lazy("从"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("到（含）"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, absent: Account, **kwargs: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deputy"]
        field.queryset = queries.colleagues(absent)
        field.label_from_instance = lambda one: f"{one.last_name}（{one.title_zh or one.username}）"

    def ends_on(self) -> date:
        """Return the day before which it ends."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)
