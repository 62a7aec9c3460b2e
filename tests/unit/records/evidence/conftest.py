"""The small world with its ledgers declared, and an empty store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests import evidence


@pytest.fixture(autouse=True)
def _ledgers() -> Iterator[None]:
    with evidence.declared():
        yield


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES=tmp_path / "files", UPLOADS=tmp_path / "uploads"):
        yield
