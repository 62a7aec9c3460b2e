"""Takes files from scripts, piece by piece; whatever is refused is told in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    JsonResponse,
    UnreadablePostError,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.documents.limits import Refused
from gengdu.records.evidence import rights, showing, uploads, workshop
from gengdu.records.evidence.models import Upload, UploadState
from gengdu.records.models import Item
from gengdu.web import moments
from gengdu.web.evidence import serving
from gengdu.web.evidence.ground import EvidenceGround, Malformed, body_of, refused

READ_BYTES = 64 * 1024

View = Callable[..., HttpResponseBase]

STATUS: dict[type[Exception], int] = {
    Refused: 422,
    uploads.TooMany: 429,
    uploads.NoRoom: 507,
    uploads.NotWhole: 409,
    workshop.Busy: 503,
}
"""Expected failures, with what a script goes by: it tries again where that may help."""


def answering(view: View) -> View:
    """Tell the expected failures of a deed to the script that asked for it."""

    @wraps(view)
    def answered(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(self, request, *args, **kwargs)
        except (Malformed, UnreadablePostError, ConnectionError):
            return refused(_("请求没有传完，请重试。"), 400)
        except tuple(STATUS) as error:
            return refused(str(error), STATUS[type(error)])

    return answered


@dataclass(frozen=True)
class Sending(EvidenceGround):
    """The uploads of whoever has signed in; of anybody else's there is no such page."""

    @answering
    def begin(self, request: HttpRequest) -> HttpResponseBase:
        """Open an upload for an entry that the sender may change, or for a new one."""
        asked = body_of(request)
        self._check_right(request, asked)
        announced = uploads.Announced(
            ledger=str(asked.get("ledger", "")), name=str(asked.get("name", "")),
            size=_whole(asked.get("size")), digest=_digest(asked.get("digest")),
            taken=asked["taken"] if isinstance(asked.get("taken"), dict) else None,
        )  # fmt: skip
        upload = uploads.begin(
            announced, account=self.account(request), viewer=self.viewer(request),
            on=moments.moment_of(request).on, at=timezone.now(),  # noqa: TID251
        )  # fmt: skip
        return JsonResponse(self._told(upload), status=201)

    def _check_right(self, request: HttpRequest, asked: dict[str, Any]) -> None:
        """Let nobody fill the disk who could use none of it."""
        ledger, viewer = str(asked.get("ledger", "")), self.viewer(request)
        if not rights.may_add_to(ledger, viewer):
            raise Http404
        if asked.get("item") is not None:
            item = Item.objects.filter(pk=_whole(asked["item"]), ledger=ledger).first()
            if item is None or not rights.in_sight(item, viewer, moments.moment_of(request).on):
                raise Http404
            if told := rights.why_not(item, viewer, moments.moment_of(request).on):
                raise Refused(told)

    def _own(self, request: HttpRequest, public_id: str) -> Upload:
        found = uploads.find(public_id, self.account(request))
        if found is None:
            raise Http404
        return found

    def _told(self, upload: Upload) -> dict[str, Any]:
        return {
            "id": upload.public_id,
            "name": upload.file_name,
            "size": upload.size,
            "state": upload.state,
            "received": uploads.received(upload),
            "message": upload.message,
            "url": reverse("evidence_upload", args=[upload.public_id]),
        }

    def upload(self, request: HttpRequest, upload: str) -> HttpResponseBase:
        """Say how far an upload has come; posted, add a piece."""
        found = self._own(request, upload)
        return self._piece(request, found) if request.method == "POST" else self._state(found)

    def _state(self, upload: Upload) -> HttpResponseBase:
        return JsonResponse(self._told(upload))

    @answering
    def _piece(self, request: HttpRequest, upload: Upload) -> HttpResponseBase:
        try:
            offset = int(request.GET.get("offset", ""))
        except ValueError:
            raise Malformed from None
        if offset < 0 or int(request.headers.get("Content-Length") or 0) > uploads.LARGEST_PIECE:
            raise Malformed
        try:
            uploads.receive(upload, offset, _pieces(request))
        except uploads.Gap as gap:
            return refused(str(gap), 409, wanted=gap.wanted)
        return JsonResponse(self._told(upload))

    @answering
    def finish(self, request: HttpRequest, upload: str) -> HttpResponseBase:
        """Look at what came and store it."""
        found = self._own(request, upload)
        uploads.finish(
            found,
            on=moments.moment_of(request).on,
            at=timezone.now(),  # noqa: TID251
        )
        found.refresh_from_db()
        assert found.file is not None
        return JsonResponse({**self._told(found), "kind": found.file.kind})

    @answering
    def drop(self, request: HttpRequest, upload: str) -> HttpResponseBase:
        """Let go of an upload."""
        uploads.drop(self._own(request, upload))
        return JsonResponse({})

    def thumbnail(self, request: HttpRequest, upload: str) -> HttpResponseBase:
        """Show a small picture of what was sent, before it belongs to an entry."""
        found = self._own(request, upload)
        if found.state != UploadState.DONE or found.file is None:
            raise Http404
        return serving.drawn(serving.there(showing.thumbnail(found.file)), "image/jpeg")


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """Read a piece as it comes, so that what came before the line dropped is not lost."""
    left = uploads.LARGEST_PIECE
    while left > 0 and (piece := request.read(min(READ_BYTES, left))):
        left -= len(piece)
        yield piece


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise Malformed
    return value


def _digest(value: Any) -> str:
    text = str(value or "").lower()
    is_one = len(text) == 64 and set(text) <= set("0123456789abcdef")
    return text if is_one else ""
