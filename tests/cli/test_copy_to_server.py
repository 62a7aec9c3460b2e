"""An office that outgrows its file takes everything along to the server."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gengdu.demo.accounts import EVERYBODY
from tests import stores
from tests.cli.test_wrong_input import in_own_process, sentence

ON_FILES = {"GENGDU_DATABASE_URL": "", "GENGDU_TRAIL_URL": ""}
pytestmark = pytest.mark.xdist_group("cli")
on_postgresql = pytest.mark.postgresql


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in a file."""
    file = tmp_path_factory.mktemp("file") / "gengdu.sqlite3"
    code, _, err = in_own_process(
        root, "demo", "--out", str(file), GENGDU_VAR=str(file.parent), **ON_FILES
    )
    assert code == 0, err
    return file


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def server(tmp_path: Path, django_db_blocker: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Two databases of the server without a table."""
    with django_db_blocker.unblock(), stores.own_store(tmp_path, "office") as store:
        yield store


def statuses(root: Path, surroundings: dict[str, str]) -> Any:
    """Return how every promise stands, with all counts."""
    code, out, err = in_own_process(root, "status", "--json", **surroundings)
    assert code == 0, err
    return json.loads(out)


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as source:
        source.execute(sql)
        source.commit()


@on_postgresql
def test_the_server_answers_as_the_file_did(
    root: Path, file: Path, server: tuple[str, dict[str, str]]
) -> None:
    code, out, err = in_own_process(root, "copy-to-server", str(file), **server[1])
    assert (code, err) == (0, "")
    assert "已搬入" in out

    of_file = {"GENGDU_VAR": str(file.parent), "GENGDU_DATABASE": str(file), **ON_FILES}
    assert statuses(root, server[1]) == statuses(root, of_file)
    with stores.another_connection(server[0]) as reader:
        accounts = stores.execute(reader, "SELECT username FROM access_account ORDER BY 1")
    assert accounts == sorted((account.username,) for account in EVERYBODY)


@on_postgresql
def test_the_trail_comes_along_whole(
    root: Path, file: Path, server: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    of_file = {"GENGDU_VAR": str(file.parent), "GENGDU_DATABASE": str(file), **ON_FILES}
    make = [sys.executable, "manage.py", "migrate", "--database", "trail", "-v0"]
    subprocess.run(make, cwd=root, env={**os.environ, **of_file}, check=True)
    assert in_own_process(root, "trail", "export", str(tmp_path / "x.xlsx"), **of_file)[0] == 0
    at_first = in_own_process(root, "trail", "verify", **of_file)

    code, _, err = in_own_process(root, "copy-to-server", str(file), **server[1])
    assert (code, err) == (0, "")

    assert "1 条" in at_first[1]
    assert in_own_process(root, "trail", "verify", **server[1]) == at_first


@on_postgresql
def test_a_server_in_use_is_not_touched(
    root: Path, file: Path, server: tuple[str, dict[str, str]]
) -> None:
    assert in_own_process(root, "copy-to-server", str(file), **server[1])[0] == 0

    code, _, err = in_own_process(root, "copy-to-server", str(file), **server[1])

    assert code == 2
    assert "里已有记录，没有改动它" in sentence(err)


@on_postgresql
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(
            "DELETE FROM django_migrations WHERE app = 'staff'", "另一个版本", id="older version"
        ),
        pytest.param(
            "UPDATE schools_school SET id = -1 WHERE id = 1", "不合规则", id="a broken reference"
        ),
    ],
)
def test_a_file_that_does_not_fit_leaves_the_server_empty(
    root: Path, file: Path, server: tuple[str, dict[str, str]], damage: str, words: str
) -> None:
    change(file, damage)

    code, _, err = in_own_process(root, "copy-to-server", str(file), **server[1])

    assert code == 2
    assert words in err
    with stores.another_connection(server[0]) as reader:
        assert stores.execute(reader, "SELECT count(*) FROM schools_school") == [(0,)]


def test_without_a_server_the_command_says_what_to_set(root: Path, tmp_path: Path) -> None:
    code, _, err = in_own_process(
        root, "copy-to-server", str(tmp_path / "x"), GENGDU_VAR=str(tmp_path), **ON_FILES
    )

    assert code == 2
    assert "没有设置 GENGDU_DATABASE_URL" in sentence(err)


@on_postgresql
def test_a_file_that_is_not_there(
    root: Path, tmp_path: Path, server: tuple[str, dict[str, str]]
) -> None:
    code, _, err = in_own_process(root, "copy-to-server", str(tmp_path / "x"), **server[1])

    assert code == 2
    assert "不存在，没有搬动任何数据" in sentence(err)
