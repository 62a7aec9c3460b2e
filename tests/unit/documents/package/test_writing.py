"""A package is whole, can be found through and checked, or is not there at all."""

from __future__ import annotations

import hashlib
import io
import re
import resource
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest

from gengdu.documents.fonts import Fonts, NoChineseFont, load_fonts
from gengdu.documents.package import pages
from gengdu.documents.package.layout import lay_out
from gengdu.documents.package.parts import Package, PackagedFile, Section
from gengdu.documents.package.writing import FileUnusable, Written, write_package
from tests.unit.documents.package.evidence import (
    AT,
    CERTIFICATE,
    EMPTY,
    GREEN,
    NOTICE,
    a_file,
    a_package,
    an_entry,
    of,
)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    try:
        return load_fonts()
    except NoChineseFont:
        pytest.skip("needs fonts-noto-cjk")


@pytest.fixture
def written(tmp_path: Path, fonts: Fonts) -> Iterator[zipfile.ZipFile]:
    write_package(tmp_path / "a.zip", a_package(), fonts=fonts)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        yield packed


def text_of(packed: zipfile.ZipFile, path: str) -> str:
    opened = pypdfium2.PdfDocument(packed.read(path))
    text = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return re.sub(r"\s", "", text)


def test_every_file_lies_in_the_folder_of_its_number_and_record(written: zipfile.ZipFile) -> None:
    assert written.namelist() == [
        "00 封面.pdf",
        "01 目录.pdf",
        "01 目录.xlsx",
        "2-1 绿色校园/001 示例小学 绿色校园 区级/00 记录.pdf",
        "2-1 绿色校园/001 示例小学 绿色校园 区级/01 证书.jpg",
        "2-1 绿色校园/001 示例小学 绿色校园 区级/02 关于公布名单的通知.pdf",
        "2-1 绿色校园/002 崮山小学 绿色校园 区级/00 记录.pdf",
        "2-1 绿色校园/002 崮山小学 绿色校园 区级/01 名单.csv",
        "2-2 书香校园/001 示例小学 书香校园 市级/00 记录.pdf",
        "2-2 书香校园/001 示例小学 书香校园 市级/01 关于公布名单的通知.pdf",
        "校验.txt",
    ]
    assert written.testzip() is None


def test_a_file_of_several_records_lies_once_under_each_number(
    tmp_path: Path, fonts: Fonts
) -> None:
    result = write_package(tmp_path / "a.zip", a_package(), fonts=fonts)

    assert result == Written(3, 4, (tmp_path / "a.zip").stat().st_size)


def test_the_record_that_shares_a_file_says_where_it_lies(written: zipfile.ZipFile) -> None:
    for path in ("01 目录.pdf", "2-1 绿色校园/002 崮山小学 绿色校园 区级/00 记录.pdf"):
        assert "关于公布名单的通知.pdf（共用，见001号记录）" in text_of(written, path)


def test_the_cover_says_what_whose_of_when_and_how_much(written: zipfile.ZipFile) -> None:
    text = text_of(written, "00 封面.pdf")

    for expected in ["2026年中期评估", "教育分局", "2026年8月31日", "王科长", "2026-09-0108:30",
                     "记录3条", "4个", "2-1绿色校园2317.0KB"]:  # fmt: skip
        assert expected in text


def test_the_printed_index_leads_from_number_to_record_to_file(written: zipfile.ZipFile) -> None:
    text = text_of(written, "01 目录.pdf")

    expected = f"001示例小学绿色校园区级01证书.jpg11.0KB{CERTIFICATE.digest[:12]}"
    assert "2-1绿色校园“四个校园创建覆盖全部乡村学校。”" in text
    assert expected in text
    assert f"02关于公布名单的通知.pdf411B{NOTICE.digest[:12]}" in text
    assert "3-1家庭教育指导站" in text
    assert "没有选入记录" in text


def test_the_page_of_a_record_has_its_facts_its_trail_and_its_files(
    written: zipfile.ZipFile,
) -> None:
    text = text_of(written, "2-1 绿色校园/001 示例小学 绿色校园 区级/00 记录.pdf")

    for expected in ["第001号记录", "“四个校园创建", "级别区级", "李校长提交",
                     "2026-09-0108:30王科长审核通过材料齐全", "101证书.jpg"]:  # fmt: skip
        assert expected in text


