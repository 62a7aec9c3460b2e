"""Reads a page as a person does: its links, its big number, its rows of records, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Link:
    """One link with the words a reader clicks on."""

    href: str
    classes: frozenset[str]
    text: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.href).path

    @property
    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.href).query).items()}

    @property
    def opens_records(self) -> bool:
        return self.path.endswith("/records/")

    @property
    def number(self) -> int:
        """The number printed on it."""
        return int(self.text.replace(",", ""))


@dataclass
class _Element:
    tag: str
    classes: frozenset[str]
    text: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page that has been read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.records = 0
        self.big: list[str] = []
        self.alerts: list[str] = []
        self.empty: list[str] = []
        self.headings: list[str] = []
        self._open: list[_Element] = []
        self.feed(html)
        self.close()
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = frozenset((given.get("class") or "").split())
        self.records += tag == "tr" and "data-record" in given
        if tag == "a" and given.get("href"):
            self.links.append(Link(given["href"] or "", classes))
        if tag not in VOID:
            self._open.append(_Element(tag, classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what closes itself, as in a drawing, for what it is."""

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)
        if self.links and any(element.tag == "a" for element in self._open):
            self.links[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        element = self._open.pop()
        assert element.tag == tag, f"<{element.tag}> is closed by </{tag}>"
        text = re.sub(r"\s+", " ", "".join(element.text)).strip()
        for kind, found in (("big", self.big), ("alert", self.alerts), ("empty", self.empty)):
            if kind in element.classes:
                found.append(text)
        if tag == "h1":
            self.headings.append(text)

    @property
    def number_links(self) -> list[Link]:
        """The numbers that open into records."""
        return [link for link in self.links if link.opens_records and "num" in link.classes]
