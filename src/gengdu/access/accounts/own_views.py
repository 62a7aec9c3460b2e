"""What everybody may do with the own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from gengdu.access import passwords
from gengdu.access.actors import Actor
from gengdu.access.guards import signed_in
from gengdu.access.models import Account
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
    account = request.user
    assert isinstance(account, Account)
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
        return redirect("overview")
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-control"
    context = {"form": form, "is_first": is_first, "rules": password_validators_help_texts()}
    return render(request, "access/password.html", context)