def test_every_link_of_the_index_opens_a_file_of_the_package(written: zipfile.ZipFile) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written.read("01 目录.xlsx")))["目录"]

    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    linked = [unquote(cell.hyperlink.target).replace("\\", "/") for cell in cells]
    assert len(linked) == 8
    assert set(linked) == {name for name in written.namelist() if "/" in name}


def test_a_shared_file_is_linked_to_from_both_records(written: zipfile.ZipFile) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written.read("01 目录.xlsx")))["目录"]

    rows = [row for row in sheet.iter_rows(min_row=2) if row[4].value == NOTICE.name]
    assert [row[7].value for row in rows] == [None, "共用，放在 001 号记录下", None]
    assert rows[0][4].hyperlink.target == rows[1][4].hyperlink.target
    assert {row[8].value for row in rows} == {NOTICE.digest}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_finds_every_file_unchanged(written: zipfile.ZipFile, tmp_path: Path) -> None:
    written.extractall(tmp_path / "out")

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "校验.txt"],
        cwd=tmp_path / "out", capture_output=True, check=False,
    )  # fmt: skip

    listed = (tmp_path / "out/校验.txt").read_text().splitlines()
    assert (done.returncode, len(listed)) == (0, len(written.namelist()) - 1)


def test_what_is_packed_already_is_stored_and_names_say_they_are_unicode(
    written: zipfile.ZipFile,
) -> None:
    by_end = {info.filename[-8:]: info for info in written.infolist()}

    assert by_end["1 证书.jpg"].compress_type == zipfile.ZIP_STORED
    assert by_end["1 名单.csv"].compress_type == zipfile.ZIP_DEFLATED
    assert all(info.flag_bits & 0x800 for info in written.infolist())
    assert {info.date_time for info in written.infolist()} == {(2026, 9, 1, 8, 30, 0)}


def test_equal_content_makes_an_equal_package(tmp_path: Path, fonts: Fonts) -> None:
    for name in ("a.zip", "b.zip"):
        write_package(tmp_path / name, a_package(), fonts=fonts)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_progress_comes_to_all_of_it(tmp_path: Path, fonts: Fonts) -> None:
    told: list[tuple[int, int]] = []

    write_package(
        tmp_path / "a.zip", a_package(), fonts=fonts, progress=lambda *now: told.append(now)
    )

    done = [so_far for so_far, _total in told]
    assert done == sorted(done)
    assert done[-1] == told[-1][1]
    assert len({total for _done, total in told}) == 1


def failing(error: Exception) -> PackagedFile:
    def fail() -> BinaryIO:
        raise error

    return replace(NOTICE, name="丢失.pdf", digest="0" * 64, open=fail)


class BreaksOff(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError("连接中断")
        return super().read(3)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (failing(FileNotFoundError("没有这个文件")), "丢失.pdf”读不出来（没有这个文件）"),
        (failing(LookupError("存储拒绝访问")), "读不出来（存储拒绝访问）"),
        (replace(CERTIFICATE, open=lambda: BreaksOff(b"certificate")), "读不出来（连接中断）"),
        (replace(CERTIFICATE, open=lambda: io.BytesIO(b"other" * 2200)), "与登记时的内容不同"),
        (replace(CERTIFICATE, open=lambda: io.BytesIO(b"short")), "与登记时的内容不同"),
        (replace(CERTIFICATE, open=lambda: io.BytesIO(b"c" * 99_999)), "与登记时的内容不同"),
    ],
    ids=["missing", "refused", "broken off", "changed", "cut", "grown"],
)
def test_a_file_that_is_not_what_was_recorded_leaves_no_package(
    tmp_path: Path, fonts: Fonts, file: PackagedFile, reason: str
) -> None:
    with pytest.raises(FileUnusable, match=re.escape(reason)) as raised:
        write_package(tmp_path / "a.zip", of(NOTICE, file), fonts=fonts)

    assert "“2-1 绿色校园”下“001 示例小学”" in str(raised.value)
    assert "重新" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_failed_leaves_the_earlier_one(tmp_path: Path, fonts: Fonts) -> None:
    (tmp_path / "a.zip").write_bytes(b"earlier")

    with pytest.raises(FileUnusable):
        write_package(tmp_path / "a.zip", of(failing(OSError("坏道"))), fonts=fonts)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"earlier"]


