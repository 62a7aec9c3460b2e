"""Which files are taken as evidence, by what they hold; names only have to agree with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file is to people; how it is shown and how large it may be follow from it."""

    PICTURE = "picture"
    PDF = "pdf"
    WORD = "word"
    EXCEL = "excel"
    SLIDES = "slides"
    VIDEO = "video"
    TEXT = "text"


KIND_ZH = {
    Kind.PICTURE: "图片",
    Kind.PDF: "PDF",
    Kind.WORD: "Word 文档",
    Kind.EXCEL: "Excel 表格",
    Kind.SLIDES: "演示文稿",
    Kind.VIDEO: "视频",
    Kind.TEXT: "文本",
}


@dataclass(frozen=True)
class Format:
    """One format that is taken.

    Attributes:
        kind: What it is to people.
        media_type: What it is to browsers.
        extensions: How its names may end; the first is the usual one.
        said: What people call it.
    """

    kind: Kind
    media_type: str
    extensions: tuple[str, ...]
    said: str


_OFFICE = "application/vnd.openxmlformats-officedocument"

JPEG = Format(Kind.PICTURE, "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG 图片")
PNG = Format(Kind.PICTURE, "image/png", ("png",), "PNG 图片")
WEBP = Format(Kind.PICTURE, "image/webp", ("webp",), "WebP 图片")
GIF = Format(Kind.PICTURE, "image/gif", ("gif",), "GIF 图片")
PDF = Format(Kind.PDF, "application/pdf", ("pdf",), "PDF")
DOCX = Format(Kind.WORD, f"{_OFFICE}.wordprocessingml.document", ("docx",), "Word 文档")
XLSX = Format(Kind.EXCEL, f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), "Excel 表格")
PPTX = Format(Kind.SLIDES, f"{_OFFICE}.presentationml.presentation", ("pptx",), "演示文稿")
DOC = Format(Kind.WORD, "application/msword", ("doc", "wps"), "旧版 Word 文档")
XLS = Format(Kind.EXCEL, "application/vnd.ms-excel", ("xls", "et"), "旧版 Excel 表格")
PPT = Format(Kind.SLIDES, "application/vnd.ms-powerpoint", ("ppt", "dps"), "旧版演示文稿")
MP4 = Format(Kind.VIDEO, "video/mp4", ("mp4", "m4v"), "MP4 视频")
MOV = Format(Kind.VIDEO, "video/quicktime", ("mov", "qt"), "MOV 视频")
WEBM = Format(Kind.VIDEO, "video/webm", ("webm",), "WebM 视频")
TEXT = Format(Kind.TEXT, "text/plain", ("txt", "csv"), "纯文本")

FORMATS = (
    JPEG, PNG, WEBP, GIF, PDF, DOCX, XLSX, PPTX, DOC, XLS, PPT, MP4, MOV, WEBM, TEXT,
)  # fmt: skip
BY_EXTENSION = {extension: form for form in FORMATS for extension in form.extensions}
"""What a name promises; what the file holds is looked at later."""

PLAYED = frozenset({MP4.media_type, WEBM.media_type})
"""Videos that browsers play by themselves; any other is handed out to be saved."""
