"""Each check over pupils finds the mistake, and leaves alone what is only just right."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from gengdu.kernel.identifiers import identity_fault, registry_fault
from gengdu.records import triggers
from gengdu.registers.pupils.models import Enrolment, Pupil
from gengdu.registers.schools.models import SchoolStage
from tests import world
from tests.unit.quality.cases import (
    BOY,
    GIRL,
    OTHER_BOY,
    enrolment,
    found,
    guardian,
    pupil,
    who,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("district", "db")


def test_one_number_twice_at_one_school() -> None:
    pupil("P01", identity_number=BOY)
    pupil("P02", identity_number=OTHER_BOY)
    assert who("pupil_identity_twice_here") == []

    pupil("P02", identity_number=BOY)

    assert who("pupil_identity_twice_here") == ["P01", "P02"]
    assert who("pupil_identity_twice_elsewhere") == []


def test_one_number_at_two_schools_is_told_to_both(district: World) -> None:
    pupil("P01", identity_number=BOY)
    pupil("P05", identity_number=BOY)

    told = {item.school_id: item.values for item in found("pupil_identity_twice_elsewhere")}

    assert told == {
        district.li_school.pk: {
            "identity_number": BOY, "other_school_id": district.zhao_school.pk,
        },
        district.zhao_school.pk: {
            "identity_number": BOY, "other_school_id": district.li_school.pk,
        },
    }  # fmt: skip
    assert who("pupil_identity_twice_here") == []


def test_a_child_who_left_is_no_twin() -> None:
    pupil("P01", identity_number=BOY)
    pupil("P05", identity_number=BOY)

    Enrolment.objects.filter(pupil__pupil_code="P05", starts_on=date(2025, 9, 1)).update(
        ends_on=date(2025, 12, 31)
    )

    assert who("pupil_identity_twice_elsewhere") == []


def test_one_registry_number_twice() -> None:
    pupil("P01", registry_number=f"G{BOY}")
    pupil("P05", registry_number=f"G{OTHER_BOY}")
    assert who("pupil_registry_twice") == []

    pupil("P05", registry_number=f"G{BOY}")

    assert who("pupil_registry_twice") == ["P01", "P05"]


def test_a_child_that_looks_like_one_at_another_school() -> None:
    for code, phone in (("P01", "13800000001"), ("P05", "13800000002")):
        pupil(code, name="丛一")
        guardian(code, phone=phone)
    assert who("pupil_look_alike") == []

    guardian("P05", phone="13800000001", position=2)

    assert who("pupil_look_alike") == ["P01", "P05"]


@pytest.mark.parametrize("other", ["P02", "P05"])
def test_same_school_or_same_number_is_not_a_look_alike(other: str) -> None:
    """Twins of one school are no mistake; one number at two schools has a check of its own."""
    for code in ("P01", other):
        pupil(code, name="丛一", identity_number=BOY)
        guardian(code, phone="13800000001")

    assert who("pupil_look_alike") == []


def take_the_guard_away() -> None:
    """Let overlapping rows in until the test is rolled back."""
    if connection.vendor == "sqlite":
        triggers.remove(connection)
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pupils_enrolment DROP CONSTRAINT one_enrolment_at_once")


def test_two_enrolments_that_came_in_around_the_database(district: World) -> None:
    assert who("pupil_two_enrolments") == []
    take_the_guard_away()

    Enrolment.objects.create(
        pupil=Pupil.objects.get(pupil_code="P01"), school=district.zhao_school, stage="primary",
        grade=4, class_number=1, starts_on=date(2025, 9, 1), recorded_at=world.known(world.ON),
    )  # fmt: skip

    assert who("pupil_two_enrolments") == ["P01", "P01"]


NUMBERS = [
    BOY, GIRL, "371002201603010016", "37100220160301001",
    "37100220150229001X", "37100220160431001X", "371002201613010015", "371002000001010015",
    "371082201202290035", "37100220160301004x", "37\uff11002201603010015", "A71002201603010015",
    "440524188001010014", "371002190002290018",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_sql_finds_in_a_number_what_the_kernel_finds(number: str) -> None:
    pupil("P01", identity_number=number)

    assert who("pupil_identity_faulty") == (["P01"] if identity_fault(number) else [])


def test_a_passport_does_not_follow_the_rule_of_residents() -> None:
    pupil("P01", identity_number="E12345678", identity_kind="A")

    assert who("pupil_identity_faulty") == []


@pytest.mark.parametrize(
    "number",
    [f"G{BOY}", f"J{BOY}", f"L{BOY}", "L371002201602300011", f"X{BOY}", f"G{BOY[:-1]}",
     f"G{NUMBERS[2]}", "L37100220160301001X", f"G{OTHER_BOY}", f"g{BOY}"],
)  # fmt: skip
def test_sql_finds_in_a_registry_number_what_the_kernel_finds(number: str) -> None:
    pupil("P01", registry_number=number, identity_number=BOY)

    assert who("pupil_registry_faulty") == (["P01"] if registry_fault(number) else [])


def test_a_birth_date_against_the_number() -> None:
    pupil("P01", identity_number=BOY, birth_date=date(2016, 3, 1))
    assert who("pupil_identity_birth") == []

    pupil("P01", birth_date=date(2016, 3, 2))

    assert who("pupil_identity_birth") == ["P01"]


def test_a_sex_against_the_number() -> None:
    pupil("P01", identity_number=BOY, sex="male")
    pupil("P02", identity_number=GIRL, sex="female")
    assert who("pupil_identity_sex") == []

    pupil("P02", sex="male")

    assert who("pupil_identity_sex") == ["P02"]


def test_a_wrong_number_is_not_held_against_birth_date_and_sex() -> None:
    pupil("P01", identity_number=NUMBERS[2], birth_date=date(2015, 1, 1), sex="female")

    assert who("pupil_identity_faulty") == ["P01"]
    assert who("pupil_identity_birth") == who("pupil_identity_sex") == []


def test_a_registry_number_that_keeps_an_older_identity_number_is_only_told() -> None:
    pupil("P01", identity_number=BOY, registry_number=f"G{BOY}")
    pupil("P02", identity_number=BOY, registry_number=f"J{OTHER_BOY}")
    assert who("pupil_registry_differs") == []

    pupil("P01", registry_number=f"G{OTHER_BOY}")

    assert who("pupil_registry_differs") == ["P01"]
    assert not found("pupil_registry_differs")[0].check.counts


def test_a_child_left_at_a_closed_school_goes_to_the_school_that_took_it_over(
    district: World,
) -> None:
    assert who("pupil_at_closed_school") == []

    enrolment("P01", school=district.closed_school)

    (only,) = found("pupil_at_closed_school")
    assert only.school_id == district.zhao_school.pk
    assert only.values["closed_school_id"] == district.closed_school.pk


def test_a_closed_school_that_nobody_took_over_is_for_the_bureau(district: World) -> None:
    village = district.zhao_school.profiles.get().village
    lost = world.school("无后小学", "primary", village)
    lost.profiles.update(ends_on=world.ON)

    enrolment("P01", school=lost)

    assert [item.school_id for item in found("pupil_at_closed_school")] == [None]
    assert who("pupil_at_closed_school", on=date(2025, 12, 30)) == []


@pytest.mark.parametrize(
    ("stage", "grade", "is_taught"),
    [("primary", 1, True), ("primary", 5, True), ("primary", 6, False), ("primary", 0, False),
     ("junior", 1, False)],
)  # fmt: skip
def test_a_grade_that_the_school_does_not_have(stage: str, grade: int, is_taught: bool) -> None:
    enrolment("P08", stage="preschool", grade=3)  # the world's one child too high

    enrolment("P01", stage=stage, grade=grade)

    assert who("pupil_grade_not_taught") == ([] if is_taught else ["P01"])


def test_a_stage_that_ended() -> None:
    enrolment("P08", grade=3)
    assert who("pupil_grade_not_taught") == []

    SchoolStage.objects.filter(stage="preschool").update(ends_on=world.ON)

    assert who("pupil_grade_not_taught") == ["P08"]


@pytest.mark.parametrize(
    ("born", "is_odd"),
    [
        pytest.param(date(2016, 8, 31), False, id="nine on the last day before the year: in time"),
        pytest.param(date(2017, 8, 31), False, id="one year younger"),
        pytest.param(date(2017, 9, 1), True, id="two years younger"),
        pytest.param(date(2012, 9, 1), False, id="three years older"),
        pytest.param(date(2012, 8, 31), True, id="four years older"),
    ],
)
def test_an_age_that_no_child_of_the_fourth_grade_has(born: date, is_odd: bool) -> None:
    pupil("P01", birth_date=born)

    assert who("pupil_age") == (["P01"] if is_odd else [])


def test_years_off_are_the_same_fact_a_grade_later() -> None:
    """What is accepted once is not asked again each September."""
    pupil("P01", birth_date=date(2012, 8, 31))
    (before,) = found("pupil_age")

    enrolment("P01", grade=5, starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1))

    (after,) = found("pupil_age", on=date(2026, 9, 1))
    assert after.values["shown_age"] == before.values["shown_age"] + 1
    assert after.fingerprint == before.fingerprint


def test_a_child_without_registry_number_but_not_in_a_kindergarten() -> None:
    codes = [f"P0{number}" for number in range(1, 10)]
    for code in codes:
        pupil(code, registry_number=f"G{BOY}")

    pupil("P01", registry_number="")
    pupil("P08", registry_number="")

    assert who("pupil_no_registry_number") == ["P01"]


def test_a_child_without_identity_number() -> None:
    for number in range(1, 10):
        pupil(f"P0{number}", identity_number=BOY)

    pupil("P08", identity_number="")

    assert who("pupil_no_identity_number") == ["P08"]


def test_a_child_nobody_can_be_called_for() -> None:
    for number in range(3, 10):
        guardian(f"P0{number}", phone="13800000001")

    guardian("P02", phone="")

    reasons = {item.values["reason"] for item in found("pupil_no_guardian_phone")}
    assert who("pupil_no_guardian_phone") == ["P01", "P02"]
    assert reasons == {"nobody", "no_phone"}
    guardian("P02", phone="13800000001", position=2)
    assert who("pupil_no_guardian_phone") == ["P01"]
