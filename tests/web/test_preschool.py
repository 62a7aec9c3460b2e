"""The page and the command of 普及普惠 over the small world."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.analytics.run import Moment
from gengdu.analytics.statements import Surveyed
from gengdu.analytics.verdicts import Verdict
from gengdu.board.preschool import chosen_variant, universal_preschool
from gengdu.board.quality_balance.standing import standing as quality_balance
from gengdu.chapters.delivery.evaluation.ledger import PRESCHOOL_STATEMENTS, RECOGNITION
from gengdu.chapters.delivery.task_ledger.ledger import RECOGNITIONS
from gengdu.chapters.school_conditions.kindergartens.ledger import INCLUSIVE, RESIDENTIAL, YEARS
from gengdu.cli import main
from gengdu.kernel.school_years import SchoolYear
from gengdu.records.ledgers import Ledger
from gengdu.registers.schools.models import FacilityReport, SchoolProfile
from gengdu.registers.staff.models import Certificate, Staff
from tests.ledgers import act, new, prove
from tests.web.children import text
from tests.world import LONG_AGO, ON, World, known

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
PAGE = reverse("universal_preschool")


def standing(number: int, **asked: Any) -> Verdict:
    found = universal_preschool(Moment(ON), variant=chosen_variant(""), **asked)
    return found.evaluation.items[number - 1].standing


def test_children_teachers_and_classes_are_those_of_the_registers(district: World) -> None:
    found = universal_preschool(Moment(ON), variant=chosen_variant("")).counts

    assert (found.children, found.public, found.teachers, found.classes) == (1, 1, 1, 1)
    assert (found.towns, found.towns_with_public) == (2, 1)


def test_a_private_kindergarten_leaves_the_inclusive_share_to_be_reported(
    district: World, db: None
) -> None:
    assert standing(2) == Verdict.MET

    SchoolProfile.objects.filter(school=district.kindergarten).update(is_public=False)

    assert standing(2) == Verdict.UNKNOWN
    assert standing(3) == Verdict.UNMET


def test_a_certificate_counts_from_the_day_it_was_issued(district: World, db: None) -> None:
    chen = Staff.objects.get(staff_code="S05")
    assert standing(32) == Verdict.UNKNOWN

    mine = Certificate.objects.create(
        staff=chen, number="示例1", issued_on=LONG_AGO, recorded_at=known(LONG_AGO)
    )
    assert standing(32) == Verdict.MET

    Certificate.objects.filter(pk=mine.pk).update(issued_on=ON.replace(year=ON.year + 1))
    assert standing(32) == Verdict.UNMET


def test_the_page_lists_every_item_and_what_proves_it(as_wang: Client) -> None:
    page = text(as_wang.get(PAGE))

    assert "有关无证园取缔和治理工作方案" in page
    assert page.count("未报") > 20


@pytest.fixture
def approve(district: World, db: None) -> Callable[..., int]:
    """Fill in an entry at the bureau, and approve it."""

    def approved(ledger: Ledger, **given: object) -> int:
        item = new(ledger, district.wang, **given)
        act(ledger, district.wang, "submit", item)
        act(ledger, district.wang, "pass", item)
        return item

    return approved


def test_the_population_is_that_of_the_year_and_of_the_reading_of_the_setting(
    approve: Callable[..., int], as_wang: Client
) -> None:
    assert standing(1) == Verdict.UNKNOWN
    assert standing(1, population=1) == Verdict.MET

    approve(YEARS, year=str(ON.year - 1), registered_children="2", resident_children="1")

    assert standing(1) == Verdict.UNMET
    assert as_wang.get(PAGE).context["measured"][0]["value"] == "50%"

    approve(YEARS, year=str(ON.year), resident_children="1")
    assert standing(1) == Verdict.UNMET  # what this year leaves empty is that of the year before


def test_the_newest_year_that_reported_the_population_goes_before_older_ones(
    approve: Callable[..., int],
) -> None:
    approve(YEARS, year=str(ON.year), registered_children="1")
    approve(YEARS, year=str(ON.year - 1), registered_children="2")

    assert standing(1) == Verdict.MET


def test_another_basis_is_shown_by_the_address_and_told_beside_the_one_shown(
    approve: Callable[..., int], as_wang: Client
) -> None:
    approve(YEARS, year=str(ON.year), registered_children="1", resident_children="2")
    set_, other = as_wang.get(PAGE), as_wang.get(PAGE, {"basis": "2", "variant": ""})

    assert [page.context["measured"][0]["value"] for page in (set_, other)] == ["100%", "50%"]
    assert [page.context["others"][0][1]["value"] for page in (set_, other)] == ["50%", "100%"]
    assert "现按所选口径显示" not in text(set_)
    assert "毛入园率的分母现按所选口径显示：常住3—5岁人口" in text(other)
    assert "没有编号为“3”的口径" in text(as_wang.get(PAGE, {"basis": "3"}))


def test_the_command_takes_another_basis_as_well(
    approve: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    approve(YEARS, year=str(ON.year), registered_children="1", resident_children="2")

    main(["evaluate", "universal-preschool", "--on", str(ON), "--basis", "2", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert (told["population_basis"], told["items"][0]["value"]) == (2, 0.5)


def test_figures_of_two_years_before_no_longer_count(approve: Callable[..., int]) -> None:
    approve(YEARS, year=str(ON.year - 2), registered_children="1")

    assert standing(1) == Verdict.UNKNOWN


def test_the_list_of_inclusive_kindergartens_decides_once_it_is_complete(
    district: World, approve: Callable[..., int]
) -> None:
    SchoolProfile.objects.filter(school=district.kindergarten).update(is_public=False)
    name = SchoolProfile.objects.get(school=district.kindergarten).name
    assert standing(2) == Verdict.UNKNOWN

    approve(YEARS, year=str(ON.year), is_inclusive_listed="是")
    assert standing(2) == Verdict.UNMET

    approve(INCLUSIVE, school=name, starts_on="2025-09-01")
    assert standing(2) == Verdict.MET


def test_a_kindergarten_of_a_residential_area_counts_as_the_registers_say(
    district: World, approve: Callable[..., int]
) -> None:
    name = SchoolProfile.objects.get(school=district.kindergarten).name
    approve(YEARS, year=str(ON.year), is_residential_listed="是")
    assert standing(9) == Verdict.MET  # the complete list has none

    approve(RESIDENTIAL, area_name="甲小区", school=name)
    assert standing(9) == Verdict.MET

    approve(RESIDENTIAL, area_name="乙小区", school="")
    assert standing(9) == Verdict.UNMET


def test_a_statement_counts_once_it_is_approved_and_proved_and_leads_to_its_evidence(
    approve: Callable[..., int], as_wang: Client, as_li: Client
) -> None:
    item = approve(PRESCHOOL_STATEMENTS, subject="24 全面完成无证园治理工作。", year=str(ON.year))
    assert standing(24) == Verdict.UNKNOWN
    assert f"{ON.year} 年的结论没有证明材料" in text(as_wang.get(PAGE))

    prove(item)

    assert standing(24) == Verdict.MET
    address = reverse("preschool_statements_detail", args=[item])
    assert address in as_wang.get(PAGE).content.decode()
    assert address not in as_li.get(PAGE).content.decode()


def test_another_year_s_or_another_item_s_statement_answers_nothing(
    approve: Callable[..., int],
) -> None:
    prove(approve(PRESCHOOL_STATEMENTS, subject="24", year=str(ON.year - 2)))

    assert standing(24) == Verdict.UNKNOWN


def test_the_recognition_of_the_district_stands_on_the_page(
    approve: Callable[..., int], as_wang: Client
) -> None:
    approve(RECOGNITIONS, kind="学前教育普及普惠县", document_number="示例1号",
            starts_on="2025-03-01")  # fmt: skip

    assert "示例1号" in text(as_wang.get(PAGE))


def test_a_survey_counts_for_the_evaluation_that_it_was_made_for(
    approve: Callable[..., int], as_wang: Client
) -> None:
    told = {"year": str(ON.year), "group": "计", "sent": "100", "valid": "90", "satisfied": "81"}
    approve(RECOGNITION, **told, evaluation="优质均衡")
    assert as_wang.get(PAGE).context["measured"][-1]["standing"] == "unknown"
    assert quality_balance(Moment(ON)).asked.surveyed == Surveyed(100, 90, 81)

    approve(RECOGNITION, **{**told, "satisfied": "45"}, evaluation="普及普惠")

    shown = as_wang.get(PAGE).context["measured"][-1]
    assert (shown["value"], shown["standing"]) == ("50%", "late")
    assert quality_balance(Moment(ON)).asked.surveyed == Surveyed(100, 90, 81)


def test_space_for_each_child_is_that_of_the_yearly_report(
    district: World, db: None, as_wang: Client
) -> None:
    assert not as_wang.get(PAGE).context["spaces"]["rows"][0]["space"].is_reported

    FacilityReport.objects.create(
        school=district.kindergarten, year=SchoolYear.containing(ON).begins_in,
        outdoor_activity_area_m2=4, activity_room_area_m2=8.16, planned_in=2018,
        recorded_at=known(LONG_AGO),
    )  # fmt: skip

    assert standing(27) == Verdict.UNMET
    shown = as_wang.get(PAGE).context["spaces"]["rows"][0]["cells"]
    assert [(value, stands) for value, _label, stands in shown] == [
        ("4", "met"), ("8.16", "late"), ("—", "unknown"), ("—", ""),
    ]  # fmt: skip


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
    assert told["recognition"]["verdict"] == "not_reported"


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
