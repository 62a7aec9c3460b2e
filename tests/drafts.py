"""A short notice with a draft of it, for the tests of drafts."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from gengdu.access.models import Account
from gengdu.drafts.models import Draft
from gengdu.notices import adopting, reading

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = """海湾区人民政府办公室关于印发乡村教育提升工作方案的通知
海政办发[2025]7号
二、重点任务
1.建设绿色校园。开展绿色校园创建行动。到2027年，实现乡村绿色校园全覆盖。（责任单位：区教育局、区财政局）
2.选优配强校长。到2026年，45周岁以下乡村学校校长达到50%以上。（责任单位：区教育局、区委组织部等有关部门）
3.关爱学生。加强家校协同，各学校普遍建立家长委员会。（责任单位：区教育局）
海湾区人民政府办公室
2025年3月1日
"""


def data() -> dict[str, Any]:
    """Return the reading of the notice as a draft has it."""
    made: dict[str, Any] = adopting.draft(reading.read(TEXT))
    made.pop("text")
    return made


def draft(account: Account) -> Draft:
    """Keep the notice as a draft that somebody uploaded."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return Draft.objects.create(
        file_name="通知.txt", digest=digest, size=len(TEXT.encode()), text=TEXT, reading=data(),
        account=account, uploaded_at=AT,
    )  # fmt: skip


def target(held: Draft, words: str) -> str:
    """Return the id of the target whose text has some words."""
    found = [one["id"] for one in held.reading["targets"] if words in one["text"]]
    assert len(found) == 1, found
    return str(found[0])


def measure(held: Draft, number: int) -> str:
    """Return the id of a measure by its number."""
    return str(next(one["id"] for one in held.reading["measures"] if one["no"] == number))
