"""A paper with every kind of block, and the moment at which it is made."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gengdu.documents.blocks import (
    Block,
    Column,
    Comparison,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Signature,
    SignaturePlaces,
    Table,
)

AT = datetime(2026, 7, 5, 8, 30, tzinfo=UTC)
SUMMER = date(2026, 7, 5)
COLUMNS = [Column("指标", 3), Column("现值", 1, "right")]


def every_block(text: str = "乡村学校共12所。") -> list[Block]:
    return [
        Heading(1, "一、工作进展"),
        Paragraph(text),
        Table(COLUMNS, [["千兆进校", "100%"], [text, "58.3%"]], title="表1", note="单位：%"),
        KeyValues([("学校", "示例小学"), ("级别", text), ("地址", "崮山镇")], across=2),
        Comparison("第一条 " + text, "第二条 " + text, "2025年版", "2026年版"),
        Signature("教育分局", SUMMER),
        Signature("崮山镇中心校", SUMMER, sealed=False),
        PageBreak(),
        SignaturePlaces(["负责人（签字）", "单位（盖章）"]),
    ]


def paper(*blocks: Block, title: str = "上半年工作报告", **more: object) -> Document:
    given = {"unit": "教育分局", "on": SUMMER, "subtitle": "（征求意见稿）", "note": "内部资料"}
    return Document(title, list(blocks), **(given | more))  # type: ignore[arg-type]
