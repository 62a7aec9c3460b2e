"""Snapshots of the small world: what was known and approved, and nobody's name in what leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from gengdu.analytics import cards, forms
from gengdu.analytics.counties.evaluator import CountiesEvaluator
from gengdu.analytics.engines.duckdb import DuckDBEngine
from gengdu.analytics.run import Moment
from gengdu.board import snapshots as board
from gengdu.board.live import indicators
from gengdu.board.snapshots import NoCounty
from gengdu.chapters.delivery.task_ledger.models import PlanDocument
from gengdu.chapters.school_character.out_of_school.models import OutOfSchoolBrand
from gengdu.cli import main
from gengdu.datasets.snapshots import Place, Snapshot, find
from gengdu.datasets.tables import TABLES
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment, Pupil, PupilRecord
from gengdu.registers.staff.models import Staff, StaffRecord
from tests.world import LATE_PLAN_KNOWN_ON, ON, World, entry

pytestmark = pytest.mark.django_db
KEY = b"k" * 32
DAY_BEFORE_KNOWN = date.fromordinal(LATE_PLAN_KNOWN_ON.toordinal() - 1)


def taken(folder: Path, known: date | None = None, key: bytes | None = None) -> Snapshot:
    place = Place(fs.LocalFileSystem(), str(folder))
    board.write(place, Moment(ON, known), pseudonym_key=key)
    [found] = find(place)
    return found


def rows(of: Snapshot, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.ParquetFile(of.file(table)).read().to_pylist()
    return found


def counts(of: Snapshot) -> dict[str, Any]:
    evaluator = CountiesEvaluator(DuckDBEngine(threads=1), [of])
    found: dict[str, Any] = {}
    for card in cards.cards().values():
        for row in evaluator.counts([card])[card.name].to_pylist():
            key = (card.name, row["level"], row["id"], row["part"])
            found[str(key)] = forms.from_row(row)
    return found


@pytest.mark.parametrize("known", [None, DAY_BEFORE_KNOWN, LATE_PLAN_KNOWN_ON])
def test_a_snapshot_comes_to_the_numbers_of_the_pages(
    district: World, tmp_path: Path, known: date | None
) -> None:
    evaluator = CountiesEvaluator(DuckDBEngine(threads=1), [taken(tmp_path, known)])

    with indicators.reading() as live:
        for card in cards.cards().values():
            found = {
                row["part"]: forms.from_row(row)
                for row in evaluator.counts([card])[card.name].to_pylist()
                if row["level"] == "county"
            }
            assert found == dict(live.result(card, Moment(ON, known)).district), card.name


def test_what_became_known_later_is_not_in_what_was_known(district: World, tmp_path: Path) -> None:
    before = rows(taken(tmp_path / "before", DAY_BEFORE_KNOWN), "school_plans")
    since = rows(taken(tmp_path / "since", LATE_PLAN_KNOWN_ON), "school_plans")

    assert len(since) == len(before) + 1


def test_what_nobody_approved_is_not_in_it(district: World, tmp_path: Path) -> None:
    schools = {row["school_id"] for row in rows(taken(tmp_path), "school_plans")}

    assert district.kindergarten.pk not in schools


def test_the_manifest_counts_the_rows_of_each_school(district: World, tmp_path: Path) -> None:
    found = taken(tmp_path)

    told = found.content["tables"]["enrolments"]
    known = Enrolment.objects.filter(superseded_at=None)
    assert told["rows"] == sum(n for n, _hash in told["schools"].values()) == known.count()
    here = known.filter(school=district.li_school)
    assert told["schools"][str(district.li_school.pk)][0] == here.count() > 0
    assert (found.county, found.content["name"]) == (371072, "经开区")


def test_without_a_county_of_its_own_nothing_is_written(district: World, tmp_path: Path) -> None:
    PlaceRecord.objects.filter(place__is_own=True).update(code="开发区")

    with pytest.raises(NoCounty):
        taken(tmp_path)

    assert list(tmp_path.iterdir()) == []


# What leaves the county


@pytest.fixture
def secrets(district: World, db: None) -> set[str]:
    """Give everybody numbers, put names where a clerk might, and return all of it."""
    found: set[str] = set()
    for number, record in enumerate([*StaffRecord.objects.all(), *PupilRecord.objects.all()]):
        of = type(record).objects.filter(pk=record.pk)
        given = {
            "identity_number": f"37108119800101{number:04d}",
            "phone": f"1386310{number:04d}",
            "registry_number": f"G37108120100101{number:04d}",
            "home_address": f"崮山镇{record.name}家",
        }
        fields = {field.name for field in record._meta.get_fields()}
        here = {name: text for name, text in given.items() if name in fields}
        of.update(**here)
        found |= {record.name, *here.values()}
    entry(OutOfSchoolBrand, ON, school=district.li_school, name="李明老师的校外课堂")
    PlanDocument.objects.update(title="丛一同学资助方案", document_number="赵强签发第1号")
    found |= set(Staff.objects.values_list("staff_code", flat=True))
    found |= set(Pupil.objects.values_list("pupil_code", flat=True))
    return found


def texts(of: Snapshot) -> Iterator[str]:
    for table in TABLES:
        for row in rows(of, table):
            yield from (str(cell) for cell in row.values() if cell is not None)


def test_nothing_that_names_a_person_is_in_what_leaves(secrets: set[str], tmp_path: Path) -> None:
    found = taken(tmp_path, key=KEY)

    said = "\n".join(texts(found))
    assert len(secrets) > 40
    assert {secret for secret in secrets if secret in said} == set()
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        body = file.read_bytes()
        assert {secret for secret in secrets if secret.encode() in body} == set(), file
        assert KEY not in body


def test_the_search_finds_names_where_they_are(secrets: set[str], tmp_path: Path) -> None:
    said = "\n".join(texts(taken(tmp_path)))

    assert "李明" in said
    assert "丛一" in said


def test_no_number_of_a_person_in_what_leaves_is_one_of_the_registers(
    district: World, tmp_path: Path
) -> None:
    found = taken(tmp_path, key=KEY)
    own = {"staff_id": set(Staff.objects.values_list("pk", flat=True)),
           "pupil_id": set(Pupil.objects.values_list("pk", flat=True))}  # fmt: skip

    seen = 0
    for table in TABLES.values():
        for column in own.keys() & table.columns.keys():
            there = {row[column] for row in rows(found, table.name)}
            assert not there & own[column], (table.name, column)
            seen += len(there)
    assert seen > 20


def test_taking_persons_out_changes_no_number(district: World, tmp_path: Path) -> None:
    assert counts(taken(tmp_path / "theirs", key=KEY)) == counts(taken(tmp_path / "own"))


# As somebody types it


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(list(words))
    return capsys.readouterr().out


def test_the_command_writes_once_and_says_so(
    district: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("snapshot", "--to", str(tmp_path), "--on", str(ON))

    assert "已写入" in told(capsys, *words)
    assert "没有改动" in told(capsys, *words)


def test_another_content_is_refused_with_a_way_out(
    district: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    words = ["snapshot", "--to", str(tmp_path), "--on", str(ON)]
    main(words)
    StaffRecord.objects.filter(staff__staff_code="S01").update(is_lead_teacher=True)

    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2
    assert "--known" in capsys.readouterr().err


def test_evaluate_takes_the_place_of_a_snapshot_and_keeps_what_is_done(
    district: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["snapshot", "--to", str(tmp_path / "s"), "--on", str(ON)])
    words = ("evaluate", str(tmp_path / "s"), "--engine", "duckdb", "--to", str(tmp_path / "r"),
             "--format", "json", "--memory-limit", "1GB")  # fmt: skip

    first, second = told(capsys, *words), told(capsys, *words)

    assert "371072 经开区" in first
    assert f"{len(cards.cards())} 项指标，结果在" in first
    assert f"其中 {len(cards.cards())} 项此前已算好" in second
    [file] = (tmp_path / "r").glob(f"snapshot={ON}/county=371072/indicators.json")
    values = {one["indicator"]: one["value"] for one in json.loads(file.read_text())}
    with indicators.reading() as live:
        for card in cards.cards().values():
            value = live.result(card, Moment(ON)).value
            assert values[card.name] == (None if value is None else float(value))


def test_a_limit_that_is_no_size_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "./snapshots", "--memory-limit", "much"])

    assert "“much”" in capsys.readouterr().err


def test_a_mistyped_command_is_no_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "quality-balanse"])

    assert "没有“quality-balanse”这个命令" in capsys.readouterr().err


def test_small_counts_of_children_are_hidden_in_results_of_what_left(
    district: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["snapshot", "--to", str(tmp_path / "s"), "--on", str(ON), "--deidentified"])
    main(["evaluate", str(tmp_path / "s"), "--to", str(tmp_path / "r"), "--format", "json"])

    [folder] = (tmp_path / "r").glob(f"snapshot={ON}/county=371072")
    values = {one["indicator"]: one for one in json.loads((folder / "indicators.json").read_text())}
    groups = json.loads((folder / "counts.json").read_text())
    assert (values["aid_share"]["hidden"], values["aid_share"]["value"]) == (True, None)
    assert [one["counted"] for one in groups if one["indicator"] == "aid_share"] == [None]
    assert values["school_plan_share"]["value"] is not None
