"""Numbered headings in every usual style."""

from __future__ import annotations

import pytest

from gengdu.notices import outline
from gengdu.notices.outline import Node


def tree(text: str) -> list[object]:
    def of(node: Node) -> object:
        below = [of(child) for child in node.children]
        return [node.title, *below] if below else node.title

    return [of(root) for root in outline.outline(outline.lines(text))]


def test_styles_stand_below_each_other_as_the_document_has_them() -> None:
    text = (
        "一、目标\n到2025年。\n二、任务\n（一）立德\n1.甲。做。\n2.乙。做。\n"
        "（二）助学\n3.丙。做。\n三、保障\n4.丁。做。"
    )

    assert tree(text) == ["目标", ["任务", ["立德", "甲", "乙"], ["助学", "丙"]], ["保障", "丁"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [("第一条 ", "第二条 "), ("第一章 ", "第二章 "), ("（一）", "（二）"), ("1.", "2."),
     ("1、", "2、"), ("（1）", "（2）"), ("①", "②"), ("一是", "二是"), ("任务一：", "任务二：")],
)  # fmt: skip
def test_every_style_is_known(first: str, second: str) -> None:
    assert tree(f"{first}甲。做。\n{second}乙。做。") == ["甲", "乙"]


@pytest.mark.parametrize(
    "text", ["1.5万人参加", "2025年，全部达标", "3.只有第三条", "二十、从二十开始"]
)
def test_a_number_that_does_not_begin_a_list_is_text(text: str) -> None:
    assert tree(f"说明。\n{text}") == []


def test_numbers_may_begin_anew_below_each_heading() -> None:
    text = "（一）甲\n1.子。\n2.丑。\n（二）乙\n1.寅。\n2.卯。"

    assert tree(text) == [["甲", "子", "丑"], ["乙", "寅", "卯"]]


def test_a_heading_in_the_middle_of_a_line_is_found_after_a_full_stop() -> None:
    assert tree("（一）甲。做甲事。（二）乙。做乙事。") == ["甲", "乙"]


def test_a_table_of_contents_is_passed_over() -> None:
    text = "一、目标……………3\n二、任务……………5\n一、目标\n甲。\n二、任务\n乙。"

    assert tree(text) == ["目标", "任务"]


def test_a_heading_ends_where_the_next_of_its_level_begins() -> None:
    text = "一、甲\n做。\n二、乙\n做。"

    first, second = outline.outline(outline.lines(text))

    assert text[first.start : first.end] == "一、甲\n做。\n"
    assert second.end == len(text)


def test_a_heading_that_lost_its_line_break_is_found_below_the_one_before_it() -> None:
    text = "一、明确目标1、发展目标。\n达到。\n2、发展方式。\n做。\n二、改革体制3、理顺体制。\n做。"

    assert tree(text) == [["明确目标", "发展目标", "发展方式"], ["改革体制", "理顺体制"]]


def test_numbers_inside_a_sentence_begin_no_heading() -> None:
    assert tree("一、甲\n配备教师1、管理员2、保安员3。\n二、乙\n做。") == ["甲", "乙"]
