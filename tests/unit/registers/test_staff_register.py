"""Lists of staff go into the register whatever they call their columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gengdu.records.importing import mapping
from gengdu.records.layouts import layouts
from gengdu.registers.staff.models import Certificate, Post, Staff, StaffRecord
from gengdu.registers.staff.register import STAFF
from tests import importing
from tests.importing import look, take_back, write
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
FIELDS = {layout.key: layout.fields for layout in layouts()}


@pytest.fixture(autouse=True)
def _numbers(district: World, db: None) -> None:
    importing.give_numbers()


def person(name: str) -> StaffRecord:
    return StaffRecord.objects.get(name=name, superseded_at=None)


def newcomer(**more: object) -> dict[str, object]:
    number = importing.identity_number(date(1995, 6, 1), 512)
    return {"姓名": "王新", "性别": "女", "出生日期": "1995-06-01", "身份证件号": number, **more}


def full_row(layout: str, **given: object) -> dict[str, object]:
    """Return a row with every column of a layout, blank but for what is given."""
    assert set(given) <= set(FIELDS[layout])
    return dict.fromkeys(FIELDS[layout]) | given


def test_the_teacher_registry_brings_in_a_new_teacher_of_the_school_of_the_upload(
    tmp_path: Path, district: World
) -> None:
    row = full_row(
        "teacher_registry", **newcomer(), 教职工类别="专任教师", 是否在编="是", 进本校年月="202009",
        参加工作年月="2018.07", 是否是特级教师="否", 教职工号="007", 政治面貌="中共党员",
    ) | {"国籍/地区": "中国", "身份证件类型": "居民身份证"}  # fmt: skip

    looked = look(tmp_path, STAFF, row, defaults={"school": district.li_school.pk})
    write(looked, district.wang)

    record = person("王新")
    post = Post.objects.get(staff=record.staff)
    assert looked.actions == ("new",)
    assert (post.school, post.kind, post.starts_on) == (district.li_school, "teacher", ON)
    assert (record.joined_school_on, record.work_started_on) == (
        date(2020, 9, 1), date(2018, 7, 1),
    )  # fmt: skip
    assert (record.employee_number, record.nationality, record.on_establishment) == (
        "007", "CHN", True,
    )  # fmt: skip
    assert record.staff.staff_code == f"T{record.staff_id:09d}"


def test_without_a_school_of_the_upload_a_new_teacher_is_refused(tmp_path: Path) -> None:
    looked = look(tmp_path, STAFF, newcomer(教职工类别="专任教师"))

    assert looked.faults == {1: {"school": "新登记的必须填“学校”"}}


def test_the_school_of_the_upload_moves_nobody(tmp_path: Path, district: World) -> None:
    row = {"身份证件号": person("赵强").identity_number, "民族": "汉族"}

    looked = look(tmp_path, STAFF, row, defaults={"school": district.li_school.pk})

    assert looked.differences == {1: {"ethnicity": ("", "汉族")}}


def test_the_list_of_principals_is_read_with_its_own_names(tmp_path: Path, district: World) -> None:
    row = full_row(
        "principal_list", 省="山东省", 学校名称="崮山小学", 姓名="李明",
        身份证=person("李明").identity_number, 手机号="13806319999", 行政职务="校长",
        职称="高级教师", 教师资格="小学教师资格", 骨干类型="市级骨干", 学历="大学本科",
        任校级干部时间="2019年9月", 学段="小学", 学科="语文", 在岗状态="在岗", 年级="三年级",
    )  # fmt: skip

    looked = look(tmp_path, STAFF, row)
    write(looked, district.wang)

    record = person("李明")
    post = Post.objects.get(staff=record.staff, superseded_at=None, ends_on=None)
    certificate = Certificate.objects.get(staff=record.staff)
    assert looked.actions == ("changed",)
    assert (record.education_level, record.lead_kind, record.state) == (3, "市级骨干", "在岗")
    assert record.leadership_started_on == date(2019, 9, 1)
    assert (post.duty, post.professional_title, post.grades_taught) == (
        "校长", "高级教师", "三年级",
    )  # fmt: skip
    assert (certificate.kind, certificate.position) == ("小学教师资格", 1)


def test_province_city_and_county_are_left_out_with_a_reason() -> None:
    reasons = mapping.ignored(STAFF, FIELDS["principal_list"])

    assert set(reasons) == {"省", "市", "区县"}
    assert all("学校" in reason for reason in reasons.values())


def test_the_list_of_posts_finds_people_by_name_and_telephone(
    tmp_path: Path, district: World
) -> None:
    row = full_row(
        "teacher_post_list", 姓名="周静", 手机号=person("周静").phone, 教授科目="音乐",
        专业技术职称="二级教师", 薪级="12", 资格证编号="2016371", 首次注册日期="2017-05-01",
        证书颁发日期="2016-12-01", 入党时间="201507", 是否专任教="是", 是否教学岗="是",
    )  # fmt: skip

    looked = look(tmp_path, STAFF, row)
    write(looked, district.wang)

    post = Post.objects.get(staff=person("周静").staff, superseded_at=None, ends_on=None)
    assert looked.actions == ("changed",)
    assert (post.salary_step, post.is_teaching_post, post.kind) == ("12", True, "teacher")
    assert person("周静").party_joined_on == date(2015, 7, 1)


def test_somebody_unknown_by_name_and_telephone_is_not_made_up(tmp_path: Path) -> None:
    looked = look(tmp_path, STAFF, {"姓名": "周静", "手机号": "13900000000", "薪级": "12"})

    assert set(looked.faults[1]) == {"school", "sex", "birth_date", "kind"}


def test_an_unknown_number_with_a_known_name_and_telephone_fills_in_a_blank_one(
    tmp_path: Path,
) -> None:
    StaffRecord.objects.filter(name="周静").update(identity_number="")
    number = importing.identity_number(person("周静").birth_date, 88)

    looked = look(
        tmp_path, STAFF, {"姓名": "周静", "手机号": person("周静").phone, "身份证件号": number}
    )

    assert looked.differences == {1: {"identity_number": ("", number)}}


def test_another_number_with_the_same_name_and_telephone_is_refused(tmp_path: Path) -> None:
    number = importing.identity_number(person("周静").birth_date, 88)
    row = {"姓名": "周静", "手机号": person("周静").phone, "身份证件号": number}

    looked = look(tmp_path, STAFF, row)

    assert "姓名和手机号相同、身份证件号不同" in looked.faults[1]["identity_number"]


def test_two_people_of_one_name_and_telephone_are_told_apart_by_their_numbers(
    tmp_path: Path,
) -> None:
    others = importing.identity_number(date(1990, 1, 1), 90)
    rows = (
        newcomer(学校="崮山小学", 岗位="专任教师", 手机号="13912345678"),
        newcomer(学校="崮山小学", 岗位="专任教师", 手机号="13912345678", 身份证件号=others),
    )

    looked = look(tmp_path, STAFF, *rows)

    assert looked.actions == ("new", "new")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"岗位": "保育员"}, "care_worker"),
        ({"是否专任教": "是"}, "teacher"),
        ({"是否专任教": "否"}, "support"),
        ({"教职工类别": "工勤人员"}, "support"),
        ({"教职工类别": "专任教师"}, "teacher"),
        ({"学科": "数学"}, "teacher"),
    ],
    ids=str,
)
def test_what_kind_of_post_it_is_follows_from_other_words(
    tmp_path: Path, district: World, cells: dict[str, object], kind: str
) -> None:
    write(look(tmp_path, STAFF, newcomer(学校="崮山小学", **cells)), district.wang)

    assert Post.objects.get(staff=person("王新").staff).kind == kind


def test_a_category_that_says_nothing_leaves_the_kind_to_be_filled_in(tmp_path: Path) -> None:
    looked = look(tmp_path, STAFF, newcomer(学校="崮山小学", 教职工类别="A1"))

    assert looked.faults == {1: {"kind": "新登记的必须填“岗位”"}}


@pytest.mark.parametrize(
    ("written", "level"),
    [("中专", 1), ("大学专科", 2), ("本科（学士）", 3), ("硕士研究生", 4), ("研究生", 4),
     ("博士", 5)],
)  # fmt: skip
def test_schooling_is_read_in_the_words_of_lists(written: str, level: int) -> None:
    assert STAFF.by_key["education_level"].kind_on(ON).parse(written) == level


def test_less_schooling_than_certificates_prove_is_a_warning(tmp_path: Path) -> None:
    row = {"身份证件号": person("郑宁").identity_number, "学历": "本科"}

    looked = look(tmp_path, STAFF, row)

    assert looked.actions == ("changed",)
    assert looked.warnings == {1: {"education_level": "底册里已登记硕士研究生学历，请核对"}}


def test_what_is_said_to_have_happened_before_birth_is_a_warning(tmp_path: Path) -> None:
    row = {"身份证件号": person("周静").identity_number, "证书颁发日期": "1950-01-01"}

    looked = look(tmp_path, STAFF, row)

    born = person("周静").birth_date
    assert looked.warnings == {1: {"certificate_issued_on": f"早于 {born}，先后颠倒，请核对"}}


def test_a_move_to_another_school_ends_the_old_post_on_the_day(
    tmp_path: Path, district: World
) -> None:
    row = {"身份证件号": person("周静").identity_number, "学校": "松徐小学"}

    change = write(look(tmp_path, STAFF, row, on=ON), district.wang)

    posts = Post.objects.filter(staff=person("周静").staff, superseded_at=None)
    assert list(posts.order_by("starts_on").values_list("school", "ends_on", "subject")) == [
        (district.li_school.pk, ON, "音乐"), (district.zhao_school.pk, None, "音乐"),
    ]  # fmt: skip
    take_back(change, district.wang)
    assert Post.objects.get(staff=person("周静").staff, superseded_at=None).ends_on is None


def test_the_term_of_a_leader_is_shown_and_not_written(tmp_path: Path) -> None:
    shown = next(
        iter(STAFF.rows(ON).filter(staff__records__name="李明").values("leadership__role"))
    )
    row = {"身份证件号": person("李明").identity_number, "校长任职": "副校长"}

    assert shown == {"leadership__role": "head"}
    assert look(tmp_path, STAFF, row).actions == ("unchanged",)
    assert "校长任职" in mapping.ignored(STAFF, row)


def test_a_clerk_registers_staff_of_the_own_school(tmp_path: Path, district: World) -> None:
    own, school = frozenset({district.li_school.pk}), district.li_school.pk
    rows = (
        newcomer(岗位="专任教师"),
        {"身份证件号": person("赵强").identity_number, "民族": "汉族"},
    )

    looked = look(tmp_path, STAFF, *rows, schools=own, defaults={"school": school})

    assert looked.actions == ("new", "rejected")


def test_a_number_with_small_x_and_blanks_is_the_same_number(
    tmp_path: Path, district: World
) -> None:
    born = date(1995, 6, 1)
    number = next(
        found
        for order in range(100, 200)
        if (found := importing.identity_number(born, order)).endswith("X")
    )
    StaffRecord.objects.filter(name="周静").update(identity_number=number, birth_date=born)

    looked = look(tmp_path, STAFF, {"身份证件号": f" {number[:6]} {number[6:].lower()}"})

    assert looked.actions == ("unchanged",)
    assert Staff.objects.count() == 6
