"""A trail of its own for each test, committed: other threads and processes read it as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from gengdu.access.actors import Actor
from gengdu.access.trail import operations
from gengdu.access.trail.models import Kind
from tests import world

WANG = Actor(1, "wang", "bureau_officer", path="/pupils/", client="10.0.0.7")


@pytest.fixture
def trail(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """An empty trail with its own anchors."""
    with django_db_blocker.unblock(), override_settings(TRAIL_ANCHORS=tmp_path / "anchors"):
        world.empty_trail()
        yield
        world.empty_trail()


def fill(count: int) -> None:
    """Let Wang look at as many records, one after another."""
    for number in range(1, count + 1):
        operations.append(WANG, Kind.LOOK, subject="pupils.Pupil", ids=[number], school_ids=[3])
