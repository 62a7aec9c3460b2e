"""What a sentence promises: each rule with its own examples."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.notices import targets
from gengdu.notices.promises import Kind, Target

ISSUED = date(2023, 6, 30)


def read(text: str) -> list[Target]:
    return targets.targets(text, 0, ISSUED)[0]


def goals(text: str) -> list[Target]:
    return [one for one in read(text) if one.kind == Kind.GOAL]


def numbers(text: str) -> list[tuple[object, ...]]:
    return [
        (one.year, one.comparison, *(float(value) for value in one.value), one.unit)
        for one in goals(text)
    ]


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("到2025年，巩固率达到95%以上。", 2025, "year"),
        ("2025年底前，巩固率达到95%以上。", 2025, "year"),
        ("2024年12月31日前，巩固率达到95%以上。", 2024, "day"),
        ("“十四五”末，巩固率达到95%以上。", 2025, "year"),
        ("2023—2026年，巩固率达到95%以上。", 2026, "year"),
        ("年底前，巩固率达到95%以上。", 2023, "relative"),
        ("明年，巩固率达到95%以上。", 2024, "relative"),
        ("5年内，巩固率达到95%以上。", None, "relative"),
        ("每年培训教师不少于100人。", None, "recurring"),
        ("2024年起，巩固率达到95%以上。", 2024, "start"),
        ("用3年时间，巩固率达到95%以上。", None, "relative"),
        ("三年培训教师300人次。", None, "relative"),
        ("每两年培训教师300人次。", None, "recurring"),
        ("每月10日前报送进展。", None, "recurring"),
        ("每年年底形成报告。", None, "recurring"),
        ("每半个月调度一次。", None, "recurring"),
        ("每月二十五日前报送进展。", None, "recurring"),
        ("到2030年，贫血率在2020年基础上下降30%。", 2030, "year"),
        ("到2030年，增幅比2010—2020年下降70%。", 2030, "year"),
        ("到2030年，6个月内婴儿纯母乳喂养率达到55%。", 2030, "year"),
        ("8月完成自查。", 2023, "day"),
        ("全面推开（2024年7月至12月）：8月25日前，完成首轮竞聘。", 2024, "day"),
        ("研究生学历占比2025年达到20%。", 2025, "year"),
        ("每季度末月25日前报送进展。", None, "recurring"),
        ("2012年起5年内，培养人才2000名。", 2016, "year"),
        ("巩固率达到95%以上。", None, None),
    ],
)
def test_a_deadline_is_read_in_every_form(text: str, year: int | None, kind: str | None) -> None:
    [found] = goals(text)

    assert (found.year, found.year_kind) == (year, kind)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("达到95%以上", ("at_least", 95, "%")), ("不低于95%", ("at_least", 95, "%")),
        ("稳定在95%", ("at_least", 95, "%")), ("超过95%", ("more_than", 95, "%")),
        ("控制在5%以内", ("at_most", 5, "%")), ("降至1.01以内", ("at_most", 1.01, "")),
        ("不超过5%", ("at_most", 5, "%")), ("低于5%", ("less_than", 5, "%")),
        ("达到95%左右", ("about", 95, "%")), ("达到30%～40%", ("range", 30, 40, "%")),
        ("达到一半以上", ("at_least", 50, "%")), ("达到三分之二以上", ("at_least", 200 / 3, "%")),
        ("达到八成", ("at_least", 80, "%")), ("达到九成五以上", ("at_least", 95, "%")),
        ("翻一番", ("at_least", 2, "倍")),
        ("实现全覆盖", ("at_least", 100, "%")), ("全部达到省定标准", ("at_least", 100, "%")),
        ("做到应助尽助", ("at_least", 100, "%")), ("实现清零", ("at_most", 0, "")),
    ],
)  # fmt: skip
def test_a_comparison_is_read_in_every_form(words: str, expected: tuple[object, ...]) -> None:
    [found] = numbers(f"到2025年，学校占比{words}。")

    assert found[1:] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "force"),
    [("原则上达到50%以上", "in_principle"), ("一般不少于2小时", "in_principle"),
     ("基本实现全覆盖", "largely"),
     ("力争达到50%", "strive"), ("普遍达到本科层次", "generally"),
     ("支持每所学校建设1处基地", "support"),
     ("基本养老保险参保率达到95%", "must"), ("体系基本健全", "largely"),
     ("达到省定基本办学条件标准的学校占90%以上", "must")],
)  # fmt: skip
def test_the_force_of_the_wording_is_told(text: str, force: str) -> None:
    assert [one.force for one in goals(f"到2025年，{text}。")] == [force]


def test_a_deadline_at_the_head_holds_for_all_that_follows_in_the_sentence() -> None:
    text = (
        "到2025年，巩固率达到95%以上，毛入园率达到90%，教师素质全面提升；"
        "到2030年，体系更加完善。均衡水平提高。"
    )

    assert [(one.year, one.comparison) for one in goals(text)] == [
        (2025, "at_least"), (2025, "at_least"), (2025, "qualitative"), (2030, "qualitative"),
    ]  # fmt: skip


def test_a_deadline_before_a_colon_holds_for_the_lines_below_it() -> None:
    text = "到2025年，实现以下目标：\n——学前教育。毛入园率达到95%。\n——义务教育。巩固率达到99%。"

    assert [one.year for one in goals(text) if one.value] == [2025, 2025]


def test_several_numbers_of_one_clause_stand_apart() -> None:
    text = "到2025年，专科以上占比达到90%、本科以上占比达到40%。"

    found = goals(text)

    assert [text[one.start : one.end] for one in found] == [
        "到2025年，专科以上占比达到90%、", "本科以上占比达到40%",
    ]  # fmt: skip
    assert [float(one.value[0]) for one in found] == [90, 40]


def test_numbers_said_respectively_are_all_there() -> None:
    found = goals("到2025年，小学、初中巩固率分别达到99%、98%以上。")

    assert [float(one.value[0]) for one in found] == [99, 98]


@pytest.mark.parametrize(
    "text",
    [
        "截至2022年底，毛入园率达到91%。",
        "目前，全县毛入园率已达到91%。",
        "2021年，毛入园率达到91%。",
    ],
)
def test_what_was_reached_already_is_no_goal(text: str) -> None:
    assert [one.kind for one in read(text)] == [Kind.PROGRESS]


def test_a_number_that_only_says_who_is_meant_is_a_condition() -> None:
    text = "到2026年，45周岁以下乡村学校校长（含副校长）原则上达到50%以上。"

    goal, condition = sorted(read(text), key=lambda one: one.kind, reverse=True)

    assert (goal.kind, float(goal.value[0])) == (Kind.GOAL, 50)
    assert (condition.kind, text[condition.start : condition.end]) == (
        Kind.CONDITION, "45周岁以下",
    )  # fmt: skip


def test_the_years_in_the_name_of_a_plan_are_a_reference_period() -> None:
    [found] = read("调整《十年布局规划（2019—2030年）》。")

    assert (found.kind, [int(value) for value in found.value]) == (Kind.REFERENCE, [2019, 2030])


@pytest.mark.parametrize(
    "text",
    ["推进“四个校园”建设。", "落实一校一案。", "根据国办发〔2021〕98号文件精神。",
     "见附件1。", "开展“1+N”托管。", "建设三级联动机制。", "按照第3条执行。",
     "拨打电话12345678。", "办好每一所学校。", "坚持两个确立。"],
)  # fmt: skip
def test_other_numbers_promise_nothing(text: str) -> None:
    assert goals(text) == []


def test_a_title_to_be_won_is_a_goal_without_a_number() -> None:
    [found] = goals("争创省级文明校园。")

    assert (found.comparison, found.force, found.year) == ("title", "strive", None)


def test_hostile_text_is_cut_and_never_fails() -> None:
    for text in ("1" * 50_000, "（" * 50_000, "到2025年" * 10_000, "达到95%" * 5_000):
        read(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("到2025年，巩固率达到95%以上。", ""),
        ("巩固率达到95%以上。", "没有写期限"),
        ("三年内，巩固率达到95%以上。", "期限从发文起算，请核对是哪一年"),
        ("到2025年，抽检合格率100%。", "没有写“以上”“不少于”，按至少读"),
    ],
)
def test_a_doubt_is_told_with_its_reason(text: str, doubt: str) -> None:
    assert [one.doubt for one in goals(text)] == [doubt]


def test_a_deadline_taken_from_the_lines_above_is_doubtful() -> None:
    text = "到2025年，实现以下目标：\n巩固率达到99%以上。"

    assert [one.doubt for one in goals(text) if one.value] == ["期限承自上文"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开通助学线路15条。", [(None, "at_least", 15, "条")]),
        ("每4年举办一届运动会。", [(None, "at_least", 1, "届")]),
        ("每天活动2小时。", [(None, "at_least", 2, "小时")]),
        ("失业率控制在5.5%左右。", [(None, "about", 5.5, "%")]),
        ("所有学校面积达标。", [(None, "at_least", 100, "%")]),
        ("撤并10人以下教学点6个。", [(None, "at_least", 6, "个")]),
        ("播种面积达到58万亩，其中小麦25万亩、玉米28万亩。",
         [(None, "at_least", 58, "万亩"), (None, "at_least", 25, "万亩"),
          (None, "at_least", 28, "万亩")]),
        ("小学每周安排不少于1课时的阅读课。", [(None, "at_least", 1, "课时")]),
        ("为60所学校更换课桌椅1.5万套。", [(None, "at_least", 1.5, "万套")]),
        ("差异系数分别小于0.50、0.45。",
         [(None, "less_than", 0.5, ""), (None, "less_than", 0.45, "")]),
        ("建设1到2个培训基地。", [(None, "range", 1, 2, "个")]),
        ("服务人才2000名，转化成果1000项。",
         [(None, "at_least", 2000, "名"), (None, "at_least", 1000, "项")]),
        ("每年培养社会工作督导员50名、中级社会工作人才及管理人才100名、社会工作从业人员3000名。",
         [(None, "at_least", 50, "名"), (None, "at_least", 100, "名"),
          (None, "at_least", 3000, "名")]),
        ("加快2个国家级转型试点和4个省级转型试点建设。", []),
        ("创建2个国家级转型试点和4个省级转型试点。",
         [(None, "at_least", 2, "个"), (None, "at_least", 4, "个")]),
        ("培训急救员八十名，举办讲堂十场。",
         [(None, "at_least", 80, "名"), (None, "at_least", 10, "场")]),
        ("安排专项经费六十万元。", [(None, "at_least", 60, "万元")]),
        ("小学、初中生师比分别控制在19:1、13.5:1以内。",
         [(None, "at_most", 19, ":1"), (None, "at_most", 13.5, ":1")]),
        ("生机比不低于6:1，师机比达到1:1。",
         [(None, "at_least", 6, ":1"), (None, "at_least", 1, ":1")]),
        ("每天8:30到校，生师比达到1:13.5。", [(None, "at_least", 13.5, "1:")]),
        ("灌溉水有效利用系数提高到0.57。", [(None, "at_least", 0.57, "")]),
        ("差异系数分别控制在0.40、0.35以内。",
         [(None, "at_most", 0.4, ""), (None, "at_most", 0.35, "")]),
        ("平均受教育年限达到11.2年。", [(None, "at_least", 11.2, "年")]),
        ("办理时限压缩至3个工作日以内。", [(None, "at_most", 3, "个工作日")]),
        ("各市原则上都要办好一所特教学校。", [(None, "at_least", 1, "所")]),
        ("招收5名以上残疾学生的学校全部设立资源教室。", [(None, "at_least", 100, "%")]),
        ("现有大班额比例控制在3%以内。", [(None, "at_most", 3, "%")]),
        ("会议同意追加教育经费1260万元。", [(None, "at_least", 1260, "万元")]),
        ("推广面积2.8万亩次。", [(None, "at_least", 2.8, "万亩次")]),
    ],
)  # fmt: skip
def test_a_number_counts_where_words_around_it_say_so(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("居住地距学校超过3公里的，应当提供校车。", Kind.CONDITION),
        ("教师年龄一般不超过65周岁。", Kind.CONDITION),
        ("对普惠率低于80%的县，约谈负责人。", Kind.CONDITION),
        ("近年来，新建幼儿园412所，毛入园率达到91.3%。", Kind.PROGRESS),
        ("近三年累计投入1.8亿元，新建宿舍5.2万平方米。", Kind.PROGRESS),
        ("三年来新建幼儿园412所。", Kind.PROGRESS),
        ("截至2022年，入园率达到91%。锻炼人数比例达到36.2%。", Kind.PROGRESS),
        ("满意率低于80%的责令整改。", Kind.CONDITION),
        ("对注册满2年、演出100场以上的民营院团，给予补助。", Kind.CONDITION),
        ("可按投资额的30%抵免附加。", Kind.RULE),
        ("录像保存期不少于90日。", Kind.RULE),
        ("建筑高度原则上不超过12米。", Kind.RULE),
        ("按照每个新增托位1万元的标准予以支持。", Kind.RATE),
        ("津贴按照本人基本工资的20%发放。", Kind.RATE),
        ("脱贫县上浮10%。", Kind.RATE),
        ("每亩补助不超过50元。", Kind.RATE),
        ("新进教师须在乡村学校服务满5年方可进城。", Kind.RULE),
        ("每件奖励200元至2000元。", Kind.RATE),
        ("换届率100%得3分。", Kind.RULE),
        ("对前三名分别奖励5万元。", Kind.RATE),
        ("每台补贴20万元。", Kind.RATE),
        ("补贴分两档，每人每月分别为300元、500元。", Kind.RATE),
        ("按实际投入的30%给予补助，单校最高不超过200万元。", Kind.RATE),
    ],
)  # fmt: skip
def test_conditions_scores_and_rates_are_no_goals(text: str, kind: Kind) -> None:
    assert {one.kind for one in read(text)} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "建立健全覆盖城乡的服务体系。", "推进实施（2024年5月—2025年12月）。",
        "推动“十四五”规划目标任务落地见效。", "5年内享受政府薪酬补贴。",
        "将总结（不超过2000字）存档。", "落实24小时值班制度。",
        "6月底前完成改造，所需经费由县财政局统筹解决。",
        "依法处5万元以上50万元以下罚款。",
        "自2024年起，申报高级职称须有1年以上乡村学校任教经历。",
        "2025年，全区教育工作要坚持稳中求进。", "2025年暑假将至。",
        "召开“制造业数字化转型50人会”品牌活动。", '召开"制造业转型50人会"活动。',
        "近6个月内已在医疗机构体检的，应当认可其结果。", "注：[ ]内为三年累计数。",
        "落实学校建设标准统一、“两免一补”政策城乡全覆盖有关要求。",
        "6月底前完成选址，为全县教育发展提供坚实保障，协助解决住房困难。",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_goal_is_none(text: str) -> None:
    assert [one for one in goals(text) if not text[one.start : one.end].startswith("6月")] == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("8月底前完成改造，每学期检查不少于1次。", (None, "recurring")),
        ("到2025年，学生每周阅读不少于2小时。", (2025, "year")),
        ("对2000年以前建成的小区，每年改造不少于30台。", (None, "recurring")),
    ],
)
def test_what_comes_again_is_told_from_the_deadline_beside_it(
    text: str, when: tuple[int | None, str]
) -> None:
    last = goals(text)[-1]

    assert (last.year, last.year_kind) == when


def test_each_number_of_a_clause_has_the_year_beside_it() -> None:
    found = goals("新建运动场850个，其中2025年完成300个、2026年完成300个、2027年完成250个。")

    assert [one.year for one in found] == [None, 2025, 2026, 2027]


def test_who_must_do_it_by_a_day_may_stand_before_what_is_to_be_done() -> None:
    text = "各单位要在每季度最后一个月20日前，将进展报县委。"

    assert [text[one.start : one.end] for one in goals(text)] == [text[:-1]]


def test_a_rule_holds_for_all_whom_its_condition_meets() -> None:
    text = "连续任职满2个任期的校长，原则上应进行交流。"

    found = {one.kind: one for one in read(text)}

    assert found[Kind.RULE].force == "in_principle"
    assert text[found[Kind.RULE].start : found[Kind.RULE].end] == text[:-1]
    assert [float(one) for one in found[Kind.CONDITION].value] == [2]


def test_items_that_name_their_things_first_are_parted_behind_each_number() -> None:
    text = "每年培养督导员50名、中级人才及管理人才100名。"

    assert [text[one.start : one.end] for one in goals(text)] == [
        "每年培养督导员50名、", "中级人才及管理人才100名",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "comparison"),
    [("每个奖励100万元。", "equal"), ("公用经费标准不低于每生每年600元。", "at_least"),
     ("每件奖励200元至2000元。", "range")],
)  # fmt: skip
def test_a_rate_is_just_what_it_says(text: str, comparison: str) -> None:
    assert [one.comparison for one in read(text)] == [comparison]


def test_years_and_numbers_named_respectively_belong_together() -> None:
    found = goals("2024年、2025年分别改造桥梁320座、280座。")

    assert [(one.year, int(one.value[0])) for one in found] == [(2024, 320), (2025, 280)]


def test_a_title_that_is_striven_for_by_a_year_has_that_year() -> None:
    [found] = goals("到2026年，力争创成全国学前教育普及普惠县。")

    assert (found.comparison, found.force, found.year) == ("title", "strive", 2026)


def test_what_is_reached_from_now_on_is_a_goal_again() -> None:
    text = "截至2021年底，已培育21.8万名，今后每年培育2万名以上。"

    assert [(text[one.start : one.end], one.year_kind) for one in goals(text)] == [
        ("今后每年培育2万名以上", "recurring")
    ]


def test_a_task_after_what_was_reached_is_a_goal() -> None:
    text = "截至2022年，入园率达到91%。要加大力度，入园率达到95%。"

    assert [text[one.start : one.end] for one in goals(text)] == ["入园率达到95%"]


def test_a_word_of_force_before_the_deadline_holds_for_what_it_heads() -> None:
    assert [one.force for one in goals("力争到2027年，占比达到65%。")] == ["strive"]


def test_a_satisfaction_of_so_many_points_is_a_goal() -> None:
    assert numbers("教育满意度力争达到92分。") == [(None, "at_least", 92, "分")]


def test_a_task_after_a_deadline_promises_nothing_of_its_own_and_a_result_does() -> None:
    text = "2024年6月底前制定方案，建立会商机制，保障机制更加完善。"

    assert [text[one.start : one.end] for one in goals(text)] == [
        "2024年6月底前制定方案", "保障机制更加完善",
    ]  # fmt: skip


def test_two_titles_of_one_clause_stand_apart() -> None:
    text = "到2027年，创建为国家优质均衡发展县和国家普及普惠县。"

    assert [text[one.start : one.end] for one in goals(text)] == [
        "到2027年，创建为国家优质均衡发展县和", "国家普及普惠县",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scope", "indicator"),
    [
        ("每名学生每年体检不少于1次。", "每名学生", None),
        ("每个乡镇至少办好1所公办园。", "每个乡镇", None),
        ("乡村教师补贴标准由300元提高到500元。", "乡村", "乡村教师补贴标准"),
        ("到2025年，幼儿园班额全部降至35人以下。", "", "幼儿园班额"),
        ("各学校普遍建立家长委员会。", "各学校", "建立家长委员会"),
        ("到2025年，教师占比达到90%，其中骨干教师占20%以上。", "", "教师占比"),
    ],
)
def test_of_whom_and_what_is_measured_is_told(text: str, scope: str, indicator: str | None) -> None:
    found = read(text)[0]

    assert (found.scope, indicator or found.indicator) == (scope, found.indicator)


def test_a_clause_with_a_number_alone_speaks_of_the_one_before_it() -> None:
    found = goals("提供送教上门服务，每月不少于4次。")

    assert [one.indicator for one in found] == ["提供送教上门服务"]


def test_the_year_of_a_list_of_goals_holds_for_its_next_sentence() -> None:
    text = "2025年，入园率达到95%。巩固率达到99%。"

    found, _left = targets.targets(text, 0, ISSUED, sets_goals=True)

    assert [one.year for one in found] == [2025, 2025]


def test_the_words_that_open_a_notice_promise_only_with_a_number_or_a_day_to_report() -> None:
    def opened(text: str) -> list[Target]:
        return targets.targets(text, 0, ISSUED, is_preface=True)[0]

    assert opened("到2025年，教育质量明显提升。") == []
    assert len(opened("到2025年，教育质量明显提升，入园率达到95%。")) == 2
    assert len(opened("各单位于4月10日前报送方案。")) == 1
