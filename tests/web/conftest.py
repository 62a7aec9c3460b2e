"""People of the small world at their browsers."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import signed_in
from tests.web import children
from tests.world import World


@pytest.fixture
def numbered(district: World) -> World:
    """The small world, some of its children with identity numbers."""
    children.give_numbers()
    return district


@pytest.fixture
def as_li(district: World) -> Client:
    """The clerk of a school has signed in."""
    return signed_in(district.li)


@pytest.fixture
def as_sun(district: World) -> Client:
    """An officer of another body has signed in."""
    return signed_in(district.sun)


@pytest.fixture
def as_zhao(district: World) -> Client:
    """The officer of a town has signed in."""
    return signed_in(district.zhao)
