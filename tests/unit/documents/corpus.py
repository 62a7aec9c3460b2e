"""The kept workbooks."""

from __future__ import annotations

from pathlib import Path

from gengdu.documents.reading import Row, read_rows

CORPUS = Path(__file__).resolve().parents[2] / "corpus/workbooks"
FILES = sorted(path.name for path in CORPUS.glob("*.*") if path.suffix not in (".py", ".pyc"))


def values(name: str) -> list[Row]:
    """Return all rows of a kept workbook."""
    return list(read_rows(CORPUS / name))
