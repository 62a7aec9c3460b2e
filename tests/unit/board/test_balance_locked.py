"""An evaluation locked as it was reported, and held against what is known now."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry
from gengdu.analytics.run import Moment
from gengdu.board.quality_balance.form import book
from gengdu.board.quality_balance.locked import comparing, operations
from gengdu.board.quality_balance.locked.operations import CannotLock
from gengdu.chapters.delivery.evaluation import locks
from gengdu.chapters.delivery.evaluation.models import LockedEvaluation
from gengdu.records import bulk
from gengdu.registers.schools.models import FacilityReport
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
NOW = Moment(ON)


@pytest.fixture
def wang(district: World, db: None) -> Account:
    return district.wang


@pytest.fixture
def reported(wang: Account) -> LockedEvaluation:
    return operations.lock(NOW, wang, reason="上报", at=AT)


def correct(district: World) -> None:
    """Let the school of Li correct what it reported on its equipment."""
    rows = FacilityReport.objects.filter(school=district.li_school, superseded_at=None)
    rows.update(equipment_yuan=123_456)


def test_what_is_locked_says_who_when_why_and_what_it_came_to(
    reported: LockedEvaluation, wang: Account
) -> None:
    content = operations.content_of(reported)

    assert (reported.year, reported.version, reported.on) == (ON.year, 1, ON)
    assert (reported.account, reported.locked_at, reported.reason) == (wang, AT, "上报")
    assert content["schools"]
    assert len(content["items"]) == 31
    assert {one["grade"] for one in content["rules"] if one["name"].endswith("_primary")}
    assert operations.is_whole(reported)


def test_the_trail_notes_it(reported: LockedEvaluation) -> None:
    entry = TrailEntry.objects.order_by("-sequence").first()

    assert entry is not None
    assert (entry.subject, entry.ids) == ("delivery.LockedEvaluation", [reported.pk])
    assert entry.details["content_hash"] == reported.content_hash


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_itself_refuses_to_change_it(reported: LockedEvaluation, deed: str) -> None:
    rows = LockedEvaluation.objects.filter(pk=reported.pk)

    with pytest.raises(DatabaseError, match=locks.REFUSAL.message), transaction.atomic():
        rows.update(reason="改过") if deed == "update" else rows.delete()

    assert rows.get().reason == "上报"


def test_the_triggers_may_be_made_again(reported: LockedEvaluation) -> None:
    locks.REFUSAL.install(connection)

    with pytest.raises(DatabaseError), transaction.atomic():
        LockedEvaluation.objects.update(reason="改过")


def test_a_correction_is_a_further_version_and_the_first_stays(
    reported: LockedEvaluation, wang: Account, district: World
) -> None:
    correct(district)

    second = operations.lock(NOW, wang, reason="更正设备值", at=AT)

    assert second.version == 2
    assert second.content_hash != reported.content_hash
    assert [row.version for row in operations.locked()] == [2, 1]


def test_what_did_not_change_is_not_locked_again(reported: LockedEvaluation, wang: Account) -> None:
    with pytest.raises(CannotLock, match="完全相同"):
        operations.lock(NOW, wang, reason="再报", at=AT)


@pytest.mark.parametrize(
    ("moment", "reason", "told"),
    [(NOW, "  ", "理由"), (Moment(date(2001, 1, 1)), "上报", "没有可评估的学校")],
)
def test_nothing_is_locked_without_a_reason_or_a_school(
    wang: Account, moment: Moment, reason: str, told: str
) -> None:
    with pytest.raises(CannotLock, match=told):
        operations.lock(moment, wang, reason=reason, at=AT)

    assert not LockedEvaluation.objects.exists()


def test_its_form_stays_the_same_bytes_whatever_is_known_later(
    reported: LockedEvaluation, district: World
) -> None:
    before = bytes(LockedEvaluation.objects.get(pk=reported.pk).form)
    assert before == book.write(operations.content_of(reported))

    correct(district)

    assert bytes(LockedEvaluation.objects.get(pk=reported.pk).form) == before
    assert book.write(operations.known_now(reported)) != before
    assert openpyxl.load_workbook(io.BytesIO(before)).sheetnames[0] == "表Ⅰ"


def test_nothing_differs_while_nothing_was_corrected(reported: LockedEvaluation) -> None:
    pairs = comparing.compare(operations.content_of(reported), operations.known_now(reported))

    assert pairs
    assert [pair for pair in pairs if pair.differs] == []
    assert comparing.rules_changed(
        operations.content_of(reported), operations.known_now(reported)
    ) == []  # fmt: skip


def test_what_was_corrected_since_stands_first_with_both_figures(
    reported: LockedEvaluation, district: World
) -> None:
    correct(district)

    pairs = comparing.compare(operations.content_of(reported), operations.known_now(reported))

    differing = [pair for pair in pairs if pair.differs]
    assert pairs[: len(differing)] == differing
    [of_school] = [
        pair for pair in differing
        if pair.whose == "崮山小学（小学）" and pair.what == "教学仪器设备值"
    ]  # fmt: skip
    assert of_school.reported != of_school.now
    assert of_school.change.startswith(("+", "-")) or "—" in (of_school.reported, of_school.now)


def test_a_school_that_is_no_longer_listed_is_named(reported: LockedEvaluation) -> None:
    before = operations.content_of(reported)
    gone = before["schools"][0]
    after = {**before, "schools": before["schools"][1:]}

    [pair] = [one for one in comparing.compare(before, after) if one.differs]

    assert pair.whose.startswith(gone["school"])
    assert (pair.reported, pair.now) == ("列入", comparing.NOT_THERE)


def test_a_difference_beyond_what_is_printed_is_still_one(reported: LockedEvaluation) -> None:
    before = operations.content_of(reported)
    before["schools"][0]["values"]["teaching_area"] = "5"
    school = {**before["schools"][0]}
    school["values"] = {**school["values"], "teaching_area": "5001/1000"}
    after = {**before, "schools": [school, *before["schools"][1:]]}

    [pair] = [one for one in comparing.compare(before, after) if one.differs]

    assert (pair.reported, pair.now) == ("5", "5")
    assert pair.is_only_beyond_print


def test_a_difference_is_that_of_the_printed_numbers(reported: LockedEvaluation) -> None:
    before = operations.content_of(reported)
    after = operations.content_of(reported)
    before["schools"][0]["values"]["equipment_value"] = "6.605"
    after["schools"][0]["values"]["equipment_value"] = "6.684"

    pair = next(one for one in comparing.compare(before, after) if one.change)

    assert (pair.reported, pair.now, pair.change) == ("6.61", "6.68", "+0.07")


def test_a_rule_that_changed_since_is_told(reported: LockedEvaluation) -> None:
    before = operations.content_of(reported)
    changed = [{**one, "value": "9"} if one["name"] == "quality_balance.indicators_met" else one
               for one in before["rules"]]  # fmt: skip

    [pair] = comparing.rules_changed(before, {**before, "rules": changed})

    assert (pair.what, pair.reported, pair.now) == (
        "quality_balance.indicators_met", "6（D）", "9（D）",
    )  # fmt: skip


def test_what_was_changed_behind_the_database_is_noticed(reported: LockedEvaluation) -> None:
    forged = LockedEvaluation(content=reported.content + " ", content_hash=reported.content_hash)

    assert not operations.is_whole(forged)


def test_the_pages_can_be_asked_by_past_knowledge(wang: Account) -> None:
    row = operations.lock(replace(NOW, known=ON), wang, reason="按当日已知上报", at=AT)

    assert row.known == ON
    assert operations.known_now(row)["known"] is None


@pytest.mark.postgresql
def test_it_moves_to_a_server_byte_by_byte(reported: LockedEvaluation) -> None:
    columns = [field.column for field in LockedEvaluation._meta.concrete_fields]
    row = dict(LockedEvaluation.objects.values(*columns).get())
    moved = {**row, "id": row["id"] + 1, "version": 2, "form": bytes(row["form"])}

    with connection.cursor() as cursor:
        bulk.copy_in(cursor, locks.REFUSAL.table, columns, [tuple(moved[name] for name in columns)])

    copy = LockedEvaluation.objects.get(version=2)
    assert bytes(copy.form) == bytes(row["form"])
    assert operations.is_whole(copy)
