"""A site of the small world with two pages that carry the block of files, for a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import path

from gengdu.access.guards import requires
from gengdu.records.evidence.operations import By, attach
from gengdu.records.models import Item
from gengdu.registers.schools import queries
from gengdu.site import urls
from gengdu.web.evidence import blocks
from tests import evidence

_PAGE = """{% extends "web/base.html" %}{% block title %}一校一案{% endblock %}
{% block main %}<div class="heading"><h1>崮山小学 一校一案</h1></div>
{% if evidence.item %}{% include "web/evidence/_block.html" %}
{% else %}<form method="post" class="sheet">{% csrf_token %}
<section class="box"><h2>方案</h2></section>{% include "web/evidence/_block.html" %}
<button class="btn btn-primary" id="save">保存</button></form>
{% endif %}{% endblock %}"""


@requires("view_records")
def page(request: HttpRequest, item: int = 0) -> HttpResponse:
    """Show the block at an entry; at none, in the form of one, which adds to the plan of a school.

    The plan is that of the viewer's own school, written already.
    """
    viewer = queries.viewer_of(request.user, on=evidence.ON)  # type: ignore[arg-type]
    if request.method == "POST":
        held = Item.objects.get(moral_education_schoolplan__school=viewer.scope_key)
        by = By(request.user, viewer, evidence.ON, evidence.AT)  # type: ignore[arg-type]
        attach(held, blocks.chosen(request, viewer, evidence.PLANS), by)
        return HttpResponse("written")
    found = Item.objects.filter(pk=item).first()
    context = {"evidence": blocks.block(request, viewer, evidence.PLANS, found)}
    return HttpResponse(engines["django"].from_string(_PAGE).render(context, request))


urlpatterns = [
    path("test/entries/<int:item>/", page, name="test_entry"),
    path("test/new/", page, name="test_new"),
    *urls.urlpatterns,
]


class _Handler(StaticFilesHandler):
    def __init__(self, *_: Any) -> None:
        super().__init__(WSGIHandler())


@contextmanager
def serving() -> Iterator[str]:
    """Serve the test databases from a thread; yields the address."""
    server = LiveServerThread("127.0.0.1", _Handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def elsewhere(work: Any) -> Any:
    """Do some work in a thread of its own: the browser's loop keeps this one from the store."""
    done: list[Any] = []
    worker = threading.Thread(target=lambda: done.append(work()))
    worker.start()
    worker.join()
    return done[0]


def sign_in(browser: Any, address: str, client: Client, *, width: int = 1440, **how: Any) -> Any:
    """Return a page of somebody who has signed in."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **how)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])
    return context.new_page()
