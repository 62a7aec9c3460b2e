"""A small package: two numbers, three records, and one notice that all of them show."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from gengdu.documents.package.parts import Entry, Package, PackagedFile, Section, Step

CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 9, 1, 8, 30, tzinfo=CHINA)


def a_file(
    name: str, content: bytes, media_type: str = "image/jpeg", pages: int | None = None
) -> PackagedFile:
    digest = hashlib.sha256(content).hexdigest()
    return PackagedFile(name, media_type, len(content), digest, lambda: io.BytesIO(content), pages)


NOTICE = a_file("关于公布名单的通知.pdf", b"%PDF notice", "application/pdf", pages=4)
CERTIFICATE = a_file("证书.jpg", b"certificate" * 1000)
TABLE = a_file("名单.csv", b"\xe4\xb8\x80,1\n" * 1000, "text/csv")


def an_entry(number: str, name: str, *files: PackagedFile) -> Entry:
    return Entry(
        number, name,
        facts=[("学校", "示例小学"), ("级别", "区级")],
        trail=[Step(AT, "李校长", "提交"), Step(AT, "王科长", "审核通过", "材料齐全")],
        files=files,
    )  # fmt: skip


GREEN = Section(
    "2-1", "绿色校园", "“四个校园创建覆盖全部乡村学校。”",
    [an_entry("001", "示例小学 绿色校园 区级", CERTIFICATE, NOTICE),
     an_entry("002", "崮山小学 绿色校园 区级", TABLE, NOTICE)],
)  # fmt: skip
READING = Section("2-2", "书香校园", entries=[an_entry("001", "示例小学 书香校园 市级", NOTICE)])
EMPTY = Section("3-1", "家庭教育指导站")


def a_package(*sections: Section) -> Package:
    held = sections or (GREEN, READING, EMPTY)
    return Package("2026年中期评估", "教育分局", "王科长", AT, date(2026, 8, 31), held)


def of(*files: PackagedFile) -> Package:
    """Return a package of one record with these files."""
    return a_package(replace(GREEN, entries=[an_entry("001", "示例小学", *files)]))
