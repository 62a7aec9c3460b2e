"""The page on which somebody makes, sees and revokes the tokens of the own account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gengdu.access.actors import Actor
from gengdu.access.guards import own_account, requires
from gengdu.access.models import Account
from gengdu.access.tokens import operations, queries
from gengdu.access.tokens.forms import GRANTABLE, TokenForm
from gengdu.access.tokens.models import Token


@never_cache
@requires("use_api")
def tokens(request: HttpRequest) -> HttpResponse:
    """List the own tokens; make one and show it, this once."""
    account = own_account(request)
    form = TokenForm(request.POST or None, role=account.role)
    made = _made(request, account, form) if form.is_valid() else None
    now = timezone.now()
    context = {
        "form": TokenForm(role=account.role) if made else form,
        "secret": made,
        "rows": [_row(token, token.is_alive(now)) for token in queries.of_account(account.pk)],
    }
    return render(request, "access/tokens.html", context)


def _row(token: Token, is_alive: bool) -> tuple[Token, bool, str]:
    granted = [str(label) for key, label in GRANTABLE.items() if key in token.permissions]
    return token, is_alive, "、".join(granted)


def _made(request: HttpRequest, account: Account, form: TokenForm) -> str | None:
    now = timezone.now()
    asked = form.cleaned_data
    try:
        _token, secret = operations.issue(
            account, name=asked["name"], permissions=asked["permissions"],
            expires_at=now + form.lifetime, at=now, by=Actor.of(request),
        )  # fmt: skip
    except operations.CannotIssue as error:
        form.add_error(None, str(error))
        return None
    return secret


@require_POST
@requires("use_api")
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of the own tokens."""
    token = get_object_or_404(queries.of_account(own_account(request).pk), pk=token_id)
    operations.revoke(token, at=timezone.now(), by=Actor.of(request))
    messages.success(request, _("已吊销，用它的程序从现在起不能再用。"))
    return redirect("tokens")
