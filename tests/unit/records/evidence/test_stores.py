"""Bytes by their digest, the same in a folder and in a bucket over HTTP."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gengdu.records.evidence import stores
from gengdu.records.evidence.stores.disk import DiskStore
from gengdu.records.evidence.stores.s3 import S3Store
from gengdu.site.stores import bucket

BODY = bytes(range(256)) * 4_000
KEY = hashlib.sha256(BODY).hexdigest()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "folder":
        return DiskStore(tmp_path / "files")
    made = S3Store(
        endpoint=request.getfixturevalue("server"), bucket=f"files-{os.urandom(4).hex()}",
        access_key="key", secret="secret", region="us-east-1", style="path",
    )  # fmt: skip
    made.client.create_bucket(Bucket=made.bucket)
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(BODY)
    return path


def test_what_is_put_is_read_whole_and_in_part(store: Any, source: Path) -> None:
    store.put(KEY, source)

    assert b"".join(store.read(KEY)) == BODY
    assert b"".join(store.read(KEY, 10, 19)) == BODY[10:20]
    assert b"".join(store.read(KEY, len(BODY) - 5)) == BODY[-5:]
    assert store.size(KEY) == len(BODY)
    with store.local(KEY) as path:
        assert path.read_bytes() == BODY


def test_putting_again_changes_nothing(store: Any, source: Path) -> None:
    store.put(KEY, source)
    store.put(KEY, source)

    assert [key for key, _at in store.all_keys()] == [KEY]


def test_what_is_drawn_from_a_file_stands_beside_it(store: Any, source: Path) -> None:
    store.put(KEY, source)
    small = stores.derived(KEY, "thumb")
    source.write_bytes(b"small")
    store.put(small, source)

    assert sorted(key for key, _at in store.all_keys()) == [KEY, small]
    assert b"".join(store.read(small)) == b"small"


def test_bytes_that_are_not_what_their_key_says_are_not_kept(store: Any, source: Path) -> None:
    source.write_bytes(b"others")

    with pytest.raises(stores.Spoilt):
        store.put(KEY, source)

    assert list(store.all_keys()) == []


def test_what_is_not_there_is_said_to_be_missing(store: Any) -> None:
    assert store.size(KEY) is None
    with pytest.raises(stores.Missing):
        b"".join(store.read(KEY))
    with pytest.raises(stores.Missing), store.local(KEY):
        pass


def test_what_is_removed_is_gone_and_removing_it_again_is_nothing(store: Any, source: Path) -> None:
    store.put(KEY, source)
    store.remove(KEY)
    store.remove(KEY)

    assert store.size(KEY) is None


@pytest.mark.parametrize("key", ["", "../etc/passwd", "A" * 64, KEY + "/x", KEY + "." + "x" * 40])
def test_no_key_leads_out_of_the_store(store: Any, source: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.put(key, source)


def _put_for_ever(folder: str, source: str) -> None:
    store = DiskStore(Path(folder))
    while True:
        store.put(KEY, Path(source))
        store.remove(KEY)


@pytest.mark.parametrize("milliseconds", [3, 7, 11, 13])
def test_killed_while_it_puts_the_folder_has_the_file_whole_or_not_at_all(
    tmp_path: Path, source: Path, milliseconds: int
) -> None:
    begun = multiprocessing.get_context("fork")
    writer = begun.Process(target=_put_for_ever, args=(str(tmp_path / "files"), str(source)))
    writer.start()
    time.sleep(milliseconds / 100)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()

    store = DiskStore(tmp_path / "files")
    for key, _at in store.all_keys():
        assert b"".join(store.read(key)) == BODY


def test_the_environment_chooses_folder_or_bucket() -> None:
    whole = {f"GENGDU_FILES_S3_{name}": "x" for name in ("BUCKET", "ACCESS_KEY", "SECRET")}

    assert bucket({}) is None
    assert bucket(whole) == {
        "endpoint": "", "bucket": "x", "access_key": "x", "secret": "x", "region": "us-east-1",
        "style": "auto",
    }  # fmt: skip
    with pytest.raises(ImproperlyConfigured, match="GENGDU_FILES_S3_SECRET"):
        bucket({name: value for name, value in whole.items() if "SECRET" not in name})
    with pytest.raises(ImproperlyConfigured, match="STYLE"):
        bucket({**whole, "GENGDU_FILES_S3_STYLE": "round"})
