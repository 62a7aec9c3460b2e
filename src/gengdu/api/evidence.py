"""Files that prove entries of ledgers: listed, brought, taken off and handed out to programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils import timezone
from ninja import NinjaAPI, Schema
from pydantic import Field

from gengdu.api import asking
from gengdu.api.asking import Moments, Strict
from gengdu.api.callers import caller_of, note, note_written
from gengdu.api.errors import ApiError, invalid
from gengdu.records import sheets
from gengdu.records.evidence import operations, queries, rights, uploads
from gengdu.records.evidence.models import Evidence, StoredFile
from gengdu.records.evidence.operations import By, Given
from gengdu.records.evidence.uploads import Announced
from gengdu.records.models import Item
from gengdu.records.sheets import Register
from gengdu.web.evidence import serving
from gengdu.web.evidence.sending import READ_BYTES, STATUS

_STATUS: dict[type[Exception], int] = {
    **STATUS, operations.NotAllowed: 403, operations.TooMuch: 422, operations.Moved: 409,
}  # fmt: skip
KINDS = tuple(value for value, _label in StoredFile._meta.get_field("kind").flatchoices)


class FileQuery(Strict):
    """What is said of a file that is brought."""

    name: str = Field(min_length=1, max_length=200, description="文件名，带后缀，如 签到表.pdf")
    caption: str = Field("", max_length=200, description="说明这份材料是什么")
    digest: str = Field(
        "", pattern="^([0-9a-f]{64})?$", description="内容的 SHA-256；写了就核对是否传全"
    )


class FileOut(Schema):
    """One file that proves an entry."""

    id: int
    name: str
    caption: str
    kind: Literal[KINDS]  # type: ignore[valid-type]
    media_type: str
    size: int = Field(description="字节")
    digest: str = Field(description="上传内容的 SHA-256")
    pages: int | None
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None
    added_at: datetime


class FilesOut(Schema):
    """The files that prove one entry, in order."""

    thing: int
    may_change: bool
    files: list[FileOut]


def listed(api: NinjaAPI, request: HttpRequest, thing: int, query: Any) -> HttpResponse:
    """List the files of an entry."""
    on = query.on or asking.today()
    item = _item(request, thing, query)
    note(request, _register(item), [item.pk], set(), what="接口取证明材料目录")
    viewer = caller_of(request).viewer(on)
    found = {
        "thing": item.pk,
        "may_change": query.known is None and rights.may_change(item, viewer, on),
        "files": [_told(row) for row in queries.of_item(item, query.known)],
    }
    return api.create_response(request, found, status=200)


def add(api: NinjaAPI, request: HttpRequest, thing: int, query: Any) -> HttpResponse:
    """Take a file whose bytes are the body, and let it prove an entry."""
    item = _item(request, thing, Moments(on=None, known=None))
    by = _by(request)
    if told := rights.why_not(item, by.viewer, by.on):
        raise ApiError(403, told)
    note_written(request, _register(item), [item.pk], set(), what="接口添加证明材料", reason="")
    with _told_plainly():
        given = Given.of_upload(_received(request, item, by, query), query.caption)
        operations.attach(item, [given], by)
    row = queries.of_item(item).get(file=given.file)
    return api.create_response(request, _told(row), status=200)


def _received(request: HttpRequest, item: Item, by: By, query: Any) -> Any:
    """Take the bytes in as one upload; what cannot be used is let go."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or "Transfer-Encoding" in request.headers:
        raise invalid("Content-Length", "请求头没有写明内容的长度，请写明后重新上传")
    announced = Announced(item.ledger, query.name, int(length), query.digest)
    upload = uploads.begin(
        announced, account=by.account, viewer=by.viewer, on=by.on, at=by.at
    )  # fmt: skip
    try:
        uploads.receive(upload, 0, _pieces(request))
        uploads.finish(upload, on=by.on, at=by.at)
    except Exception:
        uploads.drop(upload)
        raise
    upload.refresh_from_db()
    return upload


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(READ_BYTES):
        yield piece


def detach(api: NinjaAPI, request: HttpRequest, number: int) -> HttpResponse:
    """Take a file off its entry; it stays known that it was there."""
    found = _evidence(request, number, Moments(on=None, known=None))
    by = _by(request)
    what = "接口移除证明材料"
    note_written(request, _register(found.item), [found.item_id], set(), what=what, reason="")
    with _told_plainly():
        operations.detach(found, by)
    return api.create_response(request, _told(found), status=200)


def file(api: NinjaAPI, request: HttpRequest, number: int, query: Any) -> HttpResponseBase:
    """Hand out the bytes of a file as they are kept."""
    found = _evidence(request, number, query)
    note(request, _register(found.item), [found.item_id], set(), what="接口取证明材料")
    return serving.saved(found.file.kept_digest, found.saved_name, "application/octet-stream")


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Let expected failures reach the program as errors of the API."""
    try:
        yield
    except (UnreadablePostError, ConnectionError):
        raise ApiError(422, "内容没有传完，没有接收。请重新上传。") from None
    except tuple(_STATUS) as error:
        raise ApiError(_STATUS[type(error)], str(error)) from None


def _by(request: HttpRequest) -> By:
    caller, on = caller_of(request), asking.today()
    return By(caller.account, caller.viewer(on), on, timezone.now())  # noqa: TID251


def _item(request: HttpRequest, thing: int, query: Any) -> Item:
    on = query.on or asking.today()
    item = Item.objects.filter(pk=thing).first()
    if item is None or not rights.in_sight(item, caller_of(request).viewer(on), on, query.known):
        raise ApiError(404)
    return item


def _evidence(request: HttpRequest, number: int, query: Any) -> Evidence:
    on = query.on or asking.today()
    found = queries.find(number, caller_of(request).viewer(on), on, query.known)
    if found is None:
        raise ApiError(404)
    return found


def _register(item: Item) -> Register:
    return sheets.register(item.ledger)


def _told(row: Evidence) -> dict[str, Any]:
    file = row.file
    return {
        "id": row.pk, "name": row.name, "caption": row.caption, "kind": file.kind,
        "media_type": file.media_type, "size": file.size, "digest": file.digest,
        "pages": file.pages, "taken_at": row.taken_at, "latitude": row.latitude,
        "longitude": row.longitude, "added_at": row.recorded_at,
    }  # fmt: skip
