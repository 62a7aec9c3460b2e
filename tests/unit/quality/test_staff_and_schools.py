"""Each check over classes, staff, schools, reports and titles, on both sides of its boundary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gengdu.chapters.moral_education.models import CampusTitle
from gengdu.policy import facts
from gengdu.registers.places.models import PlaceRecord
from gengdu.registers.pupils.models import Enrolment, Pupil
from gengdu.registers.schools.models import Campus, FacilityReport, School
from gengdu.registers.staff.models import Certificate, Degree, LeadershipTerm, Post, Staff
from tests import world
from tests.unit.quality.cases import (
    BOY,
    GIRL,
    OTHER_BOY,
    enrolment,
    found,
    post,
    profile,
    staff,
    where,
    who,
)
from tests.world import ON, World

pytestmark = pytest.mark.usefixtures("district", "db")
WOMAN = "371002198003010049"


def fill(school: School, pupils: int, *, stage: str = "primary", grade: int = 4) -> None:
    """Let the first class of a grade have so many pupils."""
    there = Enrolment.objects.filter(
        school=school, starts_on=date(2025, 9, 1), stage=stage, grade=grade
    ).count()
    for number in range(there, pupils):
        made = Pupil.objects.create(pupil_code=f"N{school.pk}-{number}")
        world.PupilRecord.objects.create(
            pupil=made, name="新生", sex="male", birth_date=date(2016, 3, 1),
            recorded_at=world.known(ON),
        )  # fmt: skip
        Enrolment.objects.create(
            pupil=made, school=school, stage=stage, grade=grade, class_number=1,
            starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1), recorded_at=world.known(ON),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "grade", "most"),
    [("primary", 4, 45), ("junior", 1, 50), ("preschool", 1, 25), ("preschool", 2, 30),
     ("preschool", 3, 35)],
)  # fmt: skip
def test_a_class_above_the_limit(district: World, stage: str, grade: int, most: int) -> None:
    fill(district.city_school, most, stage=stage, grade=grade)
    assert where("class_too_large") == []

    Enrolment.objects.filter(pupil__pupil_code="P01", starts_on=date(2025, 9, 1)).update(
        school=district.city_school, stage=stage, grade=grade
    )

    (only,) = found("class_too_large")
    assert (only.subject_id, only.values["pupils"], only.values["most"]) == (
        district.city_school.pk, most + 1, most,
    )  # fmt: skip


def test_a_class_with_very_few_pupils(district: World) -> None:
    fewest = int(facts.value("settings.quality_class_fewest", on=ON))
    for school in district.schools:
        stage = "preschool" if school == district.kindergarten else "primary"
        fill(school, fewest, stage=stage)
    assert where("class_too_small") == []

    enrolment("P01", class_number=2)

    assert where("class_too_small") == [district.li_school.pk] * 2


def test_a_class_number_without_pupils(district: World) -> None:
    enrolment("P01", class_number=2)
    assert where("class_numbers_missing") == []

    enrolment("P01", class_number=3)

    (only,) = found("class_numbers_missing")
    assert (only.school_id, only.values["classes"], only.values["highest"]) == (
        district.li_school.pk, 2, 3,
    )  # fmt: skip


def test_one_person_twice_among_the_staff(district: World) -> None:
    staff("S01", identity_number=WOMAN)
    staff("S03", identity_number=BOY)
    assert who("staff_identity_twice") == []

    staff("S03", identity_number=WOMAN)

    assert who("staff_identity_twice") == ["S01", "S03"]
    assert {item.school_id for item in found("staff_identity_twice")} == {
        district.li_school.pk, district.zhao_school.pk,
    }  # fmt: skip


def test_a_wrong_number_of_a_member_of_staff() -> None:
    staff("S01", identity_number=WOMAN)
    assert who("staff_identity_faulty") == []

    staff("S01", identity_number=WOMAN[:-1] + "1")

    assert who("staff_identity_faulty") == ["S01"]


@pytest.mark.parametrize(
    ("changed", "differs"),
    [({}, False), ({"birth_date": date(1980, 3, 2)}, True), ({"sex": "male"}, True)],
)
def test_birth_date_and_sex_of_staff_against_the_number(
    changed: dict[str, Any], differs: bool
) -> None:
    staff("S01", identity_number=WOMAN, birth_date=date(1980, 3, 1), sex="female")

    staff("S01", **changed)

    assert who("staff_identity_differs") == (["S01"] if differs else [])


@pytest.mark.parametrize(
    ("born", "is_young"), [(date(2007, 12, 31), False), (date(2008, 1, 1), True)]
)
def test_somebody_under_age_in_post(born: date, is_young: bool) -> None:
    staff("S01", birth_date=born)

    assert who("staff_too_young") == (["S01"] if is_young else [])


@pytest.mark.parametrize(
    ("sex", "born", "is_over"),
    [("female", date(1968, 1, 1), False), ("female", date(1967, 12, 31), True),
     ("male", date(1963, 1, 1), False), ("male", date(1962, 12, 31), True)],
)  # fmt: skip
def test_somebody_past_retirement_in_post(sex: str, born: date, is_over: bool) -> None:
    staff("S01", sex=sex, birth_date=born)

    assert who("staff_past_retirement") == (["S01"] if is_over else [])


def test_whoever_retired_and_left_is_not_told() -> None:
    staff("S01", birth_date=date(1950, 1, 1))

    post("S01", ends_on=ON)

    assert who("staff_past_retirement") == []


def test_staff_without_a_number() -> None:
    for number in range(1, 7):
        staff(f"S0{number}", identity_number=WOMAN)

    staff("S02", identity_number="")

    assert who("staff_no_identity_number") == ["S02"]


def test_a_teacher_without_a_subject_but_not_in_a_kindergarten() -> None:
    assert who("teacher_no_subject") == []

    post("S02", subject="")
    post("S05", subject="")
    post("S04", subject="", kind="support")

    assert who("teacher_no_subject") == ["S02"]


def test_a_teacher_without_a_degree() -> None:
    assert who("teacher_no_degree") == ["S04"]

    Degree.objects.create(
        staff=Staff.objects.get(staff_code="S04"), level=3, obtained_on=date(2026, 1, 1),
        recorded_at=world.known(ON),
    )  # fmt: skip

    assert who("teacher_no_degree") == ["S04"]
    assert who("teacher_no_degree", on=date(2026, 1, 1)) == []


def test_a_school_that_has_begun_with_certificates_is_told_who_lacks_one(district: World) -> None:
    assert who("teacher_no_certificate") == []
    assert len(where("school_no_certificates")) == 4

    Certificate.objects.create(
        staff=Staff.objects.get(staff_code="S01"), kind="小学教师资格", recorded_at=world.known(ON)
    )

    assert who("teacher_no_certificate") == ["S02"]
    assert district.li_school.pk not in where("school_no_certificates")


def test_two_heads_and_none(district: World) -> None:
    assert where("school_two_heads") == where("school_no_head") == []

    world.term(Staff.objects.get(staff_code="S02"), district.li_school, date(2025, 1, 1))
    LeadershipTerm.objects.filter(school=district.zhao_school).update(ends_on=ON)

    assert where("school_two_heads") == [district.li_school.pk]
    assert where("school_no_head") == [district.zhao_school.pk]
    assert where("school_no_head", on=date(2025, 12, 30)) == []


def test_a_school_without_coordinates(district: World) -> None:
    lacking = {district.kindergarten.pk, district.city_school.pk}
    assert set(where("school_no_coordinates")) == lacking

    Campus.objects.filter(school=district.kindergarten).update(latitude=37.4, longitude=122.3)
    Campus.objects.filter(school=district.city_school).update(ends_on=ON)
    Campus.objects.filter(school=district.li_school).update(longitude=None)

    told = {item.subject_id: item.values["campus"] for item in found("school_no_coordinates")}
    assert told == {district.city_school.pk: "", district.li_school.pk: "本部"}


def test_a_school_in_a_village_that_is_gone_or_none(district: World) -> None:
    assert where("school_no_village") == []

    village = district.li_school.profiles.get().village
    PlaceRecord.objects.filter(place=village).update(ends_on=ON)
    profile(district.zhao_school, village=district.boyu)

    assert where("school_no_village") == [district.li_school.pk, district.zhao_school.pk]


def test_school_identifiers(district: World) -> None:
    numbers = ("2137000001", "2137000002", "1137000003", "2137000004")
    for school, number in zip(district.schools, numbers, strict=True):
        profile(school, identifier=number)
    assert where("school_no_identifier") == where("school_identifier_faulty") == []

    profile(district.li_school, identifier="")
    profile(district.zhao_school, identifier="1137000003")
    profile(district.city_school, identifier="213700000X")

    faults = {item.subject_id: item.values["fault"] for item in found("school_identifier_faulty")}
    assert where("school_no_identifier") == [district.li_school.pk]
    assert faults == {
        district.zhao_school.pk: "twice",
        district.kindergarten.pk: "twice",
        district.city_school.pk: "form",
    }


def test_a_school_without_pupils(district: World) -> None:
    assert where("school_no_pupils") == []

    enrolment("P09", ends_on=ON)

    assert where("school_no_pupils") == [district.city_school.pk]


def test_a_report_is_asked_for_only_when_it_is_due(district: World) -> None:
    reporting = {district.li_school.pk, district.zhao_school.pk}
    for year in (2023, 2024):
        for school in district.schools:
            FacilityReport.objects.create(school=school, year=year, recorded_at=world.known(ON))

    before = where("facility_report_missing", on=date(2025, 9, 30))
    after = where("facility_report_missing", on=date(2025, 10, 1))

    assert before == []
    assert set(after) == {school.pk for school in district.schools} - reporting


def test_a_school_opened_later_owes_no_report_of_the_year_before(district: World) -> None:
    profile(district.kindergarten, starts_on=date(2025, 9, 2))

    assert district.kindergarten.pk not in where("facility_report_missing")


@pytest.fixture
def reports(district: World) -> FacilityReport:
    """Li's report of this year, with one of last year beside it."""
    world.report(district.li_school, 2024, school=1000, in_class=100, recording=1, sky=True)
    FacilityReport.objects.filter(school=district.li_school, year=2024).update(sports_area_m2=100)
    return FacilityReport.objects.get(school=district.li_school, year=2025)


