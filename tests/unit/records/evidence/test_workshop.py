"""Files are opened in a child process that may use little; the site only hears what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gengdu.documents.limits import Refused
from gengdu.records.evidence import workshop
from gengdu.records.evidence.limits import Limits
from tests import files

LIMITS = Limits.on(date(2026, 9, 1))
Examined = tuple[dict[str, Any], Path]


@pytest.fixture
def examine(tmp_path: Path) -> Callable[[bytes, str], Examined]:
    def examined(body: bytes, name: str) -> Examined:
        folder = tmp_path / hashlib.sha256(name.encode() + body).hexdigest()[:8]
        folder.mkdir(exist_ok=True)
        return workshop.examine(files.put(folder, "sent", body), name, folder, LIMITS), folder

    return examined


def test_a_large_picture_is_shrunk_and_a_small_one_drawn_beside(examine: Any) -> None:
    made, folder = examine(files.photo(4000, 1000), "全景.jpg")

    assert (made["width"], made["height"]) == (2560, 640)
    with Image.open(folder / "kept") as kept, Image.open(folder / "thumbnail") as thumbnail:
        assert (kept.format, kept.size) == ("JPEG", (2560, 640))
        assert thumbnail.size == (320, 80)


def test_a_picture_is_turned_upright(examine: Any) -> None:
    """The camera lay on its right side: what it drew at the upper left belongs upper right."""
    _made, folder = examine(files.photo(640, 480, orientation=6), "竖拍.jpg")

    with Image.open(folder / "kept") as kept:
        assert kept.size == (480, 640)
        red, _green, blue = kept.getpixel((470, 10))
    assert blue > 200 > red


def test_place_and_time_are_read_once_and_not_kept(examine: Any) -> None:
    shot = files.photo(taken=datetime(2026, 9, 10, 8, 30), at=(37.345, 122.31))  # noqa: DTZ001

    made, folder = examine(shot, "家访.jpg")

    assert made["taken"]["at"] == "2026-09-10T08:30:00"
    assert made["taken"]["latitude"] == pytest.approx(37.345, abs=1e-5)
    assert made["taken"]["longitude"] == pytest.approx(122.31, abs=1e-5)
    for name in ("kept", "thumbnail"):
        with Image.open(folder / name) as kept:
            assert not kept.getexif()
            assert "exif" not in kept.info
        assert b"Exif" not in (folder / name).read_bytes()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "JPEG"])
def test_the_same_bytes_become_the_same_bytes(examine: Any, form: str) -> None:
    body = files.photo(form=form)
    name = f"图.{form.lower()}"

    first = {path.name: path.read_bytes() for path in examine(body, name)[1].iterdir()}
    second = {path.name: path.read_bytes() for path in examine(body, name)[1].iterdir()}

    assert first == second
    assert first["kept"].startswith(b"\xff\xd8\xff")


def test_a_picture_that_is_see_through_stands_on_white(examine: Any, tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")

    _made, folder = examine((tmp_path / "clear.png").read_bytes(), "章.png")

    with Image.open(folder / "kept") as kept:
        assert kept.getpixel((10, 10)) == (255, 255, 255)


def test_a_picture_of_sixteen_bits_keeps_its_greys(examine: Any, tmp_path: Path) -> None:
    Image.new("I;16", (20, 20), 128 * 256).save(tmp_path / "deep.png")

    _made, folder = examine((tmp_path / "deep.png").read_bytes(), "扫描.png")

    with Image.open(folder / "kept") as kept:
        assert kept.getpixel((10, 10))[0] == pytest.approx(128, abs=3)


def test_a_page_behind_a_picture_is_not_kept(examine: Any) -> None:
    _made, folder = examine(files.photo() + b"<script>alert(1)</script>", "照片.jpg")

    assert b"<script>" not in (folder / "kept").read_bytes()


def test_of_a_moving_picture_the_first_is_kept_and_it_is_said(examine: Any, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "m.gif", save_all=True, append_images=frames[1:])

    made, _folder = examine((tmp_path / "m.gif").read_bytes(), "动图.gif")

    assert made["was_moving"] is True


def test_a_pdf_gets_a_picture_of_its_first_page(examine: Any) -> None:
    made, folder = examine(files.pdf(3), "方案.pdf")

    assert made["pages"] == 3
    with Image.open(folder / "thumbnail") as thumbnail:
        assert max(thumbnail.size) == 320
        assert thumbnail.convert("L").getextrema()[0] < 160  # words are on it


REFUSED = {
    "half a picture": (files.photo(900, 900)[:-4000], "照片.jpg", "不完整"),
    "half a PNG": (files.photo(form="PNG")[:-900], "图.png", "不完整"),
    "a picture of a million million pixels": (
        files.png(8, 8, told=(60_000, 60_000)), "图.png", "百万像素",
    ),
    "a head and nothing behind": (b"\xff\xd8\xff\xe0" + bytes(40), "照片.jpg", "不完整"),
    "noise called a PDF": (b"%PDF-1.7\n" + bytes(range(256)) * 9, "方案.pdf", "PDF"),
    "half a PDF": (files.pdf()[:60], "方案.pdf", "PDF"),
    "too large a picture": (files.photo() + bytes(20 * 2**20), "照片.jpg", "最多 20 MB"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_opened_whole_is_refused_in_a_sentence(examine: Any, what: str) -> None:
    body, name, word = REFUSED[what]

    with pytest.raises(Refused, match=word) as refused:
        examine(body, name)

    assert str(refused.value).count("。") == 1


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put code of our own in the child's place: no file at hand breaks pdfium or Pillow."""

    def ordered(code: str) -> None:
        module = "import sys;sys.stdin.read();from gengdu.records.evidence.examining import child;"
        monkeypatch.setattr(workshop, "_COMMAND", ("-c", f"{module}child._limit(2);{code}"))

    return ordered


