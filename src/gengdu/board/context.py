"""What the shell around every page shows: menu with counts, the day, the viewer and the scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.accounts.queries import to_act_for
from gengdu.access.models import Account
from gengdu.access.scope import PERMISSIONS, Viewer
from gengdu.analytics.standing import Word
from gengdu.board import names, queries
from gengdu.policy import facts
from gengdu.records import renewing, sheets, waiting
from gengdu.records.models import last_day_of_sample
from gengdu.records.reminders import queries as reminders
from gengdu.records.waiting import Group
from gengdu.registers.quality import queries as quality
from gengdu.registers.schools import queries as schools
from gengdu.web import moments
from gengdu.web.approvals.desk import waits_of
from gengdu.web.exports import operations as exports

REGISTERS_IN_MENU = (
    "schools", "facilities", "classes", "staff", "pupils", "county", "places", "bodies",
    "body_aliases", "body_officers",
)  # fmt: skip
FOR_KEEPERS = {"schools", "body_aliases", "body_officers"}
"""Registers whose line stands only before who keeps them; all others meet them on other pages."""

DELIVERY = "delivery"
"""Key of the chapter that stands apart in the menu, in plans that have it."""
Counts = dict[str, dict[Word, int]]
"""How many promises have each word, by key of the chapter; the plan's goals under no key."""


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu, with how much behind it is late, at risk or to be done."""

    label: str
    url: str
    is_here: bool
    late: int = 0
    at_risk: int = 0
    to_do: int = 0


@dataclass(frozen=True)
class MenuGroup:
    """Lines of the menu under one heading."""

    title: str
    items: tuple[MenuItem, ...]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs; nothing for people who have not signed in.

    A page that holds a table asks twice, once for the table's own template.
    """
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return {}
    if not hasattr(request, "gengdu_shell"):
        request.gengdu_shell = _gathered(request, account)  # type: ignore[attr-defined]
    found: dict[str, Any] = request.gengdu_shell  # type: ignore[attr-defined]
    return {"shell": found}


def _gathered(request: HttpRequest, account: Account) -> dict[str, Any]:
    moment = moments.moment_of(request)
    viewer = Viewer.of(account)
    plan = facts.plan()
    last_day = last_day_of_sample()
    return {
        "area": plan.area_zh,
        "plan": plan.short_zh,
        "moment": moment,
        "menu": _menu(request, viewer, _counts_by_chapter(request)),
        "scope": scope_label(viewer, moment.on),
        "may": {permission: viewer.may(permission) for permission in PERMISSIONS},
        "account_title": _called(account),
        "stand_ins": to_act_for(account, on=timezone.localdate()),  # noqa: TID251
        "waiting": _waiting(request, viewer),
        "soon": waiting.expires_soon_days(last_day or timezone.localdate()),  # noqa: TID251
        "exports": exports.told_of(account),
        "reminders": reminders.unseen(account.rights.pk),
        "numbers_of": _numbers_of(),
        "is_sample": last_day is not None,
        "last_day": last_day,
        "other_query": [
            (name, value)
            for name, value in request.GET.items()
            if name not in ("on", "known", "page")
        ],
    }


def _numbers_of() -> datetime | None:
    """Return the moment that a page's numbers are of, where that is not now."""
    lag = renewing.lag()
    return None if lag is None else timezone.now() - timedelta(seconds=lag)  # noqa: TID251


def _called(account: Account) -> str:
    """Return what a person is called in the head of the page, and for whom they act."""
    own = account.title_zh or account.last_name or account.username
    if account.acting_for is None:
        return own
    absent = account.acting_for
    return _("%(own)s 代 %(absent)s 办理") % {
        "own": account.last_name or own,
        "absent": absent.last_name or absent.username,
    }


def scope_label(viewer: Viewer, on: Any) -> str:
    """Return how far the viewer sees, such as 泊于镇 · 12 所学校."""
    if viewer.scope_kind == "cases":
        return _("仅转办的个案")
    within = schools.within_scope(viewer, on=on).count()
    if viewer.sees_district:
        called = _("全区")
    elif viewer.scope_kind == "town":
        called = names.places(on, [viewer.scope_key or 0]).get(viewer.scope_key or 0, "")
    else:
        return names.schools(on, [viewer.scope_key or 0]).get(viewer.scope_key or 0, "")
    return _("%(place)s · %(count)s 所学校") % {"place": called, "count": within}


def pages(request: HttpRequest, viewer: Viewer) -> list[MenuItem]:
    """Return every line of the menu that the viewer has, without counts."""
    uncounted: Counts = {key: {} for key in ("", *(item.key for item in facts.plan().chapters))}
    in_menu = [item for group in _menu(request, viewer, uncounted) for item in group.items]
    return [*in_menu, *_items_beside(request, viewer)]