def test_who_stops_it_leaves_nothing(tmp_path: Path, fonts: Fonts) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_package(tmp_path / "a.zip", a_package(), fonts=fonts, progress=stop)

    assert list(tmp_path.iterdir()) == []


class Zeros(io.RawIOBase):
    """Many bytes that are nowhere held."""

    def __init__(self, count: int) -> None:
        self.left = count

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self.left)
        self.left -= taken
        return b"\0" * taken


def test_a_large_file_passes_through_without_being_held(tmp_path: Path, fonts: Fonts) -> None:
    size = 200 * 2**20
    digest = hashlib.sha256()
    for _block in range(200):
        digest.update(bytes(2**20))
    video = PackagedFile("录像.mp4", "video/mp4", size, digest.hexdigest(),
                         lambda: Zeros(size))  # type: ignore[arg-type, return-value]  # fmt: skip
    write_package(tmp_path / "a.zip", of(CERTIFICATE), fonts=fonts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    write_package(tmp_path / "a.zip", of(video), fonts=fonts)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (tmp_path / "a.zip").stat().st_size > size
    assert grown < 60 * 1024


def test_a_file_beyond_the_old_limit_of_zips_is_written(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 400_000)  # in the place of two gigabytes
    content = bytes(900_000)

    write_package(tmp_path / "a.zip", of(a_file("录像.mp4", content, "video/mp4")), fonts=fonts)

    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.read("2-1 绿色校园/001 示例小学/01 录像.mp4") == content


def paths(package: Package) -> list[str]:
    return [placed.path for section in lay_out(package) for placed in section.own_files]


def test_files_of_one_name_are_told_apart() -> None:
    first, second = a_file("证书.jpg", b"1"), a_file("证书.jpg", b"2")

    assert [path.rpartition("/")[2] for path in paths(of(first, second))] == [
        "01 证书.jpg", "02 证书.jpg",
    ]  # fmt: skip


def test_records_and_numbers_of_one_name_are_told_apart() -> None:
    twice = replace(GREEN, entries=[an_entry("001", "甲", a_file("a", b"1")),
                                    an_entry("001", "甲", a_file("a", b"2"))])  # fmt: skip

    found = [path.split("/")[:2] for path in paths(a_package(twice, twice))]

    assert found == [
        ["2-1 绿色校园", "001 甲"], ["2-1 绿色校园", "001 甲（2）"],
        ["2-1 绿色校园（2）", "001 甲"], ["2-1 绿色校园（2）", "001 甲（2）"],
    ]  # fmt: skip


def test_no_path_is_too_long_or_leaves_the_package() -> None:
    endless = "../" * 50 + "很长的名字" * 50
    package = a_package(
        Section("../../1", endless, entries=[an_entry("..", endless, a_file(endless, b"1"))])
    )

    for path in paths(package):
        assert len(path.encode()) <= 200
        assert path.count("/") == 2
        assert ".." not in path.split("/")


def test_a_long_index_is_printed_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LINES", 3)
    package = a_package(GREEN, GREEN, EMPTY)

    names = [name for name, _document in pages.index(package, lay_out(package))]

    assert names == ["01 目录（1）.pdf", "01 目录（2）.pdf", "01 目录（3）.pdf", "01 目录（4）.pdf"]


@pytest.mark.parametrize(("size", "digest"), [(-1, "0" * 64), (1, "0" * 63), (1, "A" * 64)])
def test_a_file_needs_its_size_and_its_digest(size: int, digest: str) -> None:
    with pytest.raises(ValueError, match="expected a SHA-256"):
        PackagedFile("证书.jpg", "image/jpeg", size, digest, io.BytesIO)


def test_a_moment_before_1980_is_the_earliest_that_a_zip_can_say(
    tmp_path: Path, fonts: Fonts
) -> None:
    package = replace(of(NOTICE), at=AT.replace(year=1970))

    write_package(tmp_path / "a.zip", package, fonts=fonts)

    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.infolist()[0].date_time[0] == 1980
