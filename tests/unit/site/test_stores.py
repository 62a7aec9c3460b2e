"""Where the settings say that records are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gengdu.site import stores

URL = "postgresql://li:geheim@db.example:5433/gengdu"


def test_files_are_kept_side_by_side() -> None:
    found = stores.in_files(Path("/data/gengdu.sqlite3"))

    assert [str(store["NAME"]) for store in found.values()] == [
        "/data/gengdu.sqlite3",
        "/data/gengdu-trail.sqlite3",
    ]


def test_sessions_have_a_database_of_their_own_on_the_same_server() -> None:
    found = stores.on_server(URL)

    assert (found["default"]["NAME"], found["trail"]["NAME"]) == ("gengdu", "gengdu_trail")
    assert found["default"]["HOST"] == found["trail"]["HOST"] == "db.example"


def test_sessions_may_be_kept_elsewhere() -> None:
    found = stores.on_server(URL, "postgresql:///visits?host=%2Frun%2Fpostgresql")

    assert found["trail"]["NAME"] == "visits"
    assert found["trail"]["HOST"] == "/run/postgresql"


def test_one_database_for_both_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="指向同一个数据库"):
        stores.on_server(URL, URL)


def test_what_the_driver_understands_is_handed_on() -> None:
    options = stores.on_server(f"{URL}?sslmode=verify-full&sslrootcert=/etc/ca.pem")["default"][
        "OPTIONS"
    ]

    assert isinstance(options, dict)
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")


@pytest.mark.parametrize(
    "url",
    ["gengdu", "sqlite:///x", "postgresql://h/", "postgresql://h/a/b", "postgresql://h:port/x"],
)
def test_what_is_no_address_is_answered_with_an_example(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"GENGDU_DATABASE_URL .*应如 postgresql://"):
        stores.on_server(url)
