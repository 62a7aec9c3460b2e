"""What is kept of each member of staff: contracts, titles, certificates, training, leadership."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gengdu.access.scope import Viewer
from gengdu.records.importing import bulk_edit
from gengdu.registers.staff.dossier import (
    CERTIFICATES,
    CONTRACTS,
    LEADERSHIP,
    TITLES,
    TRAININGS,
)
from gengdu.registers.staff.models import (
    Certificate,
    ContractTerm,
    LeadershipTerm,
    StaffRecord,
    StaffTitle,
    Training,
)
from tests import importing, world
from tests.importing import look, take_back, write
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


NOBODY = "教职工底册里没有这个姓名，请核对；新来的人请先在教职工底册登记"


@pytest.fixture(autouse=True)
def _numbers(district: World, db: None) -> None:
    importing.give_numbers()


@pytest.fixture
def namesakes(district: World) -> None:
    """Two people called 王丽, one at Li's school and one at Zhao's."""
    for code, school in (("N1", district.li_school), ("N2", district.zhao_school)):
        world.teacher(code, "王丽", date(1990, 1, 1), school, degree=None)


def person(name: str) -> StaffRecord:
    return StaffRecord.objects.get(name=name, superseded_at=None)


def contract(name: str = "周静", **more: object) -> dict[str, object]:
    return {"姓名": name, "第几个聘期": 1, "聘期起始日期": "2023-09-01", **more}


def training(name: str = "周静", **more: object) -> dict[str, object]:
    row: dict[str, object] = {"姓名": name, "完成日期": "2025-08-20", "培训项目": "暑期培训"}
    return {**row, "学时": 30, **more}


def live(model: Any) -> Any:
    return model.objects.filter(superseded_at=None)


def test_a_contract_ends_with_its_last_day_and_is_of_the_school_the_person_is_at(
    tmp_path: Path, district: World
) -> None:
    looked = look(tmp_path, CONTRACTS, contract(合同到期日期="2026-08-31"))
    write(looked, district.wang)

    made = live(ContractTerm).get()
    assert looked.actions == ("new",)
    assert made.staff == person("周静").staff
    assert made.school == made.staff.posts.get(ends_on=None).school
    assert (made.starts_on, made.ends_on) == (date(2023, 9, 1), date(2026, 9, 1))


def test_the_same_contract_again_is_nothing_and_another_end_is_a_change(
    tmp_path: Path, district: World
) -> None:
    write(look(tmp_path, CONTRACTS, contract(聘期终止日期="2026-08-31")), district.wang)

    again = look(tmp_path, CONTRACTS, contract(聘期终止日期="2026-08-31"))
    longer = look(tmp_path, CONTRACTS, contract(聘期终止日期="2027-08-31"))

    assert again.actions == ("unchanged",)
    assert longer.differences == {1: {"ends_on": ("2026-08-31", "2027-08-31")}}


@pytest.mark.parametrize(("starts_on", "is_taken"), [("2026-08-31", False), ("2026-09-01", True)])
def test_a_contract_may_begin_the_day_after_another_ended_and_not_before(
    tmp_path: Path, district: World, starts_on: str, is_taken: bool
) -> None:
    write(look(tmp_path, CONTRACTS, contract(聘期终止日期="2026-08-31")), district.wang)

    looked = look(tmp_path, CONTRACTS, contract(聘期起始日期=starts_on, 第几个聘期=2))

    assert looked.actions == (("new",) if is_taken else ("rejected",))
    if not is_taken:
        assert looked.faults[1]["starts_on"].startswith(
            "与底册里已登记的 2023-09-01 至 2026-08-31 时间重叠"
        )


def test_two_contracts_of_one_file_that_meet_are_told_by_row(tmp_path: Path) -> None:
    looked = look(tmp_path, CONTRACTS, contract(), contract(聘期起始日期="2025-09-01"))

    assert looked.actions == ("new", "rejected")
    assert looked.faults[2]["starts_on"].startswith("与第 1 行的 2023-09-01 起 时间重叠")


def test_a_contract_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    looked = look(tmp_path, CONTRACTS, contract(聘期终止日期="2023-08-31"))

    assert looked.faults == {1: {"ends_on": "早于起始日期 2023-09-01，请核对"}}


def test_a_contract_of_one_day_is_taken(tmp_path: Path) -> None:
    assert look(tmp_path, CONTRACTS, contract(聘期终止日期="2023-09-01")).actions == ("new",)


def test_of_two_people_of_one_name_the_school_says_which(
    tmp_path: Path, district: World, namesakes: None
) -> None:
    write(look(tmp_path, TRAININGS, training("王丽", 学校="崮山小学")), district.wang)

    assert live(Training).get().staff.staff_code == "N1"


def test_without_a_school_two_people_of_one_name_are_told_apart_by_number(
    tmp_path: Path, district: World, namesakes: None
) -> None:
    nobody = look(tmp_path, TRAININGS, training("王丽"))
    somebody = look(tmp_path, TRAININGS, training("王丽", 教职工编号="N2"))

    assert nobody.faults == {1: {"name": "底册里有 2 个人是这个姓名，请补填身份证件号或教职工编号"}}
    assert somebody.actions == ("new",)


def test_a_clerk_means_the_person_of_her_own_school(
    tmp_path: Path, district: World, namesakes: None
) -> None:
    own = frozenset({district.li_school.pk})

    looked = look(tmp_path, TRAININGS, training("王丽"), schools=own)
    write(looked, district.wang)

    assert live(Training).get().staff.staff_code == "N1"


def test_a_clerk_writes_nothing_for_people_of_another_school(
    tmp_path: Path, district: World
) -> None:
    own = frozenset({district.li_school.pk})

    looked = look(tmp_path, TRAININGS, training("赵强"), schools=own)

    assert looked.actions == ("rejected",)
    assert looked.faults[1]["name"].startswith("目前不在您管理的学校任职")


def test_nor_takes_a_row_of_theirs_for_her_own_people(tmp_path: Path, district: World) -> None:
    write(look(tmp_path, CONTRACTS, contract("赵强")), district.wang)
    theirs, own = live(ContractTerm).get(), frozenset({district.li_school.pk})

    with_thing = look(tmp_path, CONTRACTS, contract("赵强", 聘期终止日期="2026-08-31"), schools=own)

    assert theirs.school == district.zhao_school
    assert with_thing.actions == ("rejected",)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (training("无此人"), "name", NOBODY),
        (training(None), "name", "没有填姓名，认不出是谁，请补填"),  # type: ignore[arg-type]
        (training("周静", 学校="皇冠小学"), "name",
         "这所学校目前没有这个人，请核对学校和姓名，或补填身份证件号"),
    ],
)  # fmt: skip
def test_whoever_cannot_be_made_out_is_told_how_to_mend_it(
    tmp_path: Path, row: dict[str, object], column: str, message: str
) -> None:
    assert look(tmp_path, TRAININGS, row).faults == {1: {column: message}}


def test_an_identity_number_of_somebody_else_is_refused(tmp_path: Path) -> None:
    row = training("周静", 身份证件号=person("赵强").identity_number)

    looked = look(tmp_path, TRAININGS, row)

    assert looked.faults == {1: {"name": "与这一行的身份证件号对不上，不是同一个人，请核对"}}


def test_people_who_have_left_are_found_by_number(tmp_path: Path, district: World) -> None:
    staff = person("周静").staff
    staff.posts.filter(ends_on=None).update(ends_on=ON)

    assert look(tmp_path, TRAININGS, training("周静")).actions == ("new",)


def test_a_person_has_as_many_certificates_as_there_are_each_under_its_number(
    tmp_path: Path, district: World
) -> None:
    rows = [
        {"姓名": "周静", "资格证编号": number, "教师资格类型": kind, "发证日期": "2016-07"}
        for number, kind in (("2016371", "小学教师资格"), ("2020371", "初级中学教师资格"))
    ]

    write(look(tmp_path, CERTIFICATES, *rows), district.wang)
    again = look(tmp_path, CERTIFICATES, *rows)

    found = live(Certificate).order_by("position").values_list("position", "number", "issued_on")
    assert list(found) == [(1, "2016371", date(2016, 7, 1)), (2, "2020371", date(2016, 7, 1))]
    assert again.actions == ("unchanged", "unchanged")


def test_numbering_of_certificates_goes_on_from_one_block_of_a_file_to_the_next(
    tmp_path: Path, district: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengdu.records.importing.preview.BLOCK", 1)
    rows = [{"姓名": "周静", "资格证编号": f"N{number}"} for number in range(3)]

    write(look(tmp_path, CERTIFICATES, *rows), district.wang)

    assert sorted(live(Certificate).values_list("position", flat=True)) == [1, 2, 3]


def test_contracts_that_meet_in_different_blocks_of_a_file_are_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengdu.records.importing.preview.BLOCK", 1)

    looked = look(tmp_path, CONTRACTS, contract(), contract(聘期起始日期="2025-09-01"))

    assert looked.actions == ("new", "rejected")


@pytest.mark.parametrize(
    ("kind", "level", "is_taken"),
    [
        ("专业技术职务", "中级", True),
        ("专业技术职务", "市级", False),
        ("骨干教师等称号", "市级", True),
        ("骨干教师等称号", "中级", False),
    ],
)
def test_a_title_has_a_level_of_its_kind(
    tmp_path: Path, kind: str, level: str, is_taken: bool
) -> None:
    row = {
        "姓名": "周静",
        "类别": kind,
        "职称": "一级教师",
        "级别": level,
        "取得日期": "2022-12-01",
    }

    looked = look(tmp_path, TITLES, row)

    assert looked.actions == (("new",) if is_taken else ("rejected",))
    assert ("level" in looked.faults.get(1, {})) is not is_taken


def test_a_title_is_held_from_one_day_through_another(tmp_path: Path, district: World) -> None:
    row = {"姓名": "周静", "类别": "骨干教师等称号", "称号": "市级骨干教师", "级别": "市级",
           "授予日期": "2022-01-01", "有效期至": "2026-12-31"}  # fmt: skip

    write(look(tmp_path, TITLES, row), district.wang)

    made = live(StaffTitle).get()
    assert (made.kind, made.level, made.ends_on) == ("lead_teacher", "city", date(2027, 1, 1))


@pytest.mark.parametrize(("hours", "is_taken"), [(0, False), (0.01, True), (30, True)])
def test_training_has_more_than_no_hours(tmp_path: Path, hours: float, is_taken: bool) -> None:
    looked = look(tmp_path, TRAININGS, training(学时=hours))

    assert looked.actions == (("new",) if is_taken else ("rejected",))


@pytest.mark.parametrize(("day", "is_taken"), [(ON, True), (date(2030, 1, 1), False)])
def test_training_is_completed_by_the_day_of_the_file(
    tmp_path: Path, day: date, is_taken: bool
) -> None:
    looked = look(tmp_path, TRAININGS, training(完成日期=day))

    assert looked.actions == (("new",) if is_taken else ("rejected",))


def test_a_term_of_office_is_full_after_it_begins(tmp_path: Path) -> None:
    row = {"姓名": "周静", "职务": "副校长（副园长）", "任职日期": "2025-09-01",
           "任期届满日": "2025-09-01"}  # fmt: skip

    looked = look(tmp_path, LEADERSHIP, row)

    assert looked.faults == {1: {"full_term_ends_on": "应晚于任职日期 2025-09-01，请核对"}}


def test_a_term_of_office_is_brought_in_and_taken_back(tmp_path: Path, district: World) -> None:
    before = importing.live_rows()
    row = {"姓名": "周静", "职务": "副校长（副园长）", "任职日期": "2025-09-01",
           "届满日期": "2028-09-01"}  # fmt: skip

    change = write(look(tmp_path, LEADERSHIP, row), district.wang)
    made = live(LeadershipTerm).get(staff=person("周静").staff)
    take_back(change, district.wang)

    assert (made.role, made.ends_on) == ("deputy", None)
    assert importing.live_rows() == before


def test_the_file_goes_with_the_person_not_with_the_school_of_the_row(
    tmp_path: Path, district: World
) -> None:
    write(look(tmp_path, CONTRACTS, contract("赵强", 聘用学校="崮山小学")), district.wang)

    seen = CONTRACTS.within(Viewer.of(district.li), ON)

    assert live(ContractTerm).get().school == district.li_school
    assert not seen.exists()


def test_many_rows_are_never_given_to_one_person_at_once() -> None:
    keys = {column.key for column in bulk_edit.columns_of(CONTRACTS)}

    assert keys == {"school", "sequence", "ends_on"}
