"""A notice loses what conversion left in it, and every character still knows where it stood."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengdu.notices.cleaning import clean
from gengdu.policy import notice
from tests.notices import labels

NOTICE = Path(notice.HERE / "notice.txt").read_text(encoding="utf-8")


def cleaned(raw: str) -> str:
    return clean(raw).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeff关于\u200b印发\u00ad通知", "关于印发通知"),
        ("[bookmark: OLE_LINK1]19.加强研究", "19.加强研究"),
        ("强化[Bookmark: _GoBack]评价&nbsp;&#12288;机制", "强化评价机制"),
        ("到 ２０２５ 年，达到 ９５．５ ％ 以上", "到2025年，达到95.5%以上"),
        ("（教育分局、  经济发展局，　崮山镇）", "（教育分局、经济发展局，崮山镇）"),
        ("ＡＢＣ与ｘｙｚ", "ABC与xyz"),
        ("建设  Smart   Campus 平台", "建设Smart Campus平台"),
        ("责任单位:教育局,财政局;镇街(园区)", "责任单位：教育局，财政局；镇街（园区）"),
        (
            "(1)规划(2021-2025年),比例 1:19,共1,200人",
            "（1）规划（2021-2025年），比例1:19，共1,200人",
        ),
        ("〔教育局〕【财政局】“四个校园”", "〔教育局〕【财政局】“四个校园”"),
        ("2019—2030年，3~5所，3～5人", "2019—2030年，3~5所，3～5人"),
        ("⼀、⼯作⽬标", "一、工作目标"),
        ("第一行。\r\n第二行。\r第三行。", "第一行。\n第二行。\n第三行。"),
        ("甲。\n\n\n\n乙。\n", "甲。\n\n乙。"),
        ("", ""),
        (" \n\u3000\n", ""),
    ],
)
def test_each_artefact_goes_and_nothing_else(raw: str, text: str) -> None:
    assert cleaned(raw) == text


@pytest.mark.parametrize(
    "number", ["— 3 —", "-3-", "– 12 –", "—3—", "第 3 页", "第3页 共10页", "－ 4 －"]
)
def test_a_page_number_goes_and_the_sentence_around_it_runs_on(number: str) -> None:
    raw = f"实施强校扩优行动，坚持市域\n\n{number}\n\n指导、以区市为主。"

    assert cleaned(raw) == "实施强校扩优行动，坚持市域指导、以区市为主。"


@pytest.mark.parametrize("line", ["3所", "第3条", "共3页", "2023—2025"])
def test_a_line_that_only_resembles_a_page_number_stays(line: str) -> None:
    assert line in cleaned(f"甲。\n{line}\n乙。")


class TestSpacesBehindAHeading:
    def test_a_wide_space_between_heading_and_text_stays_as_one(self) -> None:
        raw = "（一）优化学校布局　　到2025年，新建学校3所。"

        assert cleaned(raw) == "（一）优化学校布局　到2025年，新建学校3所。"

    def test_so_does_a_double_space(self) -> None:
        assert (
            cleaned("1. 优化布局  各镇要按照规划，用好校舍。")
            == "1.优化布局　各镇要按照规划，用好校舍。"
        )

    def test_a_wide_space_behind_the_number_of_an_article_stays(self) -> None:
        assert cleaned("第一条  为规范管理，制定本办法。") == "第一条　为规范管理，制定本办法。"

    @pytest.mark.parametrize("raw", ["一、　工作目标", "一、\t工作目标", "一、 工作目标"])
    def test_the_mark_behind_a_number_parts_enough(self, raw: str) -> None:
        assert cleaned(raw) == "一、工作目标"

    def test_a_stray_space_inside_a_heading_goes(self) -> None:
        raw = "5.构建城乡  协作共同体。实施强校扩优行动，坚持市域指导。"

        assert cleaned(raw).startswith("5.构建城乡协作共同体。")

    def test_two_bodies_that_sign_on_one_line_stay_two(self) -> None:
        assert cleaned("示例县教育局      示例县财政局") == "示例县教育局　示例县财政局"

    def test_a_spaced_out_word_is_one_word(self) -> None:
        assert cleaned("通　　知\n目　录") == "通知\n目录"


class TestBrokenLines:
    def test_a_break_inside_a_sentence_goes(self) -> None:
        raw = "    5.构建共同体。实施强校扩优行动，坚持市域\n指导、以区市为主。"

        assert cleaned(raw) == "5.构建共同体。实施强校扩优行动，坚持市域指导、以区市为主。"

    def test_a_break_inside_a_number_leaves_one_number(self) -> None:
        assert cleaned("到2025年，入园率达到9\n5%以上。") == "到2025年，入园率达到95%以上。"

    def test_latin_words_keep_a_space_where_the_line_broke(self) -> None:
        assert cleaned("推广应用，建设 Smart\nCampus 平台。") == "推广应用，建设Smart Campus平台。"

    def test_a_title_keeps_its_lines(self) -> None:
        raw = "威海经济技术开发区\n建设乡村教育振兴先行区专项工作方案"

        assert cleaned(raw) == raw

    @pytest.mark.parametrize(
        "raw",
        [
            "一、提高站位，加强领导\n各镇要高度重视。",
            "一、工作目标\n到2025年，建成一所。",
            "加快建设，\n\n到2025年建成。",
            "各项任务，按时完成\n（二）优化布局\n甲。",
            "责任单位：教育局、财政局\n各镇要抓好落实。",
            "各地要结合实际，认真落实\n附件：任务分工表",
            "以上请认真贯彻，抓好落实\n二〇二三年六月三十日",
            "任务\t责任单位\n建设学校，配齐教师\t教育局",
            "加快建设，扩大学位\n    各镇要压实责任。",
        ],
    )
    def test_a_break_that_the_writer_made_stays(self, raw: str) -> None:
        assert cleaned(raw).count("\n") == raw.count("\n")

    def test_who_signs_does_not_run_on_from_the_last_list(self) -> None:
        raw = "抓好排查，整改到位。责任：安全科、公安分局\n甲区教育局\n甲区财政局\n2026年1月15日"

        assert cleaned(raw).split("\n")[1:] == ["甲区教育局", "甲区财政局", "2026年1月15日"]

    def test_what_a_page_says_of_a_notice_does_not_run_into_its_title(self) -> None:
        raw = "索引号：00301　　发布机构：甲省教育厅\n甲省教育厅关于监管的措施\n甲教发〔2023〕1号"

        assert cleaned(raw).split("\n")[1] == "甲省教育厅关于监管的措施"

    def test_a_list_that_a_line_end_cuts_runs_on(self) -> None:
        assert cleaned("责任单位：教育局、\n财政局") == "责任单位：教育局、财政局"

    def test_lines_cut_at_one_width_are_one_paragraph_again(self) -> None:
        sentences = "推进乡村建设行动，确保质量（含幼儿园）不降低，" * 20 + "建成。"
        wrapped = "\n".join(sentences[at : at + 28] for at in range(0, len(sentences), 28))

        assert cleaned("　　" + wrapped) == sentences

    def test_a_full_line_runs_on_even_behind_a_bracket_or_before_any_comma(self) -> None:
        text = cleaned(labels.load("wrapped_page").text)

        assert "构建优质均衡的基本公共教育服务体系" in text
        assert "（含政府购买学位）比例不低于95%" in text
        assert "样政发（2023）8号" in text

    def test_a_page_margin_is_no_indent(self) -> None:
        assert cleaned("    加快建设，扩大\n    学位供给。") == "加快建设，扩大学位供给。"


def test_the_cells_of_a_table_stay_apart() -> None:
    table = "序号\t任务\t责任单位\n1.\t建设学校\t教育局、财政局"

    assert cleaned(table) == table


def test_our_own_notice_comes_out_clean() -> None:
    text = cleaned(NOTICE)

    assert text.startswith(
        "关于印发威海经济技术开发区建设乡村教育\n振兴先行区专项工作方案的通知\n经技区党政办发〔2023〕23号"
    )
    assert "坚持市域指导、以区市为主" in text
    assert "\n19.加强乡村教育振兴研究。" in text
    assert notice.plain(text).replace("，", ",") == notice.plain(NOTICE).replace("，", ",")


def test_a_clean_text_passes_unchanged_and_stands_where_it_stood() -> None:
    once = clean(NOTICE)
    twice = clean(once.text)

    assert twice.text == once.text
    assert list(twice.places) == list(range(len(once.text)))


PIECES = st.sampled_from(
    ["到2025年", "，", "。", "、", "：", "（教育局）", "(财政局)", "一、", "（二）", "1.", "第一条",
     "\n", "\n\n", " ", "　", "\t", "\u200b", "[bookmark: a]", "９５％", "-3-", "Smart", "乡村学校",
     "责任单位", "\r\n", ",", ";", "\ufeff", "𠀀"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@settings(max_examples=400, deadline=None)
@given(raw=TEXTS)
def test_every_character_stands_for_the_one_at_its_place(raw: str) -> None:
    result = clean(raw)

    assert len(result.places) == len(result.text)
    assert list(result.places) == sorted(set(result.places))
    for character, place in zip(result.text, result.places, strict=True):
        if "一" <= character <= "鿿":
            assert raw[place] == character or ord(raw[place]) not in range(0x4E00, 0xA000)
        elif character.isascii() and character.isdigit():
            assert int(raw[place]) == int(character)


@settings(max_examples=300, deadline=None)
@given(raw=TEXTS)
def test_nothing_but_space_and_artefacts_is_lost(raw: str) -> None:
    raw = "".join(c for c in raw if unicodedata.normalize("NFKC", c) == c or c.isascii())
    kept = [c for c in raw if "一" <= c <= "鿿"]

    result = clean(raw.replace("第", "").replace("页", "")).text

    assert [c for c in result if "一" <= c <= "鿿"] == [c for c in kept if c not in "第页"]


def test_a_span_leads_back_to_the_words_of_the_raw_text() -> None:
    raw = "\ufeff（教育局、  财政局）到 ２０２５ 年"
    result = clean(raw)
    start = result.text.index("财政局")

    assert raw[slice(*result.span(start, start + 3))] == "财政局"
    assert raw[slice(*result.span(start + 4, len(result.text)))] == "到 ２０２５ 年"
    assert result.span(0, 0) == (1, 1)
    assert clean("").span(0, 0) == (0, 0)


@pytest.mark.parametrize("name", labels.names())
def test_every_notice_is_clean_after_once(name: str) -> None:
    once = clean(labels.load(name).text).text

    assert clean(once).text == once
