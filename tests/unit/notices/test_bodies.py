"""Who answers for a measure, in every usual way of saying it."""

from __future__ import annotations

import pytest

from gengdu.notices import answers, bodies
from gengdu.notices.bodies import Clause, Role
from gengdu.notices.names import Names


def parsed(text: str, *, is_sure: bool = False) -> Clause:
    found = bodies.parse(text, 0, Names(), is_sure=is_sure)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "units", "lead", "is_open"),
    [
        ("教育分局、党群工作部", "教育分局 党群工作部", "教育分局", False),
        ("教育分局（列第一位为牵头部门或单位，下同）、党群工作部",
         "教育分局 党群工作部", "教育分局", False),
        ("教育分局、经济发展局，崮山镇、泊于镇",
         "教育分局 经济发展局 崮山镇 泊于镇", "教育分局", False),
        ("责任单位：市教育局、各县（市、区）人民政府",
         "市教育局 各县（市、区）人民政府", "市教育局", True),
        ("市教育局，各市、县（区）人民政府", "市教育局 各市、县（区）人民政府", "市教育局", True),
        ("县教体局、各乡镇党委、政府", "县教体局 各乡镇党委、政府", "县教体局", True),
        ("民政部、税务总局、国务院国资委、共青团中央、全国妇联",
         "民政部 税务总局 国务院国资委 共青团中央 全国妇联", "民政部", False),
        ("责任单位：县教育局、县残联；责任人：张某某；完成时限：2025年12月", "县教育局 县残联",
         "县教育局", False),
        ("县教育局、县财政局等有关部门", "县教育局 县财政局", "县教育局", True),
        ("科技部、中国科协等部门和单位负责", "科技部 中国科协", "科技部", True),
        ("教育部、财政部等部门，各地人民政府", "教育部 财政部 各地人民政府", "教育部", True),
        ("县财政局配合，县教育局牵头", "县财政局 县教育局", "县教育局", False),
        ("县教育局会同县财政局、县人社局负责", "县教育局 县财政局 县人社局", "县教育局", False),
        ("县残联积极做好宣传，县教育局、县妇联按各自职责抓好落实", "县残联 县教育局 县妇联",
         "县残联", False),
        ("全国妇联、全国少工委等群团组织发挥作用", "全国妇联 全国少工委", "全国妇联", True),
        ("省教育厅、省林业局。以下均需各市人民政府落实，不再列出", "省教育厅 省林业局",
         "省教育厅", False),
        ("责任单位：县教育局。配合单位：县财政局", "县教育局 县财政局", "县教育局", False),
        ("县财政局、县教育局（牵头）、县人社局", "县财政局 县教育局 县人社局", "县教育局", False),
        ("责任站所：镇财政所、镇交管站；责任人：王某", "镇财政所 镇交管站", "镇财政所", False),
        ("各乡镇、县财政局", "各乡镇 县财政局", "各乡镇", True),
        ("各市、县教育局", "各市、县教育局", "各市、县教育局", True),
        ("区总工会、区老年体协、区商会", "区总工会 区老年体协 区商会", "区总工会", False),
        ("市委宣传部（文明办、新闻出版局）、市残联", "市委宣传部（文明办、新闻出版局） 市残联",
         "市委宣传部（文明办、新闻出版局）", False),
        ("省教育厅、各市县政府，列第一位者为牵头单位，下同", "省教育厅 各市县政府",
         "省教育厅", True),
        ("区教育局牵头，各街镇配合，2024年底前完成", "区教育局 各街镇", "区教育局", True),
        ("财政部、税务总局按职责分工负责，2023年底前出台办法", "财政部 税务总局", "财政部", False),
        ("教育部牵头，会同财政部、民政部等实施", "教育部 财政部 民政部", "教育部", True),
        ("此项工作由县教育局牵头负责", "县教育局", "县教育局", False),
        ("市教委、各高等院校积极配合", "市教委 各高等院校", "市教委", True),
    ],
)  # fmt: skip
def test_bodies_stand_in_order_with_the_lead(
    text: str, units: str, lead: str, is_open: bool
) -> None:
    found = parsed(text)

    assert [unit.name for unit in found.units] == units.split()
    assert found.lead == lead
    assert found.is_open == is_open


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("教育部牵头，财政部、民政部按职责分工负责",
         {"教育部": Role.LEAD, "财政部": Role.RESPONSIBLE, "民政部": Role.RESPONSIBLE}),
        ("牵头单位：县教育局；配合单位：县财政局、县人社局",
         {"县教育局": Role.LEAD, "县财政局": Role.COOPERATE, "县人社局": Role.COOPERATE}),
        ("市教育局、市财政局牵头，团市委参与",
         {"市教育局": Role.JOINT_LEAD, "市财政局": Role.JOINT_LEAD, "团市委": Role.PARTICIPATE}),
        ("县教育局、县财政局", {"县教育局": Role.LEAD, "县财政局": Role.COOPERATE}),
        ("责任部门：县教育局、县财政局；配合部门：县妇联",
         {"县教育局": Role.RESPONSIBLE, "县财政局": Role.RESPONSIBLE, "县妇联": Role.COOPERATE}),
    ],
)  # fmt: skip
def test_what_each_body_does_is_told(text: str, roles: dict[str, Role]) -> None:
    assert parsed(text).roles == roles


