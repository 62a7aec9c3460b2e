"""The page and the command of 普及普惠 over the small world."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.analytics.run import Moment
from gengdu.analytics.universal_preschool.items import Standing
from gengdu.board.preschool import chosen_variant, universal_preschool
from gengdu.cli import main
from gengdu.registers.schools.models import SchoolProfile
from gengdu.registers.staff.models import Certificate, Staff
from tests.web.children import text
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PAGE = reverse("universal_preschool")


def standing(number: int, **asked: Any) -> Standing:
    found = universal_preschool(Moment(ON), variant=chosen_variant(""), **asked)
    return found.evaluation.items[number - 1].standing


def test_children_teachers_and_classes_are_those_of_the_registers(district: World) -> None:
    found = universal_preschool(Moment(ON), variant=chosen_variant("")).counts

    assert (found.children, found.public, found.teachers, found.classes) == (1, 1, 1, 1)
    assert (found.towns, found.towns_with_public) == (2, 1)


def test_a_private_kindergarten_leaves_the_inclusive_share_to_be_reported(
    district: World, db: None
) -> None:
    assert standing(2) == Standing.MET

    SchoolProfile.objects.filter(school=district.kindergarten).update(is_public=False)

    assert standing(2) == Standing.UNKNOWN
    assert standing(3) == Standing.UNMET


def test_a_certificate_counts_from_the_day_it_was_issued(district: World, db: None) -> None:
    chen = Staff.objects.get(staff_code="S05")
    assert standing(32) == Standing.UNKNOWN

    mine = Certificate.objects.create(
        staff=chen, number="示例1", issued_on=LONG_AGO, recorded_at=known(LONG_AGO)
    )
    assert standing(32) == Standing.MET

    Certificate.objects.filter(pk=mine.pk).update(issued_on=ON.replace(year=ON.year + 1))
    assert standing(32) == Standing.UNMET


def test_the_page_lists_every_item_and_what_proves_it(as_wang: Client) -> None:
    page = text(as_wang.get(PAGE))

    assert "有关无证园取缔和治理工作方案" in page
    assert page.count("未报") > 20


def test_a_population_is_tried_and_a_wrong_one_is_said_to_be(as_wang: Client) -> None:
    assert standing(1) == Standing.UNKNOWN
    assert standing(1, population=1) == Standing.MET

    tried = as_wang.get(PAGE, {"population": "2"})
    wrong = as_wang.get(PAGE, {"population": "两千"})

    assert tried.context["measured"][0]["value"] == "50%"
    assert "适龄人口应为正整数" in text(wrong)


def test_another_province_shows_its_own_number_with_its_grade(as_wang: Client) -> None:
    page = text(as_wang.get(PAGE, {"variant": "henan"}))

    assert "河南省自己的数值" in page
    assert "≥ 90%" in page
    assert "没有名为“hebei”的省份变体" in text(as_wang.get(PAGE, {"variant": "hebei"}))


def test_the_setting_says_which_province_holds(as_wang: Client, settings: Any) -> None:
    settings.EVALUATION_VARIANT = "henan"

    assert as_wang.get(PAGE).context["variant"].key == "henan"
    assert as_wang.get(PAGE, {"variant": ""}).context["variant"].key == ""


def test_the_command_tells_the_same(district: World, capsys: pytest.CaptureFixture[str]) -> None:
    main(["evaluate", "universal-preschool", "--on", str(ON), "--population", "1", "--json"])

    told = json.loads(capsys.readouterr().out)
    found = universal_preschool(Moment(ON), population=1, variant=chosen_variant(""))
    assert [one["verdict"] for one in told["items"]] == [
        one.standing.value for one in found.evaluation.items
    ]
    assert told["items"][0]["value"] == 1


def test_the_command_refuses_a_province_that_is_not_there(district: World) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "universal-preschool", "--variant", "hebei"])


def test_the_command_prints_what_was_counted(
    district: World, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["evaluate", "universal-preschool", "--on", str(ON), "--variant", "henan"])

    told = capsys.readouterr().out
    assert "河南省" in told
    assert "无证园" in told
