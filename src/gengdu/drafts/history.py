"""The log of a draft in words: who changed what, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gengdu.drafts import forms, items
from gengdu.drafts.items import Item
from gengdu.drafts.models import Correction, Draft
from gengdu.notices import naming

MOST = 200
MOST_CHANGES = 4
LABELS = {
    "title": "标题", "issuer": "发文机关", "doc_no": "文号", "date": "成文日期", "no": "编号",
    "chapter": "章节",
    "units": "责任单位", "roles": "分工", "open_ended": "未列全", "measure": "所属措施",
    "kind": "类别", "indicator": "指标", "scope": "范围", "year": "年份", "year_kind": "期限",
    "comparison": "比较", "value": "数值", "unit": "单位", "force": "力度",
    "promise": "对应的系统指标", "checked": "核对",
}  # fmt: skip
_WORDS = {
    "kind": naming.KINDS_ZH, "comparison": naming.COMPARISONS_ZH, "force": naming.FORCES_ZH,
    "year_kind": naming.YEAR_KINDS_ZH,
}  # fmt: skip
KINDS = {
    items.HEAD: "文件头",
    items.MEASURE: "措施",
    items.CLAUSE: "责任单位",
    items.TARGET: "目标",
}


@dataclass(frozen=True)
class Line:
    """One item in one correction.

    Attributes:
        differences: Field, before, after.
    """

    item: str
    kind: str
    name: str
    is_new: bool
    is_gone: bool
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Row:
    """One correction."""

    it: Correction
    who: str
    lines: tuple[Line, ...]
    more: int


def told(draft: Draft, every: QuerySet[Correction]) -> dict[str, Any]:
    """Return the latest corrections of a draft in words."""
    return {"draft": draft, "rows": [_row(one) for one in every[:MOST]],
            "older": max(0, draft.version - MOST)}  # fmt: skip


def _row(one: Correction) -> Row:
    lines = tuple(_line(change) for change in one.changes[:MOST_CHANGES])
    who = one.account.last_name or one.account.username
    return Row(one, who, lines, max(0, len(one.changes) - MOST_CHANGES))


def _line(change: dict[str, Any]) -> Line:
    before, after = change["before"], change["after"]
    shown = tuple(differences(before, after)) if before and after else ()
    return Line(
        change["item"], KINDS[change["kind"]], items.name_of(change["kind"], after or before or {}),
        before is None, after is None, shown,
    )  # fmt: skip


def differences(before: Item, after: Item) -> Iterator[tuple[str, str, str]]:
    """Yield every field in which two states of an item differ, with both in words."""
    for key, label in LABELS.items():
        if before.get(key) != after.get(key):
            yield label, _shown(key, before.get(key)), _shown(key, after.get(key))


def _shown(key: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if key == "roles":
        return "、".join(
            f"{name} {naming.ROLES_ZH.get(role, role)}" for name, role in value.items()
        )
    if isinstance(value, list):
        return "、".join(map(str, value))
    if key == "promise":
        return forms.promise_label(value)
    return _WORDS.get(key, {}).get(value, str(value))
