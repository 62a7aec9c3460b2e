"""Where each file of a package lies, decided before any is written: the index comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gengdu.documents.package.names import (
    ENTRY_BYTES,
    FILE_BYTES,
    SECTION_BYTES,
    Names,
    split,
)
from gengdu.documents.package.parts import Entry, Package, PackagedFile, Section

COVER, INDEX, INDEX_SHEET, DIGESTS = "00 封面.pdf", "01 目录", "01 目录.xlsx", "校验.txt"
RECORD = "00 记录.pdf"


@dataclass(frozen=True)
class PlacedFile:
    """A file and where it lies.

    Attributes:
        file: What was given.
        path: From the top of the package, folders parted by /.
        shared_with: The number of the record under which it lies, if that is an earlier one.
    """

    file: PackagedFile
    path: str
    shared_with: str = ""


@dataclass(frozen=True)
class PlacedEntry:
    """A record, its folder and its files."""

    entry: Entry
    folder: str
    files: tuple[PlacedFile, ...]

    @property
    def record_path(self) -> str:
        """Where the page of the record lies."""
        return f"{self.folder}/{RECORD}"

    @property
    def own_files(self) -> list[PlacedFile]:
        """The files that lie in its folder."""
        return [placed for placed in self.files if not placed.shared_with]


@dataclass(frozen=True)
class PlacedSection:
    """A number with its folder and records."""

    section: Section
    folder: str
    entries: tuple[PlacedEntry, ...]

    @property
    def own_files(self) -> list[PlacedFile]:
        """The files that lie in its folder, each once."""
        return [placed for entry in self.entries for placed in entry.own_files]


def lay_out(package: Package) -> tuple[PlacedSection, ...]:
    """Return where everything lies."""
    names = Names()
    return tuple(_section(section, names) for section in package.sections)


def _section(section: Section, names: Names) -> PlacedSection:
    folder = names.take(f"{section.number} {section.title}", SECTION_BYTES)
    inside = Names()
    seen: dict[str, PlacedFile] = {}
    entries = tuple(_entry(entry, folder, inside, seen) for entry in section.entries)
    return PlacedSection(section, folder, entries)


def _entry(entry: Entry, above: str, names: Names, seen: dict[str, PlacedFile]) -> PlacedEntry:
    own = names.take(f"{entry.number} {entry.name}", ENTRY_BYTES)
    folder = f"{above}/{own}"
    return PlacedEntry(entry, folder, tuple(_files(entry, folder, seen)))


def _files(entry: Entry, folder: str, seen: dict[str, PlacedFile]) -> Iterator[PlacedFile]:
    names = Names()
    names.take(RECORD, FILE_BYTES)
    for place, file in enumerate(entry.files, start=1):
        first = seen.get(file.digest)
        if first is None:
            stem, extension = split(file.name, file.media_type)
            path = f"{folder}/{names.take(f'{place:02} {stem}', FILE_BYTES, extension)}"
            seen[file.digest] = PlacedFile(file, path, entry.number)
            yield PlacedFile(file, path)
        else:
            yield PlacedFile(file, first.path, first.shared_with)
