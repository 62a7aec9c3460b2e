"""The page that explains the API, and its OpenAPI document, for people who have signed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from gengdu.access.guards import requires
from gengdu.api import routes


@requires("use_api")
def docs(request: HttpRequest) -> HttpResponse:
    """Explain every address, drawn from the OpenAPI document; nothing comes from elsewhere."""
    request.gengdu_menu = reverse("me")  # type: ignore[attr-defined]
    found = routes.document()
    context = {
        "description": found["info"]["description"],
        "operations": list(_operations(found)),
        "most": settings.API_CALLS_PER_MINUTE,
    }
    return render(request, "api/docs.html", context)


@requires("use_api")
def document(_request: HttpRequest) -> HttpResponse:
    """Hand over the OpenAPI document."""
    return JsonResponse(routes.document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _operations(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield {
                "method": method.upper(),
                "path": path,
                "summary": operation["summary"],
                "parameters": [
                    (item["name"], item.get("description") or item["schema"].get("title", ""))
                    for item in operation["parameters"]
                ],
                "fields": list(_fields(found, operation)),
            }


def _fields(found: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the cells that may be written, and what they hold."""
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    models = found["components"]["schemas"]
    name = str(schema.get("schema", {}).get("$ref", "")).rsplit("/", 1)[-1]
    cells = models.get(f"{name.removesuffix('In')}Given", {}).get("properties", {})
    for key, cell in cells.items():
        yield key, cell.get("description", "")
