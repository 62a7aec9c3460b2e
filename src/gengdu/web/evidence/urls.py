"""The addresses of evidence; who may open which entry is asked in each view besides."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from gengdu.access.guards import requires
from gengdu.access.scope import Viewer
from gengdu.web.evidence.sending import Sending
from gengdu.web.evidence.views import Pages

ViewerOf = Callable[..., Viewer]


def urls(viewer_of: ViewerOf) -> list[URLPattern]:
    """Return the addresses of evidence.

    Args:
        viewer_of: Returns who looks, with the schools of their scope on a day.
    """
    sent, shown, may = Sending(viewer_of), Pages(viewer_of), requires("view_records")
    upload, piece = "evidence/uploads/<str:upload>/", "evidence/<int:evidence>/"
    return [
        path("evidence/uploads/", may(require_POST(sent.begin)), name="evidence_upload_begin"),
        path(upload, may(sent.upload), name="evidence_upload"),
        path(f"{upload}finish/", may(require_POST(sent.finish)), name="evidence_upload_finish"),
        path(f"{upload}drop/", may(require_POST(sent.drop)), name="evidence_upload_drop"),
        path(f"{upload}thumbnail/", may(sent.thumbnail), name="evidence_upload_thumbnail"),
        path("evidence/offered/", may(shown.offered), name="evidence_offered"),
        path("evidence/items/<int:item>/", may(shown.listed), name="evidence_list"),
        path(
            "evidence/items/<int:item>/attach/",
            may(require_POST(shown.attach)),
            name="evidence_attach",
        ),
        path(piece, may(shown.page), name="evidence_page"),
        path(f"{piece}file/", may(shown.file), name="evidence_file"),
        path(f"{piece}thumbnail/", may(shown.thumbnail), name="evidence_thumbnail"),
        path(f"{piece}picture/", may(shown.picture), name="evidence_picture"),
        path(f"{piece}pages/<int:page>/", may(shown.pdf_page), name="evidence_pdf_page"),
        path(f"{piece}video/", may(shown.video), name="evidence_video"),
        path(f"{piece}caption/", may(require_POST(shown.caption)), name="evidence_caption"),
        path(f"{piece}detach/", may(require_POST(shown.detach)), name="evidence_detach"),
        path(f"{piece}restore/", may(require_POST(shown.restore)), name="evidence_restore"),
    ]
