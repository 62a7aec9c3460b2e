"""The page of one's own reminders, and the page of how one wants to be reminded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gengdu.access.actors import Actor
from gengdu.access.guards import account_of, own_account, signed_in
from gengdu.access.models import Account
from gengdu.policy import facts, working_days
from gengdu.records.models import last_day_of_sample
from gengdu.records.reminders import operations, queries
from gengdu.records.reminders.cadence import BEFORE, OVERDUE
from gengdu.records.reminders.forms import ContactForm
from gengdu.records.reminders.models import Contact
from gengdu.records.reminders.occasions import reaches
from gengdu.records.reminders.senders.base import NotSent
from gengdu.records.reminders.senders.configured import Channel, channels


@signed_in
def reminders(request: HttpRequest) -> HttpResponse:
    """Show one's reminders under their headings; of one heading or state where asked."""
    on = last_day_of_sample() or timezone.localdate()
    state = request.GET.get("state", queries.OPEN)
    chosen = request.GET.get("group", "")
    if state not in queries.STATES or (chosen and chosen not in queries.GROUPS):
        raise Http404
    found = list(queries.of_person(_whose(request), state)[: queries.MOST_SHOWN + 1])
    labels = {key: channel.label for key, channel in channels().items()}
    groups = queries.grouped(found[: queries.MOST_SHOWN], on, labels)
    context = {
        "groups": [group for group in groups if not chosen or group.key == chosen],
        "counts": [(group.key, group.label, len(group.lines)) for group in groups],
        "count": sum(len(group.lines) for group in groups),
        "chosen": chosen,
        "state": state,
        "states": list(queries.STATES.items()),
        "most_shown": queries.MOST_SHOWN if len(found) > queries.MOST_SHOWN else None,
        "gathering": queries.last_gathering(),
        "unknown_year": next(
            (day.year for day in (on, reaches(on)) if not working_days.is_known(day.year)), None
        ),
        "before": [_setting(name, on) for name in BEFORE],
        "every": _setting(OVERDUE, on),
    }
    return render(request, "reminders/list.html", context)


def _setting(name: str, on: Any) -> tuple[str, int]:
    """Return the name and the number of a setting, for a link to where it is explained."""
    return name, int(facts.value(name, on=on))


@require_POST
@signed_in
def seen(request: HttpRequest) -> HttpResponse:
    """Mark reminders as seen: one, those ticked, or all."""
    given = request.POST
    wanted = [given["one"]] if "one" in given else given.getlist("ticked")
    ids = [int(text) for text in wanted if text.isdecimal() and len(text) < 19]
    is_all = "all" in given
    if not ids and not is_all:
        messages.error(request, _("没有勾选任何提醒，没有改动。请先勾选，或点“全部标为已读”。"))
    else:
        marked = operations.mark_seen(_whose(request), None if is_all else ids, timezone.now())
        messages.success(request, _("%(count)s 项已标为已读。") % {"count": marked})
    kept = QueryDict(given.get("query", "")).urlencode()
    return redirect(f"{reverse('reminders')}?{kept}" if kept else "reminders")


@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change how one wants to be reminded."""
    account = own_account(request)
    offered = channels()
    contact = Contact.objects.filter(account=account).first() or Contact(
        account=account, channels=operations.defaults(offered.values())
    )
    form = ContactForm(request.POST or None, instance=contact, offered=offered)
    if request.method == "POST" and account.is_demo:
        messages.error(request, _("示例账号是大家共用的，不能登记联系方式。"))
        return redirect("reminder_settings")
    if form.is_valid():
        asked = form.cleaned_data
        operations.keep_contact(
            account, email=asked["email"], phone=asked["phone"], user_id=asked["user_id"],
            channels=asked["channels"], at=timezone.now(), by=Actor.of(request),
        )  # fmt: skip
        messages.success(request, _("提醒方式已保存。"))
        return redirect("reminder_settings")
    context = {"form": form, "channels": offered.values(), "account": account}
    return render(request, "reminders/settings.html", context)


@require_POST
@signed_in
def test(request: HttpRequest) -> HttpResponse:
    """Send a test to oneself and show what the other side answered."""
    account = own_account(request)
    channel = channels().get(request.POST.get("channel", ""))
    if channel is None:
        messages.error(request, _("没有这种接收方式，没有发送。"))
    elif not _is_reachable(account, channel):
        messages.error(request, _("还没有登记这种方式要用的联系方式，没有发送。请先填写并保存。"))
    else:
        _send_test(request, account, channel)
    return redirect("reminder_settings")


def _send_test(request: HttpRequest, account: Account, channel: Channel) -> None:
    try:
        answer = operations.send_test(account, channel, timezone.now())
    except operations.TooSoon as error:
        messages.error(request, str(error))
    except NotSent as error:
        messages.error(request, _("测试消息没有发出：%(why)s") % {"why": error})
    else:
        messages.success(request, _("测试消息已发出：%(answer)s") % {"answer": answer})


def _is_reachable(account: Account, channel: Channel) -> bool:
    contact = Contact.objects.filter(account=account).first()
    return channel.needs == "none" or bool(contact and getattr(contact, channel.needs))


def _whose(request: HttpRequest) -> int:
    """Return whose reminders are shown: one's own, or those of the person one stands in for."""
    return account_of(request).rights.pk
