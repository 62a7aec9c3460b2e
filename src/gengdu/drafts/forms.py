"""What is asked about each item of a reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access.accounts.forms import Styled
from gengdu.drafts import items
from gengdu.drafts.items import Data, Item
from gengdu.notices import naming
from gengdu.notices.reading import plain
from gengdu.policy import facts

UNITS_GRID = "单位｜分工"
MOST_UNITS = 200


def _choices(names: Mapping[str, str], none: str = "") -> list[tuple[str, str]]:
    return [*([("", none)] if none else []), *names.items()]


class Passage(Styled):
    """Where an item stands: its words, copied from the notice or selected in it."""

    words = forms.CharField(
        label=gettext_lazy("原文"), max_length=2_000, strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("从通知里照抄一段；在正文里选中文字再点“新增”，这里会自动填好。"),
    )  # fmt: skip


class HeadForm(Styled):
    """The head of the notice."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=200, required=False)
    doc_no = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)
    date = forms.DateField(
        label=gettext_lazy("成文日期"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    @property
    def values(self) -> Item:
        """What was filled in, as the reading has it."""
        given = self.cleaned_data
        day = given["date"]
        return {
            "title": given["title"], "issuer": given["issuer"] or None,
            "doc_no": given["doc_no"] or None, "date": day.isoformat() if day else None,
        }  # fmt: skip


class MeasureForm(Styled):
    """The number and the title of a measure, and the section that it stands in."""

    no = forms.IntegerField(label=gettext_lazy("编号"), min_value=1, max_value=999)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    chapter = forms.CharField(
        label=gettext_lazy("所在章节"), max_length=100, required=False,
        help_text=gettext_lazy("方案按章节分组；没有章节就留空。"),
    )  # fmt: skip

    @property
    def values(self) -> Item:
        """What was filled in, as the reading has it."""
        return dict(self.cleaned_data)


class ClauseForm(Styled):
    """Who answers, in order."""

    units = forms.CharField(
        label=gettext_lazy("责任单位（按原文先后）"),
        widget=forms.Textarea(attrs={"rows": 4, "data-grid": UNITS_GRID}),
        help_text=gettext_lazy(
            "每行一个单位；分工可填：牵头、共同牵头、负责、配合、参与、指导，不填则第一个牵头、其余配合。"
            "Alt+↑↓ 调整先后。"
        ),
    )  # fmt: skip
    open_ended = forms.BooleanField(
        label=gettext_lazy("未列全（“等有关部门”“各……”）"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress every field; the tick has none of a text field's looks."""
        super().__init__(*args, **kwargs)
        self.fields["open_ended"].widget.attrs["class"] = ""

    def clean_units(self) -> list[tuple[str, str]]:
        """Return names with what each does."""
        roles = {label: role for role, label in naming.ROLES_ZH.items()}
        found: dict[str, str] = {}
        rows = [row for row in self.cleaned_data["units"].splitlines() if row.strip(" ｜|")]
        for number, row in enumerate(rows[:MOST_UNITS], start=1):
            name, _bar, word = (part.strip() for part in row.replace("|", "｜").partition("｜"))
            if not name:
                raise forms.ValidationError(_("第 %d 行没有写单位名称。") % number)
            if name in found:
                raise forms.ValidationError(
                    _("第 %(row)d 行的“%(name)s”重复了，请只留一处。")
                    % {"row": number, "name": name}
                )
            if word and word not in roles:
                raise forms.ValidationError(
                    _("第 %(row)d 行“分工”填的是“%(word)s”，应为：%(roles)s，或不填。")
                    % {"row": number, "word": word, "roles": "、".join(roles)}
                )
            found[name] = roles.get(word, "")
        return list(found.items())

    @property
    def values(self) -> Item:
        """What was filled in, as the reading has it: the first leads where nobody is said to."""
        given = self.cleaned_data["units"]
        said = [name for name, role in given if role in ("lead", "joint_lead")]
        lead = (said or [given[0][0]])[0]
        roles = {name: role or ("lead" if name == lead else "cooperate") for name, role in given}
        return {
            "units": [name for name, _role in given], "lead": lead, "roles": roles,
            "open_ended": self.cleaned_data["open_ended"],
        }  # fmt: skip


class TargetForm(Styled):
    """All of a target but its place."""

    field_order = (
        "measure", "indicator", "kind", "force", "scope", "year", "year_kind", "comparison",
        "value", "unit", "promise",
    )  # fmt: skip

    measure = forms.TypedChoiceField(
        label=gettext_lazy("所属措施"), coerce=int, empty_value=None, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=_choices(naming.KINDS_ZH))
    indicator = forms.CharField(label=gettext_lazy("指标"), max_length=300)
    scope = forms.CharField(label=gettext_lazy("范围"), max_length=100, required=False)
    year = forms.IntegerField(
        label=gettext_lazy("年份"), min_value=1990, max_value=2100, required=False
    )
    year_kind = forms.ChoiceField(
        label=gettext_lazy("期限"), required=False, choices=_choices(naming.YEAR_KINDS_ZH, "—")
    )
    comparison = forms.ChoiceField(
        label=gettext_lazy("比较"), choices=_choices(naming.COMPARISONS_ZH)
    )
    value = forms.CharField(
        label=gettext_lazy("数值"), max_length=60, required=False,
        help_text=gettext_lazy("照原文，如 50；区间写成 40～60。"),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=20, required=False)
    force = forms.ChoiceField(label=gettext_lazy("力度"), choices=_choices(naming.FORCES_ZH))
    promise = forms.CharField(
        label=gettext_lazy("对应的系统指标"), max_length=200, required=False,
        help_text=gettext_lazy("输入几个字查找；没有对应的就留空。"),
        widget=forms.TextInput(attrs={"list": "promises", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, data_of: Data, **kwargs: Any) -> None:
        """Offer the measures of a reading."""
        super().__init__(*args, **kwargs)
        choices: dict[Any, str] = {}
        for one in data_of["measures"]:
            choices.setdefault(one["no"], f"{one['no']}　{one['title'] or ''}"[:40])
        field = self.fields["measure"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("不属于哪一条（总目标）")), *choices.items()]

    def clean_value(self) -> list[int | float]:
        """Return the numbers."""
        parts = re.split(r"[\s～~—、，,]+", self.cleaned_data["value"].strip())
        try:
            return [plain(Fraction(part.rstrip("%"))) for part in parts if part]
        except (ValueError, ZeroDivisionError):
            raise forms.ValidationError(
                _("“%s”不是数字；请填如 50、1.01，区间写成 40～60，百分号写在“单位”里。")
                % self.cleaned_data["value"]
            ) from None

    def clean_promise(self) -> str | None:
        """Return the name of a promise, or None for none."""
        return promise_named(self.cleaned_data["promise"])

    def clean(self) -> dict[str, Any]:
        """Check what only several answers together can tell."""
        given: dict[str, Any] = super().clean() or {}
        values = given.get("value") or []
        if given.get("comparison") == "range" and "value" in given and len(values) != 2:
            self.add_error("value", _("“介于两数之间”要填两个数，如 40～60。"))
        if given.get("year_kind") in ("year", "day", "start") and not (
            given.get("year") or "year" in self.errors
        ):
            self.add_error("year", _("选了“%s”，请填年份。")
                           % naming.YEAR_KINDS_ZH[given["year_kind"]])  # fmt: skip
        return given

    @property
    def values(self) -> Item:
        """What was filled in, as the reading has it."""
        given = dict(self.cleaned_data)
        values = given["value"]
        given["value"] = values if len(values) > 1 else values[0] if values else None
        given["year_kind"] = given["year_kind"] or None
        return given


def promise_named(text: str) -> str | None:
    """Return the promise that some words name: its name, its label, or both as they are offered.

    Raises:
        forms.ValidationError: If none is called so.
    """
    words = text.strip()
    if not words:
        return None
    for one in facts.built_in().promises:
        if words in (one.name, one.label_zh, promise_label(one.name)):
            return one.name
    raise forms.ValidationError(
        _("没有叫“%s”的系统指标；请从列表里选一项，或清空表示没有对应的。") % words
    )


def promise_label(name: str) -> str:
    """Return a promise as it is offered: its label, and its name in brackets."""
    found = facts.built_in().facts.get(name)
    return f"{found.label_zh}（{name}）" if found else name


def initial(kind: str, held: Item) -> dict[str, Any]:
    """Return an item as its form shows it."""
    if kind == items.CLAUSE:
        roles = held["roles"]
        rows = [f"{name}｜{naming.ROLES_ZH.get(roles.get(name), '')}" for name in held["units"]]
        return {"units": "\n".join(rows), "open_ended": held["open_ended"]}
    if kind == items.TARGET:
        values = held["value"] if isinstance(held["value"], list) else [held["value"]]
        shown = "～".join(f"{value}" for value in values if value is not None)
        promise = promise_label(held["promise"]) if held.get("promise") else ""
        return {**held, "value": shown, "promise": promise}
    return dict(held)
