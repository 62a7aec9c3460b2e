"""The national evaluations over the live registers of the small world."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gengdu.analytics.run import Moment
from gengdu.board import evaluations
from gengdu.cli import main
from gengdu.registers.pupils.models import Enrolment
from gengdu.registers.schools.models import FacilityReport
from tests.world import ON, World

pytestmark = pytest.mark.django_db


def test_every_school_with_pupils_of_a_compulsory_stage_is_assessed(district: World) -> None:
    found = evaluations.quality_balance(Moment(ON)).evaluation

    enrolled = Enrolment.objects.filter(superseded_at=None, starts_on__lte=ON).exclude(
        ends_on__lte=ON
    )
    expected = set(enrolled.filter(stage__in=("primary", "junior")).values_list("stage", flat=True))
    assert {one.stage.row.stage.value for one in found.schools} == expected
    pupils = sum(one.stage.row.pupils for one in found.schools)
    assert pupils == enrolled.filter(stage__in=("primary", "junior")).count()


def test_a_report_that_comes_in_is_counted_at_once(district: World, db: None) -> None:
    before = evaluations.quality_balance(Moment(ON)).evaluation
    [school] = {one.stage.row.school for one in before.schools if one.stage.row.rural} & {
        "崮山小学"
    }
    report = FacilityReport.objects.filter(school=district.li_school, superseded_at=None)
    report.update(equipment_yuan=123_456)

    after = evaluations.quality_balance(Moment(ON)).evaluation

    measured = {one.stage.row.school: one.stage.measured for one in after.schools}
    equipment = measured[school]["equipment_value"]
    assert equipment is not None
    assert equipment.resource == 123_456


def test_before_there_was_any_pupil_nobody_is_assessed(district: World) -> None:
    assert evaluations.quality_balance(Moment(date(2001, 1, 1))).evaluation.schools == ()


def test_the_command_tells_the_same(district: World, capsys: pytest.CaptureFixture[str]) -> None:
    main(["evaluate", "quality-balance", "--on", str(ON), "--json"])

    told = json.loads(capsys.readouterr().out)
    found = evaluations.quality_balance(Moment(ON)).evaluation
    assert [one["school"] for one in told["schools"]] == [
        one.stage.row.school for one in found.schools
    ]
