"""Every address asks for a log-in and a permission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gengdu.access import scope
from gengdu.access.models import Account

PUBLIC = {"login"}
# Whoever has signed in may sign out.
NO_PERMISSION_NEEDED = {"login", "logout"}
# What stands in an address, by the name of its part.
EXAMPLES: dict[str, Any] = {
    "key": "workforce",
    "number": 11,
    "school_id": 1,
    "quality_check.key": "pupil_identity_birth",
    "quality_answer.key": "pupil_identity_birth",
    "quality_decide.key": "pupil_identity_birth",
    "target.name": "principals.young_leader_share",
    "standard.name": "settings.small_count",
    "indicator.name": "young_leader_share",
    "records.name": "young_leader_share",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from patterns(item)
        else:
            yield item


PATTERNS = {pattern.name: pattern for pattern in patterns()}


def example(name: str) -> str:
    """Return an address of a route, with something in the place of its parts."""
    parts = PATTERNS[name].pattern.converters
    return reverse(
        name, kwargs={part: EXAMPLES.get(f"{name}.{part}", EXAMPLES.get(part)) for part in parts}
    )


def view_of(name: str) -> Callable[..., Any]:
    return PATTERNS[name].callback  # type: ignore[no-any-return]


def test_every_route_has_a_name_of_its_own() -> None:
    assert None not in PATTERNS
    assert len(PATTERNS) == len(list(patterns()))


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - PUBLIC))
def test_whoever_has_not_signed_in_is_sent_to_the_log_in(name: str) -> None:
    response = Client().get(example(name))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{reverse('login')}?next=")


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_public_pages_open_for_everybody(name: str) -> None:
    assert Client().get(example(name)).status_code == 200


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - NO_PERMISSION_NEEDED))
def test_every_view_requires_a_permission(name: str) -> None:
    assert getattr(view_of(name), "required_permission", None) in scope.PERMISSIONS


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - NO_PERMISSION_NEEDED))
def test_a_role_without_the_permission_is_refused(name: str) -> None:
    request = RequestFactory().get(example(name))
    request.user = Account(username="visitor", role="visitor")
    parts = {
        part: EXAMPLES.get(f"{name}.{part}", EXAMPLES.get(part))
        for part in PATTERNS[name].pattern.converters
    }

    with pytest.raises(PermissionDenied):
        view_of(name)(request, **parts)


def test_the_refused_are_told_with_the_right_status() -> None:
    """Django answers PermissionDenied with our 403 page."""
    handler = get_resolver().resolve_error_handler(403)

    response = handler(RequestFactory().get("/"), exception=PermissionDenied())

    assert response.status_code == 403
    assert "没有权限打开这一页" in response.content.decode()
