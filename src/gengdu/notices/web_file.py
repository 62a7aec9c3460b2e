"""The text of a web page as a browser shows it, scripts, menus and hidden parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from gengdu.notices.cells import joined, row_of
from gengdu.notices.unreadable import Unreadable
from gengdu.notices.word_numbering import chinese, written

Element = Any  # lxml has no types of its own

BROKEN = "网页已损坏，读不出文字；请在浏览器中打开，把正文复制到 Word 或文本文件，再上传。"

_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "head", "title", "nav", "footer", "aside", "svg",
     "select", "button", "textarea", "iframe", "object", "input", "del", "s", "strike"]
)  # fmt: skip
_BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "section", "article", "table",
     "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "center", "form", "header", "main", "body",
     "hr", "caption", "thead", "tbody", "tfoot", "figure", "address", "fieldset"]
)  # fmt: skip
_FRAMES = frozenset(["table", "thead", "tbody", "tfoot", "tr", "ul", "ol"])
_CELLS = frozenset(["td", "th"])
_WHITE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHINESE_LIST = re.compile(r"cjk-ideographic|(?:simp|trad)-chinese", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_DEPTH = 2_000


def text_of(held: bytes, charset: str = "") -> str:
    """Return the text of a page.

    Args:
        held: The page.
        charset: How its letters are written, if something outside the page says so.

    Raises:
        Unreadable: If nothing of it can be made out.
    """
    text = _decoded(held, charset).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise Unreadable(BROKEN) from None
    if root is None:
        raise Unreadable(BROKEN)
    _repeat_merged(root)
    page = _Page()
    page.read(root)
    return "\n".join(page.done())


def _decoded(held: bytes, charset: str) -> str:
    if held.startswith((b"\xff\xfe", b"\xfe\xff")):
        return held.decode("utf-16", "replace")
    found = _CHARSET.search(held[:8192])
    named = charset or (found[1].decode("ascii") if found else "")
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
    named = wider.get(named.lower(), named)
    for encoding in filter(None, ("utf-8-sig" if held.startswith(b"\xef\xbb\xbf") else "", named,
                                  "utf-8", "gb18030")):  # fmt: skip
        try:
            return held.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _as_it_goes(held, named)


def _as_it_goes(held: bytes, named: str) -> str:
    """Decode a page that one wrong byte spoils."""
    try:
        return held.decode(named or "utf-8", "replace")
    except LookupError:
        return held.decode("utf-8", "replace")


_MOST_ROWS = 200
_MOST_COPIES = 5_000


def _repeat_merged(root: Element) -> None:
    """Put a cell that reaches over several rows into each of them, so that every row is whole."""
    copies = 0
    for table in root.iter("table"):
        open_cells: dict[int, tuple[int, Element]] = {}
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            for column, (left, cell) in sorted(open_cells.items()):
                if left and copies < _MOST_COPIES:
                    row.insert(min(column, len(row)), deepcopy(cell))
                    copies += 1
            open_cells = {at: (left - 1, cell) for at, (left, cell) in open_cells.items() if left}
            for column, cell in enumerate(row):
                if column not in open_cells and (rows := _rows_of(cell)) > 1:
                    open_cells[column] = (rows - 1, cell)


def _rows_of(cell: Element) -> int:
    """Return over how many rows a cell reaches."""
    said = cell.get("rowspan", "1") if cell.tag in _CELLS else "1"
    return min(int(said), _MOST_ROWS) if re.fullmatch(r"\d{1,4}", said) else 1


class _Page:
    """Collects the lines of a page."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._now = ""
        self._cells: list[list[str]] = []

    def done(self) -> list[str]:
        """Return the lines."""
        self._end_line()
        return self._lines

    def read(self, root: Element) -> None:
        """Take in an element and all below it, whatever the depth."""
        waiting: list[Iterator[tuple[str, Any]]] = [_steps(root)]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
            elif step[0] == "element":
                if len(waiting) < _MOST_DEPTH and not _is_left_out(step[1]):
                    waiting.append(_steps(step[1]))
            else:
                self._take(*step)

    def _take(self, what: str, value: Any) -> None:
        if what == "text":
            words = _WHITE.sub(" ", value)
            self._now += words.lstrip(" ") if not self._now else words
        elif what == "pre":
            self._now += value
        elif what == "line":
            self._end_line()
        elif what == "cell":
            self._cells.append(self._lines)
            self._lines, self._now = [], ""
        elif what == "cell end":
            self._end_cell()
        elif what == "row end":
            self._end_row()

    def _end_line(self) -> None:
        if self._now.strip():
            self._lines += [line.strip(" ") for line in self._now.strip("\n").split("\n")]
        self._now = ""

    def _end_cell(self) -> None:
        self._end_line()
        cell = joined(line.replace("\t", " ") for line in self._lines)
        self._lines = self._cells.pop()
        self._now = ""
        self._lines.append("\x00" + cell)

    def _end_row(self) -> None:
        """Put the cells that stand at the end of the lines into one line."""
        first = len(self._lines)
        while first and self._lines[first - 1].startswith("\x00"):
            first -= 1
        cells = [line[1:] for line in self._lines[first:]]
        del self._lines[first:]
        if cells:
            self._lines.append(row_of(cells))
        self._now = ""


def _is_left_out(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _steps(element: Element) -> Iterator[tuple[str, Any]]:
    """Yield what an element adds to the text: words, line ends, cells, and its children."""
    tag = element.tag
    yield from _opening(element, tag)
    words = "pre" if tag == "pre" else "text"
    is_frame = tag in _FRAMES  # between the parts of a table stands no text
    if element.text and not is_frame:
        yield words, element.text
    for child in element:
        yield "element", child
        if child.tail and not is_frame:
            yield words, child.tail
    if tag in _CELLS:
        yield ("line" if _is_layout(element) else "cell end"), ""
    elif tag == "tr":
        yield "row end", ""
    elif tag in _BLOCKS:
        yield "line", ""


_LONGEST_CELL = 150
"""Characters of a cell that stands alone in its row beyond which it is no cell of a table."""


def _is_layout(cell: Element) -> bool:
    """Tell whether a cell only places text on the page, as pages of 2010 do with a whole notice."""
    if next(cell.iter("table"), None) is not None:
        return True
    row = cell.getparent()
    others = (one for one in (row if row is not None else ()) if one is not cell)
    if any(_has_more(one, 0) for one in others):
        return False
    return _has_more(cell, _LONGEST_CELL)


def _has_more(element: Element, characters: int) -> bool:
    """Tell whether an element has more characters of text than so many."""
    left = characters
    for words in element.itertext():
        left -= len(words.strip())
        if left < 0:
            return True
    return False


def _opening(element: Element, tag: str) -> Iterator[tuple[str, Any]]:
    if tag == "br":
        yield "pre", "\n"
    elif tag in _CELLS:
        yield ("line" if _is_layout(element) else "cell"), ""
    elif tag in _BLOCKS:
        yield "line", ""
    if tag == "li":
        yield "text", _number(element)


def _number(item: Element) -> str:
    """Return the number that a browser puts before an item of a list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    number = first + sum(1 for _ in item.itersiblings("li", preceding=True))
    style = f"{parent.get('style', '')};{parent.get('type', '')}"
    if "none" in style:
        return ""
    if _CHINESE_LIST.search(style):
        return chinese(number) + "、"
    return written(number, _LIST_FORMS.get(parent.get("type", ""), "decimal")) + "."
