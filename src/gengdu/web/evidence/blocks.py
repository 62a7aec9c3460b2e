"""The block of files on a page of an entry, or of one that is only being written.

On the page of an entry, outside any form, what is done takes effect at once. In the form of a new
entry what is picked goes along with the form: `chosen` reads it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.records.evidence import kinds, queries, rights
from gengdu.records.evidence.limits import Limits
from gengdu.records.evidence.models import Evidence, StoredFile, Upload, UploadState
from gengdu.records.evidence.operations import Given
from gengdu.records.models import Item
from gengdu.records.sheets import Register
from gengdu.web import moments

UPLOAD_FIELD, FILE_FIELD = "evidence_upload", "evidence_file"
MOST_PICKED = 100


@dataclass(frozen=True)
class Line:
    """One file of an entry, as the block lists it."""

    evidence: Evidence

    @property
    def file(self) -> StoredFile:
        """What is kept."""
        return self.evidence.file

    @property
    def about(self) -> str:
        """Kind and size, in words."""
        return about(self.evidence.file)


@dataclass(frozen=True)
class Picked:
    """One file that goes along with the form of a new entry.

    Attributes:
        field, value: What the form sends.
    """

    field: str
    value: str
    name: str
    about: str
    thumbnail: str


def about(file: StoredFile) -> str:
    """Return kind and size of a file, in words."""
    parts = [str(file.get_kind_display()), size_zh(file.size)]
    if file.pages:
        parts.insert(1, _("%(count)s 页") % {"count": file.pages})
    return " · ".join(parts)


def size_zh(size: int) -> str:
    """Return a size as people say it.

    >>> size_zh(900), size_zh(20_480), size_zh(3_500_000)
    ('1 KB', '20 KB', '3.3 MB')
    """
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB"


def block(
    request: HttpRequest, viewer: Viewer, register: Register, item: Item | None
) -> dict[str, Any]:
    """Return what `web/evidence/_block.html` needs, as `evidence`.

    Args:
        request: The request of the page.
        viewer: Who looks; the caller has checked that they may see the entry.
        register: The ledger.
        item: The entry; None in the form of a new one, which then sends what was picked.
    """
    moment = moments.moment_of(request)
    may_change = moment.known is None and rights.may_add_to(register.key, viewer)
    told = ""
    if item is not None and may_change:
        told = rights.why_not(item, viewer, moment.on)
        may_change = not told
    limits = Limits.on(moment.on)
    return {
        "register": register,
        "item": item,
        "lines": [] if item is None else lines(item, request),
        "picked": _picked(request, viewer) if item is None else [],
        "may_change": may_change,
        "why_not": told,
        "limits": limits,
        "accept": ",".join(f".{extension}" for extension in kinds.BY_EXTENSION),
        "megabytes": limits.by_kind,
    }


def lines(item: Item, request: HttpRequest) -> list[Line]:
    """Return the files of an entry, by what is known or was."""
    return [Line(one) for one in queries.of_item(item, moments.moment_of(request).known)]


def chosen(request: HttpRequest, viewer: Viewer, register: Register) -> list[Given]:
    """Return the files that the form of a new entry brought, for `operations.attach`."""
    uploads, others = _fields(request)
    return queries.chosen(
        uploads, others, ledger=register.key, viewer=viewer,
        account=request.user,  # type: ignore[arg-type]
        on=moments.moment_of(request).on,
    )  # fmt: skip


def _fields(request: HttpRequest) -> tuple[list[str], list[int]]:
    uploads = list(dict.fromkeys(request.POST.getlist(UPLOAD_FIELD)))[:MOST_PICKED]
    others = [one for one in request.POST.getlist(FILE_FIELD) if one.isascii() and one.isdigit()]
    return uploads, [int(one) for one in dict.fromkeys(others) if len(one) < 16][:MOST_PICKED]


def _picked(request: HttpRequest, viewer: Viewer) -> list[Picked]:
    """Return what was picked, where a form comes back with something to mend."""
    uploads, others = _fields(request)
    own = Upload.objects.filter(
        account=request.user.pk, public_id__in=uploads, state=UploadState.DONE
    ).select_related("file")
    found = [of_upload(one) for one in own]
    on = moments.moment_of(request).on
    seen = (queries.find(number, viewer, on) for number in others)
    return [*found, *of_evidence([one for one in seen if one is not None])]


def of_upload(upload: Upload) -> Picked:
    """Return a finished upload as something picked."""
    assert upload.file is not None
    address = reverse("evidence_upload_thumbnail", args=[upload.public_id])
    return Picked(
        UPLOAD_FIELD, upload.public_id, upload.file_name, about(upload.file),
        address if upload.file.has_thumbnail else "",
    )  # fmt: skip


def of_evidence(found: Sequence[Evidence]) -> list[Picked]:
    """Return files of other entries as something picked."""
    return [
        Picked(
            FILE_FIELD, str(one.pk), one.shown_name, about(one.file),
            reverse("evidence_thumbnail", args=[one.pk]) if one.file.has_thumbnail else "",
        )
        for one in found
    ]  # fmt: skip
