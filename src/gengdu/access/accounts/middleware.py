"""Says who acts: a stand-in for the absent person as long as the leave lasts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.accounts import queries
from gengdu.access.actors import Actor, acting
from gengdu.access.models import Account

ACTS_UNDER = "acts_under"
"""Where the session keeps the id of the stand-in that was chosen."""


class ActsForAbsent:
    """Gives the signed-in account the rights of whom it stands in for, for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; a stand-in that is over is told and dropped."""
        chosen = request.session.get(ACTS_UNDER)
        if chosen and isinstance(request.user, Account):
            today = timezone.localdate()  # noqa: TID251
            found = queries.to_act_for(request.user, on=today).filter(pk=chosen).first()
            if found is None:
                del request.session[ACTS_UNDER]
                messages.warning(request, _("代办已到期或已结束，现在是您本人的身份。"))
            else:
                request.user.acting_for = found.absent
        with acting(lambda: Actor.of(request)):
            return self.get_response(request)