@pytest.mark.parametrize(
    ("area", "jumps"),
    [(499.9, False), (500, True), (20.1, False), (20, True), (0, False), (None, False)],
)
def test_an_area_that_jumps(reports: FacilityReport, area: float | None, jumps: bool) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(sports_area_m2=area)

    told = [item.values["item"] for item in found("facility_value_jumps")]

    assert told == (["sports_area_m2"] if jumps else [])


def test_only_the_newest_report_is_held_against_the_one_before(reports: FacilityReport) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(sports_area_m2=1000)
    assert len(found("facility_value_jumps")) == 1

    world.report(reports.school, 2026, school=1000, in_class=100, recording=1, sky=True)

    assert len(found("facility_value_jumps")) == 1
    assert found("facility_value_jumps", on=date(2026, 9, 1)) == ()


@pytest.mark.parametrize(
    ("values", "larger"),
    [
        ({"sports_area_m2": 100, "gymnasium_area_m2": 60, "outdoor_sports_area_m2": 40}, []),
        ({"sports_area_m2": 99, "gymnasium_area_m2": 60, "outdoor_sports_area_m2": 40},
         ["sports_area_m2"]),
        ({"sports_area_m2": None, "gymnasium_area_m2": 60}, []),
        ({"school_bandwidth_mbps": 100, "class_bandwidth_mbps": 1000}, ["school_bandwidth_mbps"]),
        ({"music_rooms": 2, "music_rooms_from_96_m2": 1, "music_rooms_from_61_m2": 2},
         ["music_rooms"]),
    ],
)  # fmt: skip
def test_parts_larger_than_the_whole(
    reports: FacilityReport, values: dict[str, Any], larger: list[str]
) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(**values)

    assert [item.values["item"] for item in found("facility_parts_exceed")] == larger