@pytest.mark.parametrize("text", ["含幼儿园，下同", "含副校长", "2022—2025年", "试行", "站"])
def test_other_words_in_brackets_are_no_bodies(text: str) -> None:
    assert bodies.parse(text, 0, Names()) is None


def test_brackets_name_bodies_only_where_a_sentence_ends() -> None:
    text = "依托文明实践所（站），推进县（市、区）建设。（县教育局）"

    [found] = answers.clauses(text, 100, Names())

    assert (found.raw, found.start) == ("县教育局", 100 + text.index("县教育局"))


def test_a_name_learned_in_one_list_is_known_alone_elsewhere() -> None:
    names = Names()
    assert not answers.clauses("办好活动。（县妇儿工）", 0, names)

    answers.clauses("办好活动。（县教育局、县财政局、县民政局、县妇儿工）", 0, names)

    assert [unit.name for one in answers.clauses("办好活动。（县妇儿工）", 0, names)
            for unit in one.units] == ["县妇儿工"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "units", "lead"),
    [
        ("方案由县教育局牵头拟订，县委编办、县财政局配合，报县政府审定。",
         "县教育局 县委编办 县财政局", "县教育局"),
        ("县委组织部会同县教育局负责校长选任。", "县委组织部 县教育局", "县委组织部"),
        ("结果由县教育督导室会同县教育局每年公布一次。", "县教育督导室 县教育局", "县教育督导室"),
        ("由县教育局、县大数据中心共同牵头，县电信公司提供技术支撑。",
         "县教育局 县大数据中心 县电信公司", "县教育局"),
        ("由县应急局牵头，会同县气象局、县水利局，完善会商机制。", "县应急局 县气象局 县水利局",
         "县应急局"),
        ("县教育局要会同县住建局、县应急局对校舍、围墙开展排查。", "县教育局 县住建局 县应急局",
         "县教育局"),
        ("由县残联牵头，县教育局，县财政局、县特殊教育指导中心配合。",
         "县残联 县教育局 县财政局 县特殊教育指导中心", "县残联"),
        ("教育部会同全国总工会等部门推动图书馆与学校结对。", "教育部 全国总工会", "教育部"),
        ("教育部牵头建立机制，国家发展改革委、财政部加大投入，地方完善办法。",
         "教育部 国家发展改革委 财政部", "教育部"),
        ("县教育局负责督导，县市场监管局及其派出机构依法查处。",
         "县教育局 县市场监管局及其派出机构", "县教育局"),
    ],
)  # fmt: skip
def test_sentences_name_bodies_and_what_they_do(text: str, units: str, lead: str) -> None:
    [found] = answers.in_sentences(text, 0, Names())

    assert [unit.name for unit in found.units] == units.split()
    assert found.lead == lead


def test_sentences_are_not_asked_where_brackets_answer() -> None:
    assert answers.clauses("由县教育局牵头，县财政局配合。", 0, Names()) == []


@pytest.mark.parametrize("text", ["各学校要落实值班制度。", "所需经费由同级财政统筹解决。"])
def test_an_appeal_to_all_names_nobody(text: str) -> None:
    assert list(answers.in_sentences(text, 0, Names())) == []


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("覆盖全部乡镇（街道）。（县教育局）", "县教育局"),
        ("建成15个（县卫健局牵头，县财政局配合），有序推进。", "县卫健局牵头，县财政局配合"),
        ("做好调度。（抄送：县委各部门，县法院）（县教育局）", "县教育局"),
        ("抓好落实。［县教育局、县残联］", "县教育局、县残联"),
        ("抓好落实。\n【责任单位】县教育局、县残联", "县教育局、县残联"),
        ("抓好落实。责任单位：县教育局、县残联。要加强督导，不得推诿。", "县教育局、县残联"),
        ("抓好落实。（牵头科室：德育科（关工委办公室）　责任科室：团委）",
         "德育科（关工委办公室）　责任科室：团委"),
    ],
)  # fmt: skip
def test_only_what_says_who_answers_is_a_clause(text: str, raw: str) -> None:
    assert [one.raw for one in answers.clauses(text, 0, Names())] == [raw]


def test_labelled_lines_in_a_row_are_one_clause() -> None:
    text = "做好评估。\n牵头单位：县教育局\n配合单位：县残联，各乡镇（街道）\n完成时限：年底"

    [found] = answers.clauses(text, 0, Names())

    assert [unit.name for unit in found.units] == ["县教育局", "县残联", "各乡镇（街道）"]
    assert found.roles["县残联"] == Role.COOPERATE
    assert found.raw.startswith("县教育局")
