"""A checked reading becomes a plan of its own, whole or not at all."""

from __future__ import annotations

import copy
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gengdu.notices import adopting, reading
from gengdu.notices.adopting import AlreadyThere, CannotAdopt, Choices
from gengdu.policy import comparing, facts
from gengdu.policy.facts import Plan

CHOICES = Choices("county_plan", "教育振兴", "示例县", carry_over=True)
NOTICE = """示例县教育振兴行动方案
示例县人民政府办公室
2024年5月10日

一、主要任务
（一）绿色校园
1.建设绿色校园。到2026年，乡村绿色校园占乡村学校的比例达到95%以上。（牵头单位：县教育体育局；配合单位：县财政局、各镇人民政府）
2.新建学校。2025年6月底前，新建改扩建学校12所，目前已完成3所。（责任单位：县发展改革局、县教育体育局）
"""


@pytest.fixture(scope="module")
def read_once(root: Path) -> dict[str, dict[str, Any]]:
    own = (root / "src/gengdu/policy/plan/notice.txt").read_text(encoding="utf-8")
    return {
        "own": adopting.draft(reading.read(own)),
        "other": adopting.draft(reading.read(NOTICE)),
    }


@pytest.fixture
def own(read_once: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return copy.deepcopy(read_once["own"])


@pytest.fixture
def other(read_once: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return copy.deepcopy(read_once["other"])


def adopted(draft: dict[str, Any], folder: Path, choices: Choices = CHOICES) -> Plan:
    return facts.load(facts.HERE, adopting.write(draft, choices, folder))


def stopping(draft: dict[str, Any], choices: Choices = CHOICES) -> list[tuple[str, str]]:
    return [(lack.at, lack.words_zh) for lack in adopting.lacking(draft, choices) if lack.stops]


def test_what_the_plan_will_lack_is_said_while_something_else_still_stops_it(
    other: dict[str, Any],
) -> None:
    later = [lack for lack in adopting.lacking(other, CHOICES) if not lack.stops]
    other["date"] = None
    other["measures"][0]["bodies"] = []
    other["measures"][1]["no"] = 1

    now = adopting.lacking(other, CHOICES)

    assert next(lack.at for lack in now if lack.stops) == adopting.HEAD
    assert later
    assert set(later) <= set(now)


def test_the_measures_of_our_notice_come_out_as_in_the_plan(
    own: dict[str, Any], tmp_path: Path
) -> None:
    again = adopted(own, tmp_path)

    found = {one.where for one in comparing.compare(facts.built_in(), again)}
    assert not [where for where in found if where.startswith("第")]
    assert [one.key for one in again.measures] == [one.key for one in facts.built_in().measures]
    assert again.title == facts.built_in().title


def test_against_another_notice_measures_stand_by_number_and_what_is_gone_was_not_written(
    other: dict[str, Any], tmp_path: Path
) -> None:
    found = comparing.compare(facts.built_in(), adopted(other, tmp_path))

    of_measures = [one.where for one in found if one.where.startswith("第")]
    numbers = [int(where.removeprefix("第 ").removesuffix(" 条")) for where in of_measures]
    assert numbers == sorted(numbers)
    assert max(numbers) > 10
    gone = {one.why for one in found if one.what == "事实" and not one.other}
    assert gone == {"这份通知没有写"}


def test_numbers_and_years_of_our_notice_come_out_as_in_the_plan(
    own: dict[str, Any], tmp_path: Path
) -> None:
    """What differs for a reason is listed by name, so that nothing joins it unseen."""
    found = comparing.compare(facts.built_in(), adopted(own, tmp_path))

    differ = {
        (one.where, one.what) for one in found if one.what in ("数值", "期限", "单位", "比较")
    }
    assert differ == {("family_education.station_share", "期限")}
    assert all(one.why for one in found)


def test_what_the_plan_has_and_the_reading_lacks_has_no_number_or_is_a_way_of_counting(
    own: dict[str, Any], tmp_path: Path
) -> None:
    found = comparing.compare(facts.built_in(), adopted(own, tmp_path))

    missing = {one.where for one in found if one.what == "事实" and not one.other}
    quoted = {
        name for name in missing
        if any(mark.isdigit() for mark in facts.built_in().facts[name].values[-1].quote or "")
    }  # fmt: skip
    assert quoted == {
        "digital_campus.school_bandwidth",
        "digital_campus.school_gigabit_share",
        "principals.terms_before_exchange",
        "principals.two_term_exchange",
        "school_siting.layout_period",
    }


def test_a_promise_that_is_known_takes_its_name_and_the_notice_its_number(
    other: dict[str, Any], tmp_path: Path
) -> None:
    plan = adopted(other, tmp_path)

    [value] = plan.facts["campus_titles.green_share"].values
    assert float(value.value or 0) == 0.95
    assert str(value.due_on) == "2026-12-31"
    assert value.quote == "到2026年，乡村绿色校园占乡村学校的比例达到95%以上"
    measure = plan.measure_of(plan.facts["campus_titles.green_share"])
    assert measure is not None
    assert {key: plan.bodies[key] for key in measure.bodies} == {
        "education_bureau": "县教育体育局",
        "finance_bureau": "县财政局",
        "town_03": "各镇人民政府",
    }


def test_a_goal_without_an_indicator_keeps_its_number_unit_and_month(
    other: dict[str, Any], tmp_path: Path
) -> None:
    plan = adopted(other, tmp_path)

    [fact] = [one for one in plan.promises if one.unit == "schools"]
    assert fact.name.startswith("measure_02.")
    assert int(fact.values[0].value or 0) == 12
    assert str(fact.values[0].due_on) == "2025-06-30"


def test_figures_already_reached_promise_nothing(other: dict[str, Any], tmp_path: Path) -> None:
    folder = adopting.write(other, CHOICES, tmp_path)

    assert "已完成3所" in (folder / "no_promise.yaml").read_text(encoding="utf-8")


def test_everything_quoted_stands_in_the_notice(own: dict[str, Any], tmp_path: Path) -> None:
    plan = adopted(own, tmp_path)
    whole = " ".join((tmp_path / CHOICES.id / "notice.txt").read_text(encoding="utf-8").split())

    assert all(
        value.quote in whole
        for measure in plan.measures for fact in measure.facts for value in fact.values
        if value.quote is not None
    )  # fmt: skip


def test_what_an_indicator_needs_and_the_notice_lacks_is_named_or_carried_over(
    own: dict[str, Any], tmp_path: Path
) -> None:
    without = Choices(CHOICES.id, CHOICES.short_zh, CHOICES.area_zh, carry_over=False)

    assert any("school_standards.class_ii" in words for _, words in stopping(own, without))
    with pytest.raises(CannotAdopt, match="class_ii"):
        adopting.write(own, without, tmp_path)
    assert not list(tmp_path.iterdir())
    carried = adopted(own, tmp_path).facts["school_standards.class_ii"].values[0]
    assert carried.grade == "setting"
    assert carried.quote is None


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda d: d.update(date=None), "成文日期"),
        (lambda d: d.update(title=None), "标题"),
        (lambda d: d.update(measures=[]), "没有读出任何措施"),
        (lambda d: d["measures"][0].update(no=2), "第 2 条有两处"),
        (lambda d: d["measures"][0].update(no=None), "没有编号"),
        (lambda d: d["measures"][0].update(title=""), "没有标题"),
        (lambda d: d["measures"][0].update(bodies=[]), "第 1 条没有责任单位"),
        (lambda d: d["targets"][0].update(measure=9), "没有这一条"),
        (lambda d: d["targets"][0].update(promise="no.such"), "不存在"),
        (lambda d: d["targets"][0].update(value=950), "0 到 100%"),
        (lambda d: d["targets"][0].update(unit="小时"), "单位"),
    ],
)
def test_what_stops_is_said_and_nothing_is_written(
    other: dict[str, Any], tmp_path: Path, damage: Any, words: str
) -> None:
    damage(other)

    assert any(words in said for _, said in stopping(other))
    with pytest.raises(CannotAdopt, match=words):
        adopting.write(other, CHOICES, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "choices",
    [
        Choices("Bad Id", "简称", "示例县", carry_over=True),
        Choices("../etc", "简称", "示例县", carry_over=True),
        Choices("plan", "简称", "示例县", carry_over=True),
        Choices("good_id", " ", "示例县", carry_over=True),
        Choices("good_id", "简称", "", carry_over=True),
    ],
)
def test_an_id_or_a_name_that_will_not_do_is_refused(
    other: dict[str, Any], tmp_path: Path, choices: Choices
) -> None:
    with pytest.raises(CannotAdopt):
        adopting.write(other, choices, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_plan_that_is_there_is_never_written_over(other: dict[str, Any], tmp_path: Path) -> None:
    adopting.write(other, CHOICES, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}

    with pytest.raises(AlreadyThere, match="没有覆盖"):
        adopting.write(other, CHOICES, tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_of_two_who_adopt_at_once_one_writes_and_the_other_is_told(
    other: dict[str, Any], tmp_path: Path
) -> None:
    told: list[object] = []

    def adopt() -> None:
        try:
            told.append(adopting.write(other, CHOICES, tmp_path))
        except AlreadyThere as there:
            told.append(str(there))

    threads = [threading.Thread(target=adopt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(isinstance(one, Path) for one in told) == 1
    assert [path.name for path in tmp_path.iterdir()] == [CHOICES.id]


def test_the_same_draft_makes_the_same_bytes(other: dict[str, Any], tmp_path: Path) -> None:
    folders = [adopting.write(other, CHOICES, tmp_path / name) for name in ("a", "b")]

    one, again = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in folders
    )
    assert one == again


def test_stages_of_one_promise_are_its_values_one_after_the_other(tmp_path: Path) -> None:
    text = (
        "甲县人民政府办公室关于印发方案的通知\n甲政办发〔2024〕7号\n一、任务\n1.建设绿色校园。"
        "到2025年，乡村绿色校园占乡村学校的比例达到60%以上；"
        "到2027年，乡村绿色校园占乡村学校的比例达到90%以上。（责任单位：县教育局、县财政局）\n"
        "2.关爱学生。（责任单位：县教育局）\n甲县人民政府办公室\n2024年3月1日\n"
    )

    plan = adopted(adopting.draft(reading.read(text)), tmp_path)

    fact = plan.facts["campus_titles.green_share"]
    assert [
        (float(one.value or 0), str(one.from_on), str(one.due_on)) for one in fact.values
    ] == [(0.6, "2024-03-01", "2025-12-31"), (0.9, "2026-01-01", "2027-12-31")]  # fmt: skip
    assert [one.quote for one in fact.values if one.quote and one.quote in text] != []
    assert fact.short_zh == fact.label_zh  # ours says 全覆盖
    assert len([one for one in plan.promises if "绿色" in one.label_zh]) == 1


@pytest.mark.parametrize(
    ("sentence", "due", "reading_zh"),
    [
        ("2025年9月30日前，录播室实现全覆盖，新增学位300个。", "2025-09-30", ""),
        ("六月底前新增学位300个。", "2024-06-30", ""),
        ("5年内新增学位300个。", "2029-03-01", "从印发之日起5年内"),
        ("三个月内新增学位300个。", "2024-06-01", "从印发之日起三个月内"),
        ("到2026年新增学位300个。", "2026-12-31", "文件只写年份，取年末"),
    ],
)
def test_the_day_of_a_goal_is_that_of_the_words_that_head_it(
    sentence: str, due: str, reading_zh: str, tmp_path: Path
) -> None:
    text = (
        f"甲县人民政府办公室关于印发方案的通知\n甲政办发〔2024〕7号\n一、任务\n1.建设学校。{sentence}"
        "（县教育局）\n2.关爱学生。（县教育局）\n甲县人民政府办公室\n2024年3月1日\n"
    )

    plan = adopted(adopting.draft(reading.read(text)), tmp_path)

    [value] = [one.values[0] for one in plan.promises if one.values[0].value == 300]
    assert (str(value.due_on), value.reading) == (due, reading_zh)


def test_who_leads_what_nobody_is_named_for_may_be_told_once(tmp_path: Path) -> None:
    text = (
        "甲县人民政府办公室关于印发方案的通知\n甲政办发〔2024〕7号\n一、任务\n1.建设学校。新建3所。"
        "（县财政局）\n2.关爱学生。\n甲县人民政府办公室\n2024年3月1日\n"
    )
    draft = adopting.draft(reading.read(text))
    told = replace(CHOICES, lead_zh="县教育局")

    assert [words for _at, words in stopping(draft)] == [
        "第 2 条没有责任单位，请至少补上牵头单位，或指定由谁牵头"
    ]
    plan = adopted(draft, tmp_path, told)
    assert [plan.bodies[one.lead] for one in plan.measures if one.number] == [
        "县财政局", "县教育局",
    ]  # fmt: skip
    assert stopping(draft, replace(CHOICES, lead_zh="。")) != []
