"""A notice read whole: which headings are measures, and who answers for which."""

from __future__ import annotations

import pytest

from gengdu.notices import reading
from gengdu.notices.reading import Reading


def read(*lines: str) -> Reading:
    return reading.read("\n".join(lines))


def answers_of(found: Reading) -> dict[str | None, list[str]]:
    return {
        one.title: [unit.name for clause in one.clauses for unit in clause.units]
        for one in found.measures
    }


def test_one_sentence_may_answer_for_several_measures() -> None:
    found = read(
        "一、重点任务", "1.改善环境。加强巡查。", "2.减轻负担。控制作业。",
        "第1、2项由县教育局负责，县财政局配合。", "3.开展监测。建立档案。",
        "上述3—4项任务由县卫健局牵头。", "4.规范市场。开展检查。",
    )  # fmt: skip

    assert answers_of(found) == {
        "改善环境": ["县教育局", "县财政局"], "减轻负担": ["县教育局", "县财政局"],
        "开展监测": ["县卫健局"], "规范市场": ["县卫健局"],
    }  # fmt: skip


def test_a_measure_that_goes_on_with_the_numbers_is_one_though_nobody_is_named() -> None:
    found = read(
        "二、任务", "（一）底座", "1.建设云。抓好建设。（县大数据局）",
        "2.打通数据。抓好共享。（县大数据局）", "三、保障", "3.加强统筹。定期调度。",
    )  # fmt: skip

    assert [one.number for one in found.measures] == [1, 2, 3]


def test_a_heading_of_bodies_says_who_answers() -> None:
    found = read(
        "一、职责", "（一）县教育局：负责牵头抓总。", "（二）团县委、县妇联：负责校外活动。"
    )

    assert answers_of(found) == {"县教育局": ["县教育局"], "团县委、县妇联": ["团县委", "县妇联"]}


def test_prose_about_a_task_does_not_keep_a_table_from_being_the_plan() -> None:
    found = read(
        "一、任务", "序号\t任务\t责任单位", "1\t建设学校\t县教育局", "2\t改造厕所\t县卫健局",
        "二、要求", "由县教育局牵头，县财政局配合，定期通报。",
    )  # fmt: skip

    assert [one.title for one in found.measures] == ["建设学校", "改造厕所"]


def test_a_goal_without_a_deadline_is_due_in_the_year_of_the_title() -> None:
    found = read("甲县教育局2024年工作要点", "1.扩增学位。新增学位2700个。（基教科）")

    [one] = [placed.target for placed in found.targets]

    assert (one.year, one.year_kind, one.doubt.split("；")[0]) == (2024, "year", "期限取自标题")


def test_a_number_word_at_the_head_of_a_line_that_goes_on_in_it_is_prose() -> None:
    found = read(
        "一、任务", "（一）稳住学生", "一是摸清底数。二是结对包保。", "责任单位：镇教育办公室",
        "（二）修好校舍", "一是改造旱厕。二是更换课桌椅320套。", "责任单位：镇财政所",
    )  # fmt: skip

    assert answers_of(found) == {"稳住学生": ["镇教育办公室"], "修好校舍": ["镇财政所"]}


def test_a_line_of_bodies_behind_dashes_answers() -> None:
    found = read(
        "一、任务", "1.控制总量", "（1）核定编制。", "——区委编办、区教育局", "2.统筹岗位",
        "（1）提高比例。", "——区人社局牵头，区财政局配合",
    )  # fmt: skip

    assert answers_of(found) == {
        "控制总量": ["区委编办", "区教育局"], "统筹岗位": ["区人社局", "区财政局"],
    }  # fmt: skip


def test_another_name_in_brackets_answers_for_nothing() -> None:
    found = read(
        "一、任务", "1.办好职教。每县办好1所职业学校（职教中心）。（责任单位：县教育局）",
        "2.改造厕所。（责任单位：县卫健局）",
    )  # fmt: skip

    assert answers_of(found)["办好职教"] == ["县教育局"]


