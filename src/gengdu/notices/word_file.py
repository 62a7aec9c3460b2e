"""The text of a .docx file as it reads: with Word's numbers, without what is struck out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from gengdu.documents.limits import MEGABYTE, Limits, Refused
from gengdu.documents.packed import Package
from gengdu.notices.cells import joined, row_of
from gengdu.notices.unreadable import Unreadable
from gengdu.notices.word_numbering import Numbering, W

Element = Any  # lxml has no types of its own

LIMITS = Limits(unpacked_bytes=200 * MEGABYTE)
MOST_XML = 100 * MEGABYTE
BROKEN = "Word 文件已损坏，读不出文字；请用 Word 或 WPS 打开并另存为 .docx，再重新上传。"
LOCKED = "文件设有打开密码，无法读取；请在 Word 或 WPS 中取消密码并保存，再重新上传。"
NO_WORD = "这不是 Word 文件（可能是表格、演示文稿或压缩包）；请把通知另存为 .docx 再上传。"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr",
        "tblGrid", "trPr", "tcPr", "sectPr", "rt", "object",
    )
)  # fmt: skip
_SIGNS = {f"{W}tab": "\u3000", f"{W}ptab": "\u3000", f"{W}br": "\n", f"{W}cr": "\n",
          f"{W}noBreakHyphen": "-"}  # fmt: skip


def kind_of(held: bytes) -> str:
    """Return "odt" for a text of LibreOffice, "docx" for one of Word.

    Raises:
        Unreadable: If it is another packed file, or damaged.
    """
    with tempfile.TemporaryDirectory(prefix="gengdu-notice-") as folder:
        package = _opened(held, Path(folder))
        if "word/document.xml" in package.parts or _main_part(package) in package.parts:
            return "docx"
        if "content.xml" in package.parts and "text" in _text(package, "mimetype"):
            return "odt"
    raise Unreadable(NO_WORD)


def text_of(held: bytes) -> str:
    """Return the text of a .docx file.

    Paragraphs, then inside them text boxes, stand on lines of their own; a row of a table is one
    line with tabs between its cells. Insertions under review are kept, deletions left out.

    Raises:
        Unreadable: If it is damaged or would unpack to too much.
    """
    with tempfile.TemporaryDirectory(prefix="gengdu-notice-") as folder:
        package = _opened(held, Path(folder))
        main = _main_part(package)
        if main not in package.parts:
            raise Unreadable(NO_WORD)
        roots = [_parsed(package, main)]
        base = main.rsplit("/", 1)[0]
        roots += [_optional(package, f"{base}/{name}.xml") for name in ("numbering", "styles")]
    body = roots[0].find(f"{W}body")
    if body is None:
        raise Unreadable(BROKEN)
    reader = _Reader(Numbering(roots[1], roots[2]))
    return "\n".join(reader.lines(body))


def _opened(held: bytes, folder: Path) -> Package:
    path = folder / "notice.docx"
    path.write_bytes(held)
    try:
        return Package(path, LIMITS)
    except Refused as error:
        if "密码" in str(error):
            raise Unreadable(LOCKED) from None
        raise Unreadable(_too_large(error)) from None


def _too_large(error: Refused) -> str:
    if "MB" in str(error) or "压缩比" in str(error):
        return "Word 文件解开后太大，不予打开；请删去图片和附件，另存为 .docx 再上传。"
    return BROKEN


def _main_part(package: Package) -> str:
    """Return the part that holds the text; the package's own relations say which."""
    try:
        root = _parsed(package, "_rels/.rels") if "_rels/.rels" in package.parts else None
    except Unreadable:
        root = None
    for relation in root if root is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _optional(package: Package, name: str) -> Element:
    if name not in package.parts:
        return None
    try:
        return _parsed(package, name)
    except Unreadable:
        return None  # without numbers a text is still a text


def _text(package: Package, name: str) -> str:
    try:
        return package.text(name)
    except Refused:
        return ""


def _parsed(package: Package, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    size = 0
    try:
        for piece in package.pieces(name):
            size += len(piece)
            if size > MOST_XML:
                raise Unreadable("Word 文件的文字太多，不像一份通知；请只上传通知正文。")
            parser.feed(piece)
        return parser.close()
    except (etree.LxmlError, Refused, LookupError, ValueError, AssertionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(BROKEN) from None


class _Reader:
    """Reads the blocks of one document in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._boxes: list[Element] = []

    def lines(self, block: Element) -> list[str]:
        """Return the lines of a body, a cell or a text box."""
        made: list[str] = []
        runs_on = False
        for element in _blocks(block):
            if element.tag == f"{W}tbl":
                made += self._rows(element)
                runs_on = False
                continue
            own, boxes = self._paragraph(element)
            if runs_on and made and own:
                made[-1] += own[0]
                own = own[1:]
            made += own
            for box in boxes:
                made += self.lines(box)
            runs_on = element.find(f"{W}pPr/{W}rPr/{W}del") is not None
        return made

    def _paragraph(self, paragraph: Element) -> tuple[list[str], list[Element]]:
        number = self._numbering.of_paragraph(paragraph.find(f"{W}pPr"))
        kept, self._boxes = self._boxes, []
        text = "".join(self._words(paragraph))
        boxes, self._boxes = self._boxes, kept
        if text.strip():
            text = number + text
        return text.split("\n"), boxes

    def _words(self, element: Element) -> Iterator[str]:
        """Yield the words of a paragraph, and put its text boxes aside."""
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                yield from self._words(_chosen(child))
            elif isinstance(tag, str) and tag not in _LEFT_OUT and not _is_hidden(child):
                yield from self._words(child)

    def _rows(self, table: Element) -> Iterator[str]:
        """Yield the rows; a cell merged with that above it repeats what stands there."""
        above: list[str] = []
        for row in table.iter(f"{W}tr"):
            if _nearest(row, f"{W}tbl") is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]
            words = [joined(self.lines(cell)) for cell in cells]
            above = [
                above[at] if _is_merged(cell) and at < len(above) else words[at]
                for at, cell in enumerate(cells)
            ]
            yield row_of(above)


def _is_merged(cell: Element) -> bool:
    """Tell whether a cell goes on from the row above."""
    mark = cell.find(f"{W}tcPr/{W}vMerge")
    return mark is not None and mark.get(f"{W}val", "continue") == "continue"


def _chosen(alternatives: Element) -> Iterable[Element]:
    """Return the one of several forms of the same thing that has words in it."""
    for name in ("Choice", "Fallback"):
        for form in alternatives.iterfind(f"{_MC}{name}"):
            if next(form.iter(f"{W}t"), None) is not None:
                return form  # type: ignore[no-any-return]
    return ()


def _blocks(block: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a block, also those in content controls."""
    for child in block:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _blocks(_chosen(child))
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _nearest(element: Element, tag: str) -> Element:
    return next(element.iterancestors(tag), None)
