"""The text of a notice's file, whatever kind of file it is; told by its content, not by its name.

Of a UTF-8 text file the text is the file itself, so that places in it are places in the file; a
byte-order mark counts as no character. Nothing but `Unreadable` is raised, whatever a file holds.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path

from gengdu.documents.limits import MEGABYTE
from gengdu.notices import office, pdf_file, web_file, word_file
from gengdu.notices.unreadable import Unreadable

__all__ = ["MOST_BYTES", "Unreadable", "text_of"]

MOST_BYTES = 40 * MEGABYTE
MOST_CHARACTERS = 20_000_000

_MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body|<meta|<!--|<\?xml)", re.IGNORECASE)
_ARCHIVE = re.compile(rb"(?:MIME-Version:|From:\s*<?Saved by|Content-Type:\s*multipart)", re.I)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OTHER_OFFICE = (
    (b"xl/workbook", "Excel 表格"),
    (b"ppt/presentation", "PowerPoint 演示文稿"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORDS = re.compile(r"\w")

EMPTY = "文件里没有文字，读不出通知；请确认上传的是通知正文，而不是空白文件。"
NO_TEXT = "这不是文字文件（看上去是程序数据），读不出通知；请上传 Word、PDF、网页或文本文件。"


def text_of(source: Path | str | bytes, name: str = "") -> str:
    """Return the text of a notice.

    Args:
        source: The file's path, or what it holds.
        name: The file's name, which tells a web page without any mark of one.

    Returns:
        One paragraph a line; a row of a table is a line whose cells are parted by tabs. Numbers
        that Word or a browser only shows stand in the text.

    Raises:
        Unreadable: If it is too large, damaged, locked, of another kind or without text.
    """
    held = _bytes_of(source)
    text = _read(held, name)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("文件的文字太多，不像一份通知；请只上传通知正文。")
    if not _WORDS.search(text):
        raise Unreadable(EMPTY)
    return text


def _bytes_of(source: Path | str | bytes) -> bytes:
    held = source if isinstance(source, bytes) else _from_disk(Path(source))
    if len(held) > MOST_BYTES:
        raise Unreadable(
            f"文件有 {len(held) / MEGABYTE:.1f} MB，最多 {MOST_BYTES // MEGABYTE} MB；"
            "请删去图片后另存，再重新上传。"
        )
    if not held.strip():
        raise Unreadable(EMPTY)
    return held


def _from_disk(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise Unreadable(f"读不到文件“{path.name}”；请检查路径和权限。") from None


def _read(held: bytes, name: str) -> str:
    """Read by what the first bytes tell."""
    readers: list[tuple[Callable[[bytes], object], Callable[[bytes], str]]] = [
        (lambda held: held.startswith(b"PK"), _packaged),
        (lambda held: b"%PDF-" in held[:1024], pdf_file.text_of),
        (lambda held: held.startswith(_COMPOUND), _compound),
        (lambda held: held.startswith(b"{\\rtf"), lambda held: _converted(held, ".rtf")),
        (lambda held: held.startswith((*_PICTURES, *_PACKED)), _refused),
        (lambda held: _ARCHIVE.match(held[:2000]), _web_archive),
        (lambda held: _is_page(held, name), web_file.text_of),
    ]
    for tells, read in readers:
        if tells(held):
            return read(held)
    return _plain(held)


def _is_page(held: bytes, name: str) -> bool:
    start = held[:4000].lstrip(b"\xef\xbb\xbf")
    return bool(_MARKUP.match(start)) or name.lower().endswith((".htm", ".html", ".shtml"))


def _packaged(held: bytes) -> str:
    if b"word/document" not in held:  # the names of packed files stand there unpacked
        for part, what in _OTHER_OFFICE:
            if part in held:
                raise Unreadable(f"这是 {what}，请另存为 Word、PDF 或文本，再上传。")
    kind = word_file.kind_of(held)
    if kind == "odt":
        return _converted(held, ".odt")
    return word_file.text_of(held)


def _compound(held: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in held:
        raise Unreadable(word_file.LOCKED)
    if "WordDocument".encode("utf-16-le") not in held:
        raise Unreadable(
            "这不是 Word 文件（可能是旧版表格或演示文稿）；请把通知另存为 .docx 再上传。"
        )
    return _converted(held, ".doc")


def _converted(held: bytes, suffix: str) -> str:
    return word_file.text_of(office.as_docx(held, suffix))


def _refused(held: bytes) -> str:
    if held.startswith(_PACKED):
        raise Unreadable("这是压缩包；请解压后上传其中的通知。")
    raise Unreadable("这是图片，里面没有文字；请先用文字识别（OCR）转成 Word 或文本文件，再上传。")


def _web_archive(held: bytes) -> str:
    """Read the page of an .mht file, which Word also saves under the name of .doc."""
    try:
        message = email.message_from_bytes(held, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                if isinstance(page, bytes):
                    return web_file.text_of(page, part.get_content_charset() or "")
    except (LookupError, ValueError, AssertionError, RecursionError):
        pass
    raise Unreadable("网页归档文件里没有正文；请在浏览器或 Word 中打开，另存为 .docx 再上传。")


def _plain(held: bytes) -> str:
    text = _decoded(held)
    if len(_CONTROLS.findall(text[:100_000])) > 0.01 * len(text[:100_000]):
        raise Unreadable(NO_TEXT)
    return text


def _decoded(held: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if held.startswith(mark):
            return _strictly(held, (encoding,))
    return _strictly(held, ("utf-8", "gb18030"))


def _strictly(held: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        "文字的编码不是 UTF-8，也不是 GBK/GB18030，读出来会是乱码；"
        "请用记事本另存为 UTF-8 编码，再上传。"
    )