def test_several_bodies_that_must_do_something_answer_where_nothing_else_says_so() -> None:
    found = read(
        "一、任务", "1.建设学校。（县教育局）", "2.改造厕所。（县卫健局）",
        "3.保障要素。县委编办、县财政局、县人社局要优先支持。",
    )  # fmt: skip

    assert answers_of(found)["保障要素"] == ["县委编办", "县财政局", "县人社局"]


def test_the_list_at_the_end_adds_what_the_measure_itself_does_not_say() -> None:
    found = read(
        "一、任务", "1.控制总量。投放编制80名。（县委编办）", "2.统筹岗位。（县人社局）",
        "附件：清单",
        "序号\t任务\t目标\t责任单位", "1\t控制总量\t投放编制80名\t县委编办",
        "2\t统筹岗位\t交流教师不少于260名\t县人社局",
    )  # fmt: skip

    assert [(one.measure, float(one.target.value[0])) for one in found.targets] == [
        (1, 80), (2, 260),
    ]  # fmt: skip


def test_a_row_that_no_measure_is_called_like_keeps_its_goals_and_says_so() -> None:
    found = read(
        "一、任务", "1.控制总量。投放编制80名。（县委编办）", "2.统筹岗位。（县人社局）",
        "三、任务分解",
        "序号\t任务\t具体目标\t牵头单位\t完成时间",
        "1\t消除大班额\t小学班额全部降至45人以下\t县教育局\t2025年底",
        "2\t投放编制\t投放编制80名\t县委编办\t2025年底",
    )  # fmt: skip

    told = [(one.measure, float(one.target.value[0]), one.target.year) for one in found.targets]
    assert told == [(1, 80, None), (None, 45, 2025)]
    assert "取自表中“消除大班额”一行" in found.targets[1].target.doubt


def test_what_the_notice_says_above_its_table_belongs_to_no_row() -> None:
    found = read(
        "一、各单位于3月20日前报送方案。", "二、每月28日前报送进展。", "附件",
        "序号\t任务\t责任单位", "1\t新建学校3所\t县教育局", "2\t改造厕所5处\t县卫健局",
    )  # fmt: skip

    assert [one.measure for one in found.targets] == [None, None, 1, 2]


def test_a_row_of_a_table_is_due_in_the_year_of_the_title() -> None:
    found = read(
        "甲县2025年重点任务分解表", "序号\t任务\t责任单位", "1\t新增学位2700个\t县教育局",
        "2\t新建学校3所\t县教育局",
    )  # fmt: skip

    assert [placed.target.year for placed in found.targets] == [2025, 2025]


def test_a_line_below_one_point_answers_for_it_where_other_points_have_their_own() -> None:
    found = read(
        "一、任务", "1.建设学校。新建3所。", "责任单位：县教育局", "2.改造厕所。改造5处。",
        "责任单位：县卫健局", "二、保障", "1.加强领导。健全机制。", "2.保障资金。",
        "责任单位：县财政局",
    )  # fmt: skip

    assert answers_of(found) == {
        "建设学校": ["县教育局"], "改造厕所": ["县卫健局"],
        "加强领导": [], "保障资金": ["县财政局"],
    }  # fmt: skip


def test_a_list_that_begins_with_goals_begins_with_a_measure() -> None:
    found = read(
        "一、明确任务，促进发展", "1、教育发展目标。", "2007年入园率达到96%。", "2、推进低龄化。",
        "二、改革体制", "3、理顺体制。",
    )  # fmt: skip

    assert [one.number for one in found.measures] == [1, 2, 3]
    assert [one.measure for one in found.targets] == [1]


