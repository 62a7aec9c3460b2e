"""What every address of evidence stands on: who looks, at which entry, and the trail of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.guards import account_of
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records import sheets
from gengdu.records.evidence import queries, rights
from gengdu.records.evidence.models import Evidence
from gengdu.records.evidence.operations import By, NotAllowed
from gengdu.records.models import Item
from gengdu.records.sheets import Register
from gengdu.web import moments
from gengdu.web.sheets.ground import Ground

LOOKED_FOR_SECONDS = 3600
LARGEST_JSON = 64_000
_SALT = "gengdu.evidence.looked"


@dataclass(frozen=True)
class EvidenceGround:
    """Who may be looking.

    Attributes:
        viewer_of: Returns who looks, with the schools of their scope on a day.
    """

    viewer_of: Callable[..., Viewer]

    def account(self, request: HttpRequest) -> Account:
        """Return who has signed in."""
        return account_of(request)

    def viewer(self, request: HttpRequest) -> Viewer:
        """Return who looks, with the schools of their scope on the day of the page."""
        return self.viewer_of(self.account(request), on=moments.moment_of(request).on)

    def by(self, request: HttpRequest) -> By:
        """Return who writes, now.

        Raises:
            NotAllowed: If the page is asked for by past knowledge, which is only looked at.
        """
        if moments.moment_of(request).known is not None:
            raise NotAllowed(_("按过去某天已知的记录只能查看，不能修改。请改按现在已知后再改。"))
        on = moments.moment_of(request).on
        at = timezone.now()  # noqa: TID251
        return By(self.account(request), self.viewer(request), on, at)

    def item(self, request: HttpRequest, number: int) -> Item:
        """Return an entry that the viewer may see; of any other there is no such page."""
        moment = moments.moment_of(request)
        item = Item.objects.filter(pk=number).first()
        if item is None or not rights.in_sight(item, self.viewer(request), moment.on, moment.known):
            raise Http404
        return item

    def evidence(self, request: HttpRequest, number: int) -> Evidence:
        """Return evidence that the viewer may see; of any other there is no such page."""
        moment = moments.moment_of(request)
        found = queries.find(number, self.viewer(request), moment.on, moment.known)
        if found is None:
            raise Http404
        return found

    def register(self, item: Item) -> Register:
        """Return the ledger of an entry that was found."""
        return sheets.register(item.ledger)

    def note(self, request: HttpRequest, *shown: Evidence, is_taken_out: bool = False) -> None:
        """Write into the trail that evidence about children was shown, or handed out as a file."""
        on = moments.moment_of(request).on
        for ledger in sorted({one.item.ledger for one in shown}):
            register = sheets.register(ledger)
            if not register.shows_children:
                continue
            items = {one.item_id for one in shown if one.item.ledger == ledger}
            note = looking.exported if is_taken_out else looking.looked
            note(
                request, subject=register.model_label, ids=sorted(items),
                school_ids=Ground(register, self.viewer_of).schools(items, on),
                what=_("%(ledger)s的证明材料") % {"ledger": register.label},
            )  # fmt: skip

    def pass_for(self, request: HttpRequest, evidence: Evidence) -> str:
        """Return what lets the parts of a page follow that was noted, without a note for each."""
        return signing.dumps(self._passed(request, evidence), salt=_SALT)

    def note_part(self, request: HttpRequest, evidence: Evidence) -> None:
        """Note that a picture or a page was shown, unless the page it belongs to was noted."""
        try:
            passed = signing.loads(
                request.GET.get("pass", ""), salt=_SALT, max_age=LOOKED_FOR_SECONDS
            )
        except signing.BadSignature:
            passed = None
        if passed != self._passed(request, evidence):
            self.note(request, evidence)

    def _passed(self, request: HttpRequest, evidence: Evidence) -> list[int]:
        return [self.account(request).pk, evidence.item_id, evidence.file_id]


class Malformed(ValueError):
    """A request holds no JSON object of a decent size."""


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that a script sent.

    Raises:
        Malformed: If it is none.
    """
    raw = request.read(LARGEST_JSON + 1)
    try:
        found = json.loads(raw) if len(raw) <= LARGEST_JSON else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Malformed
    return found


def refused(message: str, status: int, **more: Any) -> JsonResponse:
    """Return a refusal for a script to show."""
    return JsonResponse({"error": message, **more}, status=status)