def _items_beside(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    """Yield the registers that are reached from another's pages, and have no line of their own."""
    for register in sheets.registers():
        if register.beside and viewer.may(register.view):
            yield _item(request, str(register.label), f"{register.key}_list")


def _menu(request: HttpRequest, viewer: Viewer, counted: Counts) -> list[MenuGroup]:
    plan = facts.plan()
    chapters = [
        _item(
            request,
            f"{item.numeral_zh} {item.short_zh}",
            "chapter",
            item.key,
            counts=counted[item.key],
        )
        for item in plan.chapters
        if item.key != DELIVERY
    ]
    assurance = [
        _item(request, _("领导、研究与督导"), "chapter", item.key, counts=counted[item.key])
        for item in plan.chapters
        if item.key == DELIVERY
    ]
    registers = tuple(_register_items(request, viewer))
    groups = [
        MenuGroup("", (_item(request, _("总览"), "overview"),
                       *_waiting_items(request, viewer),
                       _item(request, _("工作目标"), "measure", 0, counts=counted[""]))),
        MenuGroup(_("六章") if len(chapters) == 6 else _("各章"), tuple(chapters)),
        MenuGroup(_("工作保障"), (*assurance,
                                 *_task_items(request, viewer),
                                 *_survey_items(request, viewer),
                                 *_draft_items(request, viewer))),
        MenuGroup(_("底册"), registers),
        MenuGroup(_("研判"), (_item(request, _("优质均衡"), "quality_balance"),
                             _item(request, _("普及普惠"), "universal_preschool"),
                             _item(request, _("预测"), "forecasts"),
                             _item(request, _("指标"), "indicators"))),
        MenuGroup(_("系统"), _system_items(request, viewer)),
    ]  # fmt: skip
    return [group for group in groups if group.items]


def _task_items(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    if viewer.may("view_records"):
        yield _item(request, _("任务进展"), "tasks")


def _waiting(request: HttpRequest, viewer: Viewer) -> dict[str, int]:
    """Return how much waits for the person by group; nothing for who sees no record."""
    return waits_of(request, schools.viewer_of).counts if viewer.may("view_records") else {}


def _waiting_items(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    """Yield the line of what waits for the person, with how much of it does."""
    if counted := _waiting(request, viewer):
        late = counted.get("overdue", 0)
        to_do = counted.get(Group.WAITING, 0) + counted.get(Group.RETURNED, 0)
        yield replace(_item(request, _("待办"), "approvals"), late=late, to_do=to_do)


def _survey_items(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    if viewer.may("view_records"):
        yield _item(request, _("问卷调查"), "surveys")


def _draft_items(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    if viewer.may("draft_plans"):
        yield _item(request, _("读通知"), "drafts")


def _register_items(request: HttpRequest, viewer: Viewer) -> Iterator[MenuItem]:
    if viewer.may("view_registers"):
        yield _item(request, _("学校"), "schools")
    for key in REGISTERS_IN_MENU:
        register = sheets.register(key)
        if viewer.may(register.view) and (key not in FOR_KEEPERS or viewer.may(register.edit)):
            yield _item(request, str(register.label), f"{key}_list")
    if viewer.may("turn_year"):
        yield _item(request, _("学年升级"), "school_year")
    if viewer.may("view_registers"):
        yield _quality_item(request)


def _quality_item(request: HttpRequest) -> MenuItem:
    """Return the line of the data-quality desk, with its count where that costs nothing."""
    on = moments.moment_of(request).on
    viewer = schools.viewer_of(request.user, on=on)  # type: ignore[arg-type]
    to_do = quality.to_do_if_known(viewer, on=on)
    return replace(_item(request, _("数据质量"), "quality"), to_do=to_do or 0)


def _system_items(request: HttpRequest, viewer: Viewer) -> tuple[MenuItem, ...]:
    offered = (
        (_("账号"), "accounts", "manage_accounts"),
        (_("审计"), "trail", "view_trail"),
    )
    return tuple(
        _item(request, label, view) for label, view, permission in offered if viewer.may(permission)
    )


def _counts_by_chapter(request: HttpRequest) -> Counts:
    found = queries.statuses(moments.moment_of(request), is_aside=True)
    keys = {"", *(chapter.key for chapter in facts.plan().chapters)}
    return {
        key: queries.count_words(status for status in found if status.measure.chapter == key)
        for key in keys
    }


def _item(
    request: HttpRequest, label: str, view: str, *args: Any, counts: dict[Word, int] | None = None
) -> MenuItem:
    address = reverse(view, args=args)
    query = "&".join(
        f"{name}={request.GET[name]}" for name in ("on", "known") if request.GET.get(name)
    )
    counts = counts or {}
    return MenuItem(
        label=label,
        url=f"{address}?{query}" if query else address,
        is_here=request.path == address or getattr(request, "gengdu_menu", None) == address,
        late=counts.get(Word.LATE, 0),
        at_risk=counts.get(Word.AT_RISK, 0),
    )
