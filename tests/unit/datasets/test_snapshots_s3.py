"""Snapshots in a bucket: the same files, and the same numbers, as in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from pyarrow import fs

from gengdu.analytics import cards
from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.cli.snapshot import place_of
from gengdu.datasets import snapshots
from gengdu.datasets.snapshots import NoSnapshot, Place, SnapshotDiffers
from tests.random_counties import ON, batches, county, written

ABOUT = {"name": "371001", "known": None, "deidentified": False}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def place(server: str, request: pytest.FixtureRequest) -> Place:
    bucket = f"snapshots-{abs(hash(request.node.name))}"
    client = boto3.client(
        "s3", endpoint_url=f"http://{server}", aws_access_key_id="key",
        aws_secret_access_key="secret", region_name="us-east-1",
    )  # fmt: skip
    client.create_bucket(Bucket=bucket)
    where = f"endpoint_override={server}&scheme=http&region=us-east-1"
    return place_of(f"s3://key:secret@{bucket}/counties?{where}")


def test_a_bucket_holds_the_files_of_a_folder(place: Place, tmp_path: Path) -> None:
    snapshots.write(place, ON, 371001, batches(county(1)), ABOUT)
    written(tmp_path, 371001, county(1))

    selector = fs.FileSelector(place.root, recursive=True)
    there = {
        info.path.removeprefix(f"{place.root}/"): place.files.open_input_file(info.path).read()
        for info in place.files.get_file_info(selector) if info.is_file
    }  # fmt: skip
    here = {str(path.relative_to(tmp_path)): path.read_bytes()
            for path in tmp_path.rglob("*") if path.is_file()}  # fmt: skip
    assert there == here


def test_a_bucket_comes_to_the_numbers_of_a_folder(place: Place, tmp_path: Path) -> None:
    every = tuple(cards.cards().values())
    for code in (371001, 371002):
        snapshots.write(place, ON, code, batches(county(code)), ABOUT)
        written(tmp_path, code, county(code))
    folder = Place(fs.LocalFileSystem(), str(tmp_path))

    remote, local = (
        CountiesEvaluator(DuckDBEngine(threads=1), snapshots.find(where)).counts(every)
        for where in (place, folder)
    )

    keys = [
        ("county", "ascending"),
        ("part", "ascending"),
        ("level", "ascending"),
        ("id", "ascending"),
    ]
    for name, table in local.items():
        assert remote[name].sort_by(keys) == table.sort_by(keys), name


def test_a_bucket_is_never_overwritten_by_other_content(place: Place) -> None:
    assert snapshots.write(place, ON, 371001, batches(county(1)), ABOUT)
    assert not snapshots.write(place, ON, 371001, batches(county(1)), ABOUT)

    with pytest.raises(SnapshotDiffers):
        snapshots.write(place, ON, 371001, batches(county(2)), ABOUT)


def test_an_empty_bucket_has_no_snapshot(place: Place) -> None:
    with pytest.raises(NoSnapshot):
        snapshots.find(place)
