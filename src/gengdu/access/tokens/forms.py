"""What somebody is asked who makes a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gengdu.access import scope

# Permissions that some address of the API asks for, in the order of the form.
GRANTABLE = {
    "view_plan": _("查看方案、承诺和指标"),
    "view_registers": _("查看单位和学校底册"),
    "view_records": _("查看台账"),
    "view_staff": _("查看教职工"),
    "view_children": _("查看学生"),
    "edit_bodies": _("修改单位和村居"),
    "edit_schools": _("修改学校"),
    "edit_reports": _("填报办学条件和班级"),
    "edit_records": _("填报学校台账"),
    "edit_town_records": _("填报村居台账"),
    "review_bureau": _("分局审批台账"),
    "assign_tasks": _("登记整改任务"),
    "edit_staff": _("修改教职工"),
    "edit_children": _("修改学生"),
    "reveal_personal": _("写明理由后取得完整号码"),
}
_DAYS = [(30, _("30 天")), (90, _("90 天")), (180, _("半年")), (365, _("一年"))]


class TokenForm(forms.Form):
    """What it is for, how long it lives, and what it may do of what the account may."""

    name = forms.CharField(label=_("用途"), max_length=60)
    days = forms.TypedChoiceField(label=_("使用期限"), choices=_DAYS, coerce=int, initial=90)
    permissions = forms.MultipleChoiceField(
        label=_("可以做什么"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, role: str, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [item for item in GRANTABLE.items() if scope.allows(role, item[0])]
        self.fields["permissions"].choices = offered  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["class"] = "form-control"
        self.fields["days"].widget.attrs["class"] = "form-select"

    @property
    def lifetime(self) -> timedelta:
        """How long the token is to live."""
        return timedelta(days=self.cleaned_data["days"])
