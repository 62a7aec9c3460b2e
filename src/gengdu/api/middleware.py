"""Keeps cookies out of the API, and lets it answer in JSON whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gengdu.api import errors

PREFIX = "/api/v1/"
_KEPT = ("Allow", "Retry-After")


class ApiEdge:
    """Stands before the sessions: a browser that is signed in is a stranger to the API.

    So no page of another site can use the API by way of a browser, and it needs no CSRF token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; of the API, without cookies and never kept by a cache."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers["Content-Type"][:16] != _JSON:
            kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
            response = errors.answer(response.status_code, headers=kept)
        response.headers["Cache-Control"] = "no-store"
        return response


_JSON = "application/json"
