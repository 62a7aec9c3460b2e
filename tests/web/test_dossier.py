"""Pages of what is kept of a member of staff: reached from the person, and led back there."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.records.models import Change
from gengdu.registers.staff.models import Certificate, ContractTerm, Post, Staff, Training
from tests import world
from tests.conftest import signed_in
from tests.web.children import text
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
FAMILY = ("教职工", "聘用合同", "职称和称号", "教师资格证", "培训学时", "校领导任职")


@pytest.fixture
def zhou(district: World) -> int:
    return int(Staff.objects.get(staff_code="S02").pk)


@pytest.fixture
def contract(district: World, zhou: int) -> ContractTerm:
    return ContractTerm.objects.create(
        staff_id=zhou, school=district.li_school, sequence=1, starts_on=date(2023, 9, 1),
        ends_on=date(2026, 9, 1), recorded_at=world.known(date(2023, 9, 1)),
    )  # fmt: skip


@pytest.mark.parametrize("key", ["staff", "contracts", "leadership"])
def test_the_lists_of_staff_lead_to_each_other_and_are_one_line_of_the_menu(
    as_wang: Client, key: str
) -> None:
    response = as_wang.get(reverse(f"{key}_list"))

    assert [one.label for one in response.context["relatives"]] == list(FAMILY)
    menu = [item for group in response.context["shell"]["menu"] for item in group.items]
    assert [item.label for item in menu if item.is_here] == ["教职工"]
    assert not set(FAMILY[1:]) & {item.label for item in menu}


def test_the_palette_offers_them_by_name(as_wang: Client) -> None:
    found = as_wang.get(reverse("search"), {"q": "培训学时"})

    assert reverse("trainings_list") in text(found)


def test_a_persons_page_says_what_to_do_where_nothing_is_kept_yet(
    as_wang: Client, zhou: int
) -> None:
    page = text(as_wang.get(reverse("staff_detail", args=[zhou])))

    for label in FAMILY[1:]:
        assert f"还没有登记{label}。" in page
    assert "请点下面的“登记一条”" in page


def test_a_persons_page_shows_each_row_with_its_period_and_who_wrote_it(
    as_wang: Client, zhou: int, contract: ContractTerm, district: World
) -> None:
    change = Change.objects.create(
        at=world.known(ON),
        account=district.wang,
        kind="import",
        register="trainings",
        summary="导入",
    )
    Training.objects.create(
        staff_id=zhou, completed_on=date(2025, 8, 20), programme="示例暑期培训", hours=30,
        recorded_at=change.at, recorded_in=change,
    )  # fmt: skip

    page = text(as_wang.get(reverse("staff_detail", args=[zhou])))

    assert "2023-09-01" in page
    assert "2026-08-31" in page
    assert "示例暑期培训" in page
    assert "导入 · 教育分局" in page


def test_every_certificate_is_shown_once(as_wang: Client, zhou: int) -> None:
    for position, number in enumerate(("N-ONE", "N-TWO"), start=1):
        Certificate.objects.create(
            staff_id=zhou, position=position, number=number, recorded_at=world.known(ON)
        )

    response = as_wang.get(reverse("staff_detail", args=[zhou]))
    (block,) = (one for one in response.context["blocks"] if one.register.key == "certificates")

    assert len(block.lines) == 2
    assert "教师资格" not in {str(group.part.label) for group in response.context["groups"]}


def test_a_new_row_asked_for_on_a_persons_page_knows_whose_it_is_and_leads_back(
    as_li: Client, zhou: int
) -> None:
    address = f"{reverse('trainings_new')}?of={zhou}"
    form = as_li.get(address).context["form"]
    filled = {
        field["column"].key: field["value"] for _part, fields in form.groups() for field in fields
    }

    response = as_li.post(
        address,
        {**filled, "completed_on": "2025-08-20", "programme": "示例培训", "hours": "30",
         "holds_from": ON.isoformat()},
    )  # fmt: skip

    assert (filled["name"], filled["code"]) == ("周静", "S02")
    assert response.headers["Location"] == reverse("staff_detail", args=[zhou])
    assert Training.objects.get().staff_id == zhou


def test_nobody_is_asked_for_who_works_elsewhere(as_li: Client) -> None:
    theirs = Staff.objects.get(staff_code="S03").pk

    response = as_li.get(f"{reverse('trainings_new')}?of={theirs}")

    assert response.status_code == 404


def test_after_an_edit_the_page_of_the_row_that_now_stands_is_shown_with_its_history(
    as_li: Client, contract: ContractTerm
) -> None:
    address = reverse("contracts_edit", args=[contract.pk])
    form = as_li.get(address).context["form"]
    filled = {
        field["column"].key: field["value"] for _part, fields in form.groups() for field in fields
    }

    response = as_li.post(
        address,
        {**filled, "ends_on": "2027-08-31", "holds_from": ON.isoformat(), "seen": form.seen},
        follow=True,
    )

    assert "2027-08-31" in text(response)
    assert len(response.context["steps"]) == 2


def test_an_address_of_a_row_that_was_replaced_leads_on_to_the_one_that_stands(
    as_li: Client, contract: ContractTerm
) -> None:
    later = ContractTerm.objects.get(pk=contract.pk)
    ContractTerm.objects.filter(pk=contract.pk).update(superseded_at=world.known(ON))
    later.pk = None
    later.save(force_insert=True)

    response = as_li.get(reverse("contracts_detail", args=[contract.pk]))

    assert response.headers["Location"] == reverse("contracts_detail", args=[later.pk])


def test_a_row_of_another_school_has_no_page(district: World, contract: ContractTerm) -> None:
    as_zhao = signed_in(district.zhao)

    for name in ("contracts_detail", "contracts_edit"):
        assert as_zhao.get(reverse(name, args=[contract.pk])).status_code == 404


def test_a_form_asks_first_whose_the_row_is(as_wang: Client) -> None:
    form = as_wang.get(reverse("trainings_new")).context["form"]

    (first, fields), *_others = form.groups()

    assert first.name == "person"
    assert [field["column"].key for field in fields] == [
        "name", "identity_number", "employee_number", "code",
    ]  # fmt: skip


def test_people_who_have_left_come_last(
    as_wang: Client, district: World, zhou: int, contract: ContractTerm
) -> None:
    Post.objects.filter(staff_id=zhou).update(ends_on=ON)
    still_here = Staff.objects.get(staff_code="S06")
    for holder in (zhou, still_here.pk):
        Training.objects.create(
            staff_id=holder, completed_on=date(2025, 8, 20), programme="示例培训", hours=30,
            recorded_at=world.known(ON),
        )  # fmt: skip

    rows = as_wang.get(reverse("trainings_list")).context["rows"]

    assert [row.cells[1] for row in rows] == ["郑宁", "周静"]
    assert rows[1].cells[0] is None


def test_the_trail_names_the_row_that_was_written_and_the_school_of_the_person(
    as_wang: Client, district: World, zhou: int
) -> None:
    # Rows and people are counted apart: the row gets the number of somebody at another school.
    elsewhere = Post.objects.exclude(school=district.li_school).latest("staff")
    Training.objects.create(
        pk=elsewhere.staff_id - 1, staff_id=zhou, completed_on=date(2025, 8, 19),
        programme="示例秋季培训", hours=3, recorded_at=world.known(ON),
    )  # fmt: skip

    as_wang.post(
        reverse("trainings_new"),
        {"name": "周静", "holder": "崮山小学", "completed_on": "2025-08-20",
         "programme": "示例暑期培训", "hours": "30", "holds_from": ON.isoformat()},
    )  # fmt: skip

    row = Training.objects.get(programme="示例暑期培训")
    entry = TrailEntry.objects.get(kind=Kind.WRITE)
    at = Post.objects.get(staff=zhou, superseded_at=None, ends_on=None).school_id
    assert (entry.ids, entry.school_ids) == ([row.pk], f",{at},")