def test_one_title_twice(district: World) -> None:
    world.grant(district.li_school, "green", "city", date(2025, 1, 1))
    twin = world.grant(district.li_school, "green", "district", date(2025, 1, 1), state="submitted")
    assert where("title_twice") == []

    CampusTitle.objects.filter(pk=twin.pk).update(state="approved")

    assert where("title_twice") == [district.li_school.pk]
    assert where("title_twice", on=date(2024, 12, 31)) == []


def test_numbers_of_the_cases_are_sound() -> None:
    from gengdu.kernel.identifiers import identity_fault

    assert [identity_fault(number) for number in (BOY, OTHER_BOY, GIRL, WOMAN)] == [None] * 4


@pytest.mark.parametrize(
    ("item", "held"),
    [("reported_primary_pupils", 4), ("reported_classes", 1), ("reported_teachers", 2)],
)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_reported_count_is_held_against_the_registers(
    reports: FacilityReport, item: str, held: int, more: int
) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(**{item: held + more})

    told = [(one.values["item"], one.values["counted"]) for one in found("facility_counts_differ")]

    assert told == ([] if more == 0 else [(item, held)])


@pytest.mark.parametrize(("reported", "differs"), [(0, False), (1, True)])
def test_a_school_without_a_stage_has_no_pupils_of_it(
    reports: FacilityReport, reported: int, differs: bool
) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(reported_junior_pupils=reported)

    assert bool(found("facility_counts_differ")) is differs


def test_a_count_that_was_not_reported_is_not_held_against_anything(
    reports: FacilityReport,
) -> None:
    assert found("facility_counts_differ") == ()


def test_the_registers_are_counted_on_the_day_of_the_report_and_both_numbers_are_told(
    reports: FacilityReport,
) -> None:
    FacilityReport.objects.filter(pk=reports.pk).update(reported_teachers=2)
    posts = Post.objects.filter(school=reports.school)
    told_on = world.known(date(2025, 10, 20)).date()

    posts.filter(staff__staff_code="S02").update(ends_on=told_on + timedelta(days=1))
    assert found("facility_counts_differ") == ()

    posts.filter(staff__staff_code="S02").update(ends_on=told_on)
    (only,) = found("facility_counts_differ")
    assert (only.values["reported"], only.values["counted"], only.values["counted_on"]) == (
        2, 1, told_on.isoformat(),
    )  # fmt: skip


def test_a_later_correction_of_the_report_moves_not_the_day(reports: FacilityReport) -> None:
    again = FacilityReport.objects.get(pk=reports.pk)
    FacilityReport.objects.filter(pk=reports.pk).update(superseded_at=world.known(ON))
    again.pk, again.recorded_at, again.reported_teachers = None, world.known(ON), 5
    again.save(force_insert=True)

    (only,) = found("facility_counts_differ")

    assert only.values["counted_on"] == "2025-10-20"