def test_a_heading_that_only_has_a_word_of_a_preface_in_it_is_a_measure() -> None:
    found = read(
        "一、发展环境", "1.基础良好。", "二、发展环境友好行动", "1.净化网络环境。（县委网信办）",
        "2.改造空间。（县住建局）",
    )  # fmt: skip

    assert list(answers_of(found)) == ["净化网络环境", "改造空间"]


def test_a_line_that_heads_a_group_of_rows_leaves_one_table() -> None:
    found = read(
        "附件", "序号\t任务\t牵头单位", "一、产业发展", "1\t建设农田\t县农业农村局", "二、社会事业",
        "2\t建设学校\t县教育局",
    )  # fmt: skip

    assert answers_of(found) == {"建设农田": ["县农业农村局"], "建设学校": ["县教育局"]}


def test_a_title_promises_nothing_where_text_stands_behind_it() -> None:
    found = read(
        "一、任务",
        "1.控辍保学清零。健全责任制，巩固率稳定在99.8%以上，建立联控联保工作机制。（县教育局）",
        "2.消除大班额。（县教育局）", "3.新增学位1200个。（县教育局）",
    )  # fmt: skip

    assert [float(one.target.value[0]) for one in found.targets] == [99.8, 1200]


@pytest.mark.parametrize(
    ("cell", "read_as"), [("50以上", ("at_least", 50)), ("520左右", ("about", 520))]
)
def test_a_cell_compares_without_a_unit(cell: str, read_as: tuple[str, float]) -> None:
    found = read("一、指标", "序号\t指标\t2022年\t2025年", f"1\t优良率（%）\t32.6\t{cell}")

    last = found.targets[-1].target

    assert (last.comparison, float(last.value[0]), last.unit) == (*read_as, "%")


def test_a_table_of_indicators_is_named_by_its_column_of_names() -> None:
    found = read(
        "一、主要目标", "专栏1　主要指标", "序号\t类别\t指标\t2020年\t2025年",
        "1\t服务\t康复覆盖率（%）\t96.4\t＞97", "2\t服务\t家庭改造（户）\t486\t[300]",
    )  # fmt: skip

    told = [
        (one.target.indicator, one.target.comparison, float(one.target.value[0]), one.target.unit)
        for one in found.targets if one.target.year == 2025
    ]  # fmt: skip
    assert told == [
        ("康复覆盖率", "more_than", 97, "%"), ("家庭改造", "at_least", 300, "户"),
    ]  # fmt: skip


def test_a_blank_first_cell_leaves_the_others_in_their_columns() -> None:
    found = read(
        "附件", "类别\t序号\t任务\t牵头单位\t完成时限", "产业\t1\t建设农田\t县农业农村局\t5月底",
        "\t2\t推广节水\t县水利局\t10月底",
    )  # fmt: skip

    assert answers_of(found) == {"建设农田": ["县农业农村局"], "推广节水": ["县水利局"]}


def test_a_line_break_inside_a_cell_leaves_one_row() -> None:
    found = read(
        "一、任务", "序号\t任务\t牵头单位\t责任单位", "1\t建设学校\t县教育局", "县财政局\t各乡镇",
        "2\t改造厕所\t县卫健局\t各乡镇",
    )  # fmt: skip

    assert answers_of(found) == {
        "建设学校": ["县教育局", "县财政局", "各乡镇"], "改造厕所": ["县卫健局", "各乡镇"],
    }  # fmt: skip


def test_a_goal_without_a_deadline_is_due_by_the_time_limit_of_its_measure() -> None:
    found = read(
        "一、任务", "1.建设场馆。新建公园12个。（责任单位：区住建局；完成时限：2026年12月；）",
        "2.培训教师。每年培训不少于300人。（责任单位：区教育局；完成时限：2025年底）",
    )  # fmt: skip

    assert [(one.target.year, one.target.year_kind) for one in found.targets] == [
        (2026, "day"), (None, "recurring"),
    ]  # fmt: skip
    assert "期限取自完成时限" in found.targets[0].target.doubt


