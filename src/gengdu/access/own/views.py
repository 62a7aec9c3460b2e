"""Pages of the own account: rights, password, sessions, who stands in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gengdu.access import naming, passwords
from gengdu.access.accounts import queries, stand_ins
from gengdu.access.accounts.forms import StandInForm
from gengdu.access.accounts.middleware import ACTS_UNDER
from gengdu.access.actors import Actor
from gengdu.access.guards import account_of, signed_in
from gengdu.access.models import Account, Role, StandIn
from gengdu.access.second_factor import queries as second_factor
from gengdu.access.signins import operations
from gengdu.access.signins import queries as signins
from gengdu.access.signins.models import AccountSession
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append


class OwnPassword(PasswordChangeForm):
    """The old password and, twice, the new one."""

    def clean_new_password1(self) -> Any:
        """Refuse the old password as the new one."""
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("新密码和原密码一样，没有保存。请另写一个。"))
        return password


@sensitive_post_parameters()
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; at the first log-in this comes before anything else."""
    account = account_of(request)
    if account.is_demo:
        messages.error(request, _("示例账号是大家共用的，密码不能改。"))
        return redirect("me")
    is_first = account.must_change_password
    form = OwnPassword(account, request.POST or None)
    if form.is_valid():
        new = form.cleaned_data["new_password1"]
        passwords.change(account, new, session_key=request.session.session_key)
        update_session_auth_hash(request, account)
        append(
            Actor.of(request), Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
            detail={"what": _("本人修改密码")},
        )  # fmt: skip
        messages.success(request, _("密码已修改，在别处的登录都已退出。"))
        return redirect("overview" if is_first else "me")
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-control"
    context = {"form": form, "is_first": is_first, "rules": password_validators_help_texts()}
    return render(request, "access/password.html", context)


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Show the own account: rights, second step, sessions, who stands in."""
    account = account_of(request)
    today = timezone.localdate()
    form = StandInForm(request.POST or None, absent=account)
    if form.is_valid():
        try:
            stand_ins.appoint(
                account, form.cleaned_data["deputy"], starts_on=form.cleaned_data["first"],
                ends_on=form.ends_on(), on=today, by=Actor.of(request),
            )  # fmt: skip
        except stand_ins.CannotStandIn as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已安排代办，到期自动结束。"))
            return redirect("me")
    context = {
        "account": account,
        "role": Role(account.role).label,
        "scope": naming.scopes([account], on=today)[account.pk],
        "body": naming.body(account.body_key),
        "is_enrolled": second_factor.is_enrolled(account),
        "is_required": second_factor.is_required(account),
        "codes_left": second_factor.recovery_codes_left(account),
        "sessions": _sessions(request, account),
        "this_session": request.session.session_key,
        "form": form,
        "may_appoint": account.role not in queries.NEVER_STOOD_IN_FOR,
        "stand_ins": queries.of_absent(account, on=today),
    }
    return render(request, "access/me.html", context)


def _sessions(request: HttpRequest, account: Account) -> QuerySet[AccountSession]:
    """Return the own sessions; of a demo account, which strangers share, this one alone."""
    sessions = signins.sessions_of(account.pk, at=timezone.now())
    if account.is_demo:
        return sessions.filter(session_key=request.session.session_key)
    return sessions


@require_POST
@signed_in
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all other sessions of the own account."""
    account = account_of(request)
    ended = operations.end_all(account.pk, but=request.session.session_key)
    append(
        Actor.of(request), Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
        detail={"what": _("退出其他登录")},
    )  # fmt: skip
    messages.success(request, _("已退出其他 %(count)s 处登录。") % {"count": ended})
    return redirect("me")


@require_POST
@signed_in
def end_stand_in(request: HttpRequest, stand_in_id: int) -> HttpResponse:
    """End a stand-in for oneself before its day."""
    found = get_object_or_404(
        StandIn, pk=stand_in_id, absent_id=account_of(request).pk, ended_at=None
    )
    stand_ins.end(found, at=timezone.now(), by=Actor.of(request))
    messages.success(request, _("已结束代办。"))
    return redirect("me")


@require_POST
@signed_in
def act(request: HttpRequest) -> HttpResponse:
    """Begin to act for an absent person, or be oneself again."""
    account = account_of(request)
    request.session.pop(ACTS_UNDER, None)
    chosen = request.POST.get("stand_in", "")
    before, account.acting_for = account.acting_for, None
    if chosen.isdigit():
        offered = queries.to_act_for(account, on=timezone.localdate())
        found = get_object_or_404(offered, pk=int(chosen))
        request.session[ACTS_UNDER] = found.pk
        what = _("开始代 %(absent)s 办理") % {"absent": found.absent.username}
    elif before is not None:
        what = _("结束代 %(absent)s 办理") % {"absent": before.username}
    else:
        return redirect("overview")
    append(
        Actor.of(request), Kind.ACCOUNT, subject=Account._meta.label, ids=[account.pk],
        detail={"what": what},
    )  # fmt: skip
    return redirect("overview")
