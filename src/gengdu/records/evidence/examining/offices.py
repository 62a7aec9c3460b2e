"""Office files: what they are by their parts, and that nothing in them runs by itself."""

from __future__ import annotations

import re
import struct
import tempfile
from pathlib import Path

from gengdu.documents import compound
from gengdu.documents.compound import Compound
from gengdu.documents.limits import BROKEN, LOCKED, MEGABYTE, Limits, Refused
from gengdu.documents.packed import Package
from gengdu.records.evidence import kinds
from gengdu.records.evidence.kinds import Format

LIMITS = Limits(file_bytes=600 * MEGABYTE)
SPOILT = "文件已损坏，打不开；请用 Office 或 WPS 打开原文件，另存后重新上传。"
SEALED = "文件设有打开密码，别人看不到内容；请取消密码并保存，再重新上传。"
MACROS = "文件里带有宏（自动运行的程序），没有接收；请另存为不带宏的 .docx、.xlsx 或 .pptx 再上传。"
PACKED_IN = "文档里嵌有别的程序或文件，没有接收；请删去嵌入的对象，另存后重新上传，附件请单独上传。"
FETCHES = "文档打开时会从网上下载模板，没有接收；请新建一个文档，把内容复制进去，另存后上传。"
ARCHIVE = "这是压缩包，里面的文件无法预览和核对；请解压后逐个上传其中的文件。"

_MAIN = (
    (re.compile(r"word/document\d*\.xml"), kinds.DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), kinds.XLSX),
    (re.compile(r"ppt/presentation\d*\.xml"), kinds.PPTX),
)
_MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|[^/]*\.(?:docm|dotm|xlsm|xltm|xlam|pptm|ppam))$"
    r"|^xl/macrosheets/|activex[^/]*\.bin$"
)
_PROGRAM_NAMES = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|lnk|jar|html?|svg)$"
)
_FAR = r"(?:https?:|ftp:|\\\\|//)"
_FAR_TEMPLATE = re.compile(
    rf'attachedTemplate"[^>]*Target="{_FAR}|Target="{_FAR}[^>]*attachedTemplate"', re.IGNORECASE
)
_MACRO_STREAMS = ("Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT", "PROJECTwm")
_NATIVE = "\x01Ole10Native"


def tell_package(path: Path) -> Format:
    """Return which office file a zip file is.

    Raises:
        Refused: If it is none, is broken or locked, unpacks to too much, or holds programs.
    """
    try:
        package = Package(path, LIMITS)
        found = _by_parts(package)
        for name in package.parts:
            _look_at(package, name)
    except Refused as error:
        raise Refused(_said(str(error))) from None
    return found


def _said(reason: str) -> str:
    """Return a reason that readers of tables give, as it holds for any office file."""
    return {BROKEN: SPOILT, LOCKED: SEALED}.get(reason, reason)


def _by_parts(package: Package) -> Format:
    names = list(package.parts)
    if any(_MACRO_PARTS.search(name.lower()) for name in names):
        raise Refused(MACROS)
    if "[Content_Types].xml" in package.parts:
        for pattern, found in _MAIN:
            if any(pattern.fullmatch(name) for name in names):
                return found
        raise Refused("这种 Office 文件不能预览；请另存为 .docx、.xlsx、.pptx 或 PDF 后重新上传。")
    if "OFD.xml" in package.parts:
        raise Refused("这是 OFD 版式文件，浏览器不能预览；请用阅读器另存或打印为 PDF 后重新上传。")
    if package.text("mimetype").startswith("application/vnd.oasis"):
        raise Refused("这是 OpenDocument 文件；请另存为 .docx、.xlsx 或 PDF 后重新上传。")
    if "META-INF/MANIFEST.MF" in package.parts or "AndroidManifest.xml" in package.parts:
        raise Refused("这是程序安装包，不是证明材料，没有接收；请核对是不是选错了文件。")
    raise Refused(ARCHIVE)


