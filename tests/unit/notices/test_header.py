"""The head of a notice in the forms in which it is printed."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.notices import header, outline
from gengdu.notices.header import Header


def head_of(text: str) -> Header:
    return header.header(outline.lines(text), None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲市人民政府办公室关于印发\n甲市道路提升方案\n（2025—2027年）的通知\n甲政办〔2025〕1号",
         "甲市人民政府办公室关于印发甲市道路提升方案（2025—2027年）的通知"),
        ("甲市人民政府关于印发《甲市数字计划\n（2024—2026年）》的通知\n各县区：",
         "甲市人民政府关于印发《甲市数字计划（2024—2026年）》的通知"),
        ("甲县学分管理办法（试行）\n（甲教规〔2022〕4号）\n第一条 为了规范。",
         "甲县学分管理办法（试行）"),
        ("紧急通知\n各乡镇人民政府：", "紧急通知"),
        ("甲县人民政府常务会议纪要\n〔2025〕第9次", "甲县人民政府常务会议纪要"),
        ("甲县校园安全行动方案\n（2025—2027年）\n为落实要求，制定本方案。",
         "甲县校园安全行动方案（2025—2027年）"),
    ],
)  # fmt: skip
def test_a_title_is_read_over_its_lines(text: str, title: str) -> None:
    assert head_of(text).title == title


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("中共甲市委办公室 甲市人民政府办公室\n印发《关于养老的方案》的通知\n各区县：",
         "中共甲市委办公室、甲市人民政府办公室"),
        ("关于加强卫生工作的意见\n各县：\n甲州卫生健康委员会\n甲州财政局\n2023年11月20日",
         "甲州卫生健康委员会、甲州财政局"),
        ("云台区关于加快教育发展的意见\n各镇：\n云台区人民政府\n2022年9月20日", "云台区人民政府"),
        ("甲县学分管理办法\n甲县教育局　甲县财政局\n2022年9月30日印发", "甲县教育局、甲县财政局"),
        ("甲区会议纪要\n甲区教育工作领导小组秘书组　2024年6月12日", "甲区教育工作领导小组秘书组"),
        ("甲县人民政府常务会议纪要\n甲县人民政府办公室　2025年7月16日", "甲县人民政府办公室"),
    ],
)  # fmt: skip
def test_the_issuer_is_told_by_the_title_or_the_signature(text: str, issuer: str) -> None:
    assert head_of(text).issuer == issuer


def test_a_number_that_a_sentence_cites_is_of_another_notice() -> None:
    found = head_of(
        "甲市教育实施意见\n根据《关于实施乡村振兴战略的意见》（中发〔2018〕1号），提出意见。"
    )

    assert found.doc_no == ""


def test_an_order_has_its_number_and_its_day_below_the_title() -> None:
    found = head_of(
        "甲省校车管理办法\n（2025年4月2日甲省人民政府令第301号公布，自2025年6月1日起施行）\n"
        "第一条 为了安全。"
    )

    assert (found.doc_no, found.issued) == ("甲省人民政府令第301号", date(2025, 4, 2))


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("甲省人民政府决定\n2004年12月16日 甲政[2004]22号\n各市：", "甲政[2004]22号", "2004-12-16"),
        ("甲市人民政府意见\n•【公布日期】2005.02.01\n•【字号】甲政函[2005]39号\n各区：",
         "甲政函[2005]39号", "2005-02-01"),
        ("日照市人民政府意见\n日政发〔2023〕1号\n2023年1月5日", "日政发〔2023〕1号", "2023-01-05"),
    ],
)  # fmt: skip
def test_number_and_day_are_told_apart_on_one_line(text: str, number: str, day: str) -> None:
    found = head_of(text)

    assert (found.doc_no, str(found.issued)) == (number, day)