def test_leaders_of_a_bureau_are_persons() -> None:
    found = read(
        "一、任务", "1.深化武装。（责任处室：机关党委；牵头局领导：张某）",
        "2.办好课程。（责任处室：德育处、研究院；牵头局领导：李某）",
    )  # fmt: skip

    assert answers_of(found) == {"深化武装": ["机关党委"], "办好课程": ["德育处", "研究院"]}


def test_so_many_years_are_those_of_the_title() -> None:
    found = read(
        "甲市行动方案（2024—2026年）", "一、任务", "1.停车。三年新增泊位8000个。（市住建局）",
        "2.管网。两年内改造管网90公里。（市水务局）",
    )  # fmt: skip

    assert [(one.target.year, one.target.doubt) for one in found.targets] == [
        (2026, "期限取自标题"), (None, "期限从发文起算，请核对是哪一年"),
    ]  # fmt: skip


def test_a_title_that_names_a_span_gives_no_year() -> None:
    found = read("甲县教育计划（2024—2026年）", "1.扩增学位。新增学位2700个。（基教科）")

    assert [placed.target.year for placed in found.targets] == [None]


def test_what_is_doubtful_about_measures_and_clauses_is_told() -> None:
    found = read(
        "一、任务", "1.建学校。（县教育局牵头，县财政局配合）",
        "2.改厕所。（县卫健局牵头，县财政局配合）",
        "4.办食堂。（县教育局、县财政局、县食安委）", "5.修道路。抓紧实施。",
    ).as_data()  # fmt: skip

    assert [one["doubt"] for one in found["measures"]] == [
        "", "", "编号从2跳到4，请核对有没有漏读", "没有读出责任单位",
    ]  # fmt: skip
    assert [body["doubt"] for one in found["measures"] for body in one["bodies"]] == [
        "", "", "没有写明谁牵头，按第一个读",
    ]  # fmt: skip


def test_towns_are_told_from_departments() -> None:
    found = read("一、任务", "1.建学校。（县教育局，城关镇、各乡镇）").as_data()

    assert found["measures"][0]["bodies"][0]["kinds"] == {
        "县教育局": "department", "城关镇": "town", "各乡镇": "town",
    }  # fmt: skip


def test_numbers_that_are_left_out_or_run_into_the_title_lose_no_measure() -> None:
    found = read(
        "一、任务", "3.建学校。（县教育局）", "7.改厕所。（县卫健局）",
        "8.121人才项目。（县人社局）", "9.办食堂。（县教育局）",
    )  # fmt: skip

    assert [(one.number, one.title) for one in found.measures] == [
        (3, "建学校"), (7, "改厕所"), (8, "121人才项目"), (9, "办食堂"),
    ]  # fmt: skip


def test_headings_beside_one_that_bodies_answer_for_are_measures_too() -> None:
    found = read(
        "二、任务", "（一）布局", "1.编规划。抓紧编制。（县教育局）",
        "2.建学校。抓紧建设。（县教育局）",
        "三、保障", "（一）加强领导。定期调度。", "（二）保障资金。足额安排。（县财政局）",
    )  # fmt: skip

    assert [one.title for one in found.measures] == ["编规划", "建学校", "加强领导", "保障资金"]


def test_a_title_in_brackets_is_the_title() -> None:
    found = read("第一条 【目的依据】为规范管理，制定本办法。", "第二条 【交流比例】不低于10%。")

    assert [one.title for one in found.measures] == ["目的依据", "交流比例"]


def test_a_problem_to_be_solved_is_a_measure_and_the_problems_that_exist_are_none() -> None:
    found = read(
        "一、存在问题", "（一）底子薄。条件较差。", "二、重点任务",
        "（一）化解大班额问题。抓紧实施。（县教育局）", "（二）改善条件。抓紧实施。（县财政局）",
    )  # fmt: skip

    assert [one.title for one in found.measures] == ["化解大班额问题", "改善条件"]
