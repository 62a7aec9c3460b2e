"""Tables that were copied as text become rows with tabs between their cells."""

from __future__ import annotations

import pytest

from gengdu.notices.cleaning import clean

ROWS = "序号\t任务\t责任单位\n1\t建设学校\t县教育局\n2\t改造厕所\t县卫健局"


@pytest.mark.parametrize(
    "raw",
    [
        "| 序号 | 任务 | 责任单位 |\n| --- | --- | --- |\n| 1 | 建设学校 | 县教育局 |\n"
        "| 2 | 改造厕所 | 县卫健局 |",
        "| 序号\n| 任务\n| 责任单位\n|\n| 1\n| 建设学校\n| 县教育局\n|\n| 2\n| 改造厕所\n"
        "| 县卫健局\n|",
        "序号\n任务\n责任单位\n1\n建设学校\n县教育局\n2\n改造厕所\n县卫健局\n三、要求",
        "序号\n\n任务\n\n责任单位\n\n1\n\n建设学校\n\n县教育局\n\n2\n\n改造厕所\n\n"
        "县卫健局\n\n三、要求",
    ],
)
def test_every_way_of_copying_gives_the_same_rows(raw: str) -> None:
    text = clean(raw).text.replace("\n\n", "\n")

    assert text.removesuffix("\n三、要求") == ROWS


def test_numbers_may_be_left_out_and_headings_may_stand_between_rows() -> None:
    raw = (
        "序号\n任务\n责任单位\n一、经济\n3\n建设学校\n县教育局\n二、乡村\n三、民生\n68\n改造厕所\n县卫健局\n"
        "抓好落实。"
    )

    assert clean(raw).text.split("\n") == [
        "序号\t任务\t责任单位", "一、经济", "3\t建设学校\t县教育局", "二、乡村", "三、民生",
        "68\t改造厕所\t县卫健局", "抓好落实。",
    ]  # fmt: skip


def test_a_cell_without_words_stays_empty() -> None:
    raw = "| 序号\n| 任务\n| 责任单位\n|\n| 1\n| 建设学校\n|\n|\n| 2\n| 改造厕所\n| 县卫健局\n|"

    assert clean(raw).text.split("\n")[1:] == ["1\t建设学校", "2\t改造厕所\t县卫健局"]


@pytest.mark.parametrize(
    "raw",
    [
        "序号\n任务\n责任单位\n一、总则\n1\n2",
        "序号\n任务\n责任单位\n1\n建设学校\n县教育局\n2\n改造厕所",
        "序号\n任务\n责任单位\n2\n建设学校\n县教育局\n1\n改造厕所\n县卫健局",
        "甲|乙\n丙|丁",
    ],
)
def test_what_is_no_whole_table_stays_as_it_is(raw: str) -> None:
    assert "\t" not in clean(raw).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("抓好。（责任科室：督导室 信访科）", "抓好。（责任科室：督导室　信访科）"),
        ("抓好。（教育局 财政局 人社局）", "抓好。（教育局　财政局　人社局）"),
        ("抓好。（教育 文体局、公安 分局）", "抓好。（教育文体局、公安分局）"),
        (
            "抓好。（牵头科室：德育科  责任科室：团委）",
            "抓好。（牵头科室：德育科　责任科室：团委）",
        ),
    ],
)
def test_a_space_between_two_bodies_parts_them(raw: str, text: str) -> None:
    assert clean(raw).text == text
