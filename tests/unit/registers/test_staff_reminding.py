"""Contracts that end: told to the school in numbers, unless a new one is there already."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.access.scope import Viewer
from gengdu.records.reminders.models import Kind
from gengdu.registers.staff import reminding
from gengdu.registers.staff.models import ContractTerm, Staff
from tests import world
from tests.world import ON, World

pytestmark = pytest.mark.django_db
ENDS = date(2026, 1, 20)


def contract(code: str, school: object, ends_on: date, *, starts_on: date = ON) -> None:
    ContractTerm.objects.create(
        staff=Staff.objects.get(staff_code=code), school=school, sequence=1,
        starts_on=starts_on.replace(year=starts_on.year - 3) if starts_on == ON else starts_on,
        ends_on=ends_on, recorded_at=world.known(date(2023, 1, 1)),
    )  # fmt: skip


def test_a_school_is_told_how_many_contracts_end_and_when(district: World) -> None:
    for code in ("S01", "S02"):
        contract(code, district.li_school, ENDS)
    contract("S03", district.zhao_school, date(2026, 6, 1))

    (told,) = reminding.contracts(ON)

    assert (told.kind, told.due_on) == (Kind.EXPIRING, date(2026, 1, 19))
    assert told.text == "2 人的聘用合同有效期至 2026-01-19，请按时续办"
    assert told.who.includes(district.li, Viewer.of(district.li))
    assert not told.who.includes(district.zhao, Viewer.of(district.zhao))


def test_a_contract_that_was_renewed_already_reminds_of_nothing(district: World) -> None:
    contract("S01", district.li_school, ENDS)
    contract("S01", district.li_school, date(2029, 1, 20), starts_on=ENDS)

    assert list(reminding.contracts(ON)) == []


def test_a_contract_without_an_end_reminds_of_nothing(district: World) -> None:
    ContractTerm.objects.create(
        staff=Staff.objects.get(staff_code="S01"), school=district.li_school, sequence=1,
        starts_on=date(2023, 1, 1), recorded_at=world.known(date(2023, 1, 1)),
    )  # fmt: skip

    assert list(reminding.contracts(ON)) == []