def _look_at(package: Package, name: str) -> None:
    """Unpack one part, which also counts it, and look for what runs by itself."""
    low = name.lower()
    if _PROGRAM_NAMES.search(low):
        raise Refused(PACKED_IN)
    if low.endswith((".xml", ".rels", ".vml")):
        _check_markup(package, name)
    elif "/embeddings/" in low and low.endswith(".bin"):
        _check_embedded(package, name)
    else:
        _check_plain(package, name)


def _check_plain(package: Package, name: str) -> None:
    for count, piece in enumerate(package.pieces(name)):
        if count == 0 and piece.startswith((b"MZ", b"\x7fELF")):
            raise Refused(PACKED_IN)


def _check_markup(package: Package, name: str) -> None:
    """Refuse entities, which no office file needs, and templates fetched from elsewhere."""
    before = b""
    for piece in package.pieces(name):
        around = before + piece
        if b"<!ENTITY" in around or b"<!DOCTYPE" in around:
            raise Refused(SPOILT)
        if b"macroEnabled" in around and name == "[Content_Types].xml":
            raise Refused(MACROS)
        before = piece[-64:]
    if name.endswith("settings.xml.rels") and _FAR_TEMPLATE.search(package.text(name)):
        raise Refused(FETCHES)


def _check_embedded(package: Package, name: str) -> None:
    """Let formulas and drawings pass; a file packed into the document may be anything."""
    with tempfile.NamedTemporaryFile() as part:
        for piece in package.pieces(name):
            part.write(piece)
        part.flush()
        path = Path(part.name)
        with path.open("rb") as file:
            is_compound = file.read(8) == compound.SIGNATURE
        if not is_compound:
            raise Refused(PACKED_IN)
        _refuse_programs(Compound(path))


def tell_compound(path: Path) -> Format:
    """Return which older office file a compound file is.

    Raises:
        Refused: If it is none, is broken or locked, or holds programs.
    """
    try:
        file = Compound(path)
        if "EncryptedPackage" in file:
            raise Refused(SEALED)
        _refuse_programs(file)
        return _by_streams(file)
    except Refused as error:
        raise Refused(_said(str(error))) from None
    except (struct.error, IndexError):
        raise Refused(SPOILT) from None


def _refuse_programs(file: Compound) -> None:
    if any(name in file for name in _MACRO_STREAMS):
        raise Refused(MACROS)
    if _NATIVE in file:
        raise Refused(PACKED_IN)


def _by_streams(file: Compound) -> Format:
    if "WordDocument" in file:
        _check_word(file.stream("WordDocument"))
        return kinds.DOC
    for name in ("Workbook", "Book"):
        if name in file:
            _check_book(file.stream(name))
            return kinds.XLS
    if "PowerPoint Document" in file:
        if "EncryptedSummary" in file or "EncryptedSummaryInformation" in file:
            raise Refused(SEALED)
        return kinds.PPT
    raise Refused(
        "这是安装包、邮件或别的复合文件，不能作为材料；请另存为 PDF 或 .docx、.xlsx 后重新上传。"
    )


def _check_word(stream: bytes) -> None:
    """Refuse a locked document: [MS-DOC] 2.5.2, fEncrypted."""
    mark, flags = struct.unpack_from("<H", stream)[0], struct.unpack_from("<H", stream, 10)[0]
    if mark not in (0xA5EC, 0xA5DC):
        raise Refused(SPOILT)
    if flags & 0x0100:
        raise Refused(SEALED)


def _check_book(stream: bytes) -> None:
    """Refuse a locked workbook, and one with sheets of macros: [MS-XLS] 2.4.28, dt."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == compound.LOCK:
            raise Refused(SEALED)
        if kind == compound.SHEET and size > 5 and stream[at + 9] in (1, 6):
            raise Refused(MACROS)
        if kind == compound.END:
            return
        at += 4 + size
