"""Fifty people of different towns and schools at once: nobody ever sees another's rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from gengdu.access.models import Account
from gengdu.documents.reading import read_rows
from tests import world
from tests.conftest import signed_in
from tests.world import World

PEOPLE, ROUNDS = 50, 2
LIKE = ("li", "zhao", "sun")
CHILDREN = {
    "li": {"丛一", "丛二", "丛三", "丛四"},
    "zhao": {"宫一", "宫二", "宫三"},
    "sun": {"宫一", "宫二", "宫三", "毕一"},
}
EVERYBODY = {name for names in CHILDREN.values() for name in names} | {"毕二"}
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def committed(django_db_blocker: pytest.FixtureRequest, district: World) -> Iterator[None]:
    """Let every thread reach the database with a connection of its own."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


def test_fifty_people_at_once_see_their_own_children_alone(
    district: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("parallel")
    wrong: list[str] = []
    accounts = [stranger(district, number) for number in range(PEOPLE)]
    start = threading.Barrier(PEOPLE)

    def person(number: int) -> None:
        account = accounts[number]
        own = CHILDREN[LIKE[number % 3]]
        try:
            client = signed_in(account)
            start.wait(60)
            for _ in range(ROUNDS):
                for text in pages(client, number, folder):
                    foreign = {name for name in EVERYBODY - own if name in text}
                    if foreign:
                        wrong.append(f"{account.username} saw {foreign}")
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def stranger(district: World, number: int) -> Account:
    """Make one more person with the scope of Li, Zhao or Sun; nobody has fifty sessions."""
    like: Account = getattr(district, LIKE[number % 3])
    return world.account(f"p{number}", like.title_zh, like.role, like.scope_kind, like.scope_key)


def pages(client: Client, number: int, folder: object) -> Iterator[str]:
    """Yield what one person meets: list, search by name and pinyin, export."""
    address = reverse("pupils_list")
    for query in ({}, {"q": "一"}, {"q": "gong"}, {"q": "cong"}, {"sort": "-name"}):
        response = client.get(address, query)
        assert response.status_code == 200, response.status_code
        # The words searched for stand in the search box; names of children are never among them.
        yield response.content.decode()
    response = client.get(reverse("pupils_export"))
    path = folder / f"{number}-{threading.get_ident()}.xlsx"  # type: ignore[operator]
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    response.close()
    yield str([row for _, row in read_rows(path)])
