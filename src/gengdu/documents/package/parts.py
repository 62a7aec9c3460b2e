"""What goes into a package, in the order in which it is to be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PackagedFile:
    """One file of evidence.

    Attributes:
        name: As it was uploaded.
        media_type: Such as image/jpeg, as its content was found to be.
        size: In bytes.
        digest: SHA-256 of its content in hexadecimal, as recorded when it came.
        open: Opens it for reading; called when its turn has come, and for nothing else.
        pages: How many it has on paper, where that is known.
    """

    name: str
    media_type: str
    size: int
    digest: str
    open: Callable[[], BinaryIO]
    pages: int | None = None

    def __post_init__(self) -> None:
        if not _DIGEST.fullmatch(self.digest) or self.size < 0:
            raise ValueError(
                f"{self.name}: expected a SHA-256 in small letters and a size, "
                f"got {self.digest!r} and {self.size}"
            )


@dataclass(frozen=True)
class Step:
    """One line of the trail by which a record was approved.

    Attributes:
        at: When, in the zone in which it is shown.
        who: Name and office.
        action: What was done, such as 提交 or 审核通过.
        note: What was said about it.
    """

    at: datetime
    who: str
    action: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One record with its evidence.

    Attributes:
        number: Its place under its section, such as 003.
        name: What it is called in folders and in the index.
        facts: Name and fact, as on its page.
        trail: From the first step to the last.
        files: In the order in which they are numbered.
    """

    number: str
    name: str
    facts: Sequence[tuple[str, str]] = ()
    trail: Sequence[Step] = ()
    files: Sequence[PackagedFile] = ()


@dataclass(frozen=True)
class Section:
    """The records under one number of what is inspected.

    Attributes:
        number: Such as 2-1.
        title: Short; it names the folder.
        quote: What was promised, word for word, and where.
        entries: May be none, which the index then says.
    """

    number: str
    title: str
    quote: str = ""
    entries: Sequence[Entry] = ()


@dataclass(frozen=True)
class Package:
    """A selection of records made ready for an inspection.

    Attributes:
        title: On the cover and at the head of each page.
        unit: Whose records they are.
        by: Who made it.
        at: When, in the zone in which it is shown; kept as the moment of all files made for it.
        on: The day that the records speak of.
        sections: By number.
        note: A line above the title, such as 内部资料.
    """

    title: str
    unit: str
    by: str
    at: datetime
    on: date
    sections: Sequence[Section]
    note: str = ""
