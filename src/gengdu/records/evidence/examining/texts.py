"""Plain texts: read in the encodings that are in use here, and no page or script in disguise."""

from __future__ import annotations

from pathlib import Path

from gengdu.documents.limits import MEGABYTE, Refused
from gengdu.records.evidence import kinds
from gengdu.records.evidence.kinds import Format

MOST_BYTES = 50 * MEGABYTE
ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PAGES = ("<!doctype html", "<html", "<head", "<body", "<iframe", "<script", "mime-version:",
          "<meta ", "<table")  # fmt: skip
_SCRIPTS = ("<?php", "<%@", "@echo off", "wscript.", "createobject(", "powershell",
            "[internetshortcut]", "[autorun]", "windows registry editor")  # fmt: skip


def tell(path: Path, head: bytes) -> Format | None:
    """Return that a file is plain text; None where it is no text at all.

    Raises:
        Refused: If it is a web page, a drawing with code in it, or a script.
    """
    if b"\x00" in head and not head.startswith(_MARKS_OF_UTF16):
        return None
    if path.stat().st_size > MOST_BYTES:
        return None
    text = decoded(path.read_bytes())
    if text is None or any(_is_control(letter) for letter in set(text)):
        return None
    _refuse_code(text[:4096].lower())
    return kinds.TEXT


def decoded(raw: bytes) -> str | None:
    """Return a text in one of the encodings that are in use; None where none fits."""
    encodings = ("utf-16",) if raw.startswith(_MARKS_OF_UTF16) else ENCODINGS
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_control(letter: str) -> bool:
    return (letter < " " and letter not in "\t\r\n\f\x1a") or letter == "\x7f"


def _refuse_code(text: str) -> None:
    if "<svg" in text:
        raise Refused("这是 SVG 图形，里面可以藏程序，没有接收；请另存为 PNG 或 JPEG 后重新上传。")
    if any(mark in text for mark in _PAGES):
        raise Refused(
            "这是网页，打开时会运行其中的程序，没有接收；请打印成 PDF，或截图后上传图片。"
        )
    if any(mark in text for mark in _SCRIPTS):
        raise Refused("这是脚本或程序，不是证明材料，没有接收；请核对是不是选错了文件。")
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        raise Refused("这是 XML 数据，不便查看，没有接收；请用原来的软件另存为 PDF 后重新上传。")