@pytest.mark.parametrize(
    "code",
    [
        "import os,signal;os.kill(os.getpid(),signal.SIGSEGV)",
        "x=bytearray(4*2**30)",
        "\nwhile True: pass",
        "import time;time.sleep(60)",
        "print('no answer')",
    ],
    ids=["crashes", "eats memory", "never ends", "sleeps", "babbles"],
)
def test_whatever_a_file_does_to_the_child_it_is_only_refused(
    orders: Any, examine: Any, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(workshop, "SECONDS", 4)
    orders(code)

    with pytest.raises(Refused, match="可能已损坏"):
        examine(files.photo(), "照片.jpg")


def test_the_child_learns_no_secret_and_starts_no_program(
    orders: Any, examine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENGDU_SECRET_KEY", "hidden")
    orders("import json,os;print(json.dumps({'names':sorted(os.environ)}))")

    made, _folder = examine(files.photo(), "照片.jpg")

    assert not [name for name in made["names"] if name.startswith(("GENGDU", "AWS"))]


def test_pages_are_drawn_as_pictures(tmp_path: Path) -> None:
    source = files.put(tmp_path, "sent", files.pdf(3))

    there = workshop.draw_pages(source, tmp_path, first=2, count=4)

    assert there == [2, 3]
    with Image.open(tmp_path / "page-2.png") as page:
        assert (page.format, page.width) == ("PNG", 1240)


def test_a_table_is_shown_by_its_first_rows(tmp_path: Path) -> None:
    source = files.put(tmp_path, "sent", files.excel(rows=80))

    (sheet,) = workshop.preview(source, "excel")

    assert sheet["name"] == "签到表"
    assert sheet["rows"][:2] == [["姓名", "次数"], ["教师1", "1"]]
    assert len(sheet["rows"]) == 50
    assert sheet["last_row"] == 81


def test_a_document_is_shown_by_its_words_and_tables(tmp_path: Path) -> None:
    body = files.word("第一段。", "第二段。", table=[["姓名", "次数"], ["丛一", "3"]])

    blocks = workshop.preview(files.put(tmp_path, "sent", body), "word")

    assert blocks[0] == {"text": "工作总结", "is_head": True}
    assert [block["text"] for block in blocks[1:3]] == ["第一段。", "第二段。"]
    assert blocks[3] == {"table": [["姓名", "次数"], ["丛一", "3"]]}


def test_a_text_is_shown_in_the_encoding_it_has(tmp_path: Path) -> None:
    source = files.put(tmp_path, "sent", "家访记录\n三户".encode("gb18030"))

    assert workshop.preview(source, "text") == [{"text": "家访记录"}, {"text": "三户"}]
