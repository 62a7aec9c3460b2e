"""The child process: takes one order on its input, answers on its output, and may use little.

Run as `python -m gengdu.records.evidence.examining.child`; its parent is `workshop.py`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gengdu.documents.limits import Refused
from gengdu.records.evidence import kinds
from gengdu.records.evidence.examining import content, papers, pictures, previews
from gengdu.records.evidence.kinds import Format, Kind

MEMORY_BYTES = 1_600 * 2**20
WRITTEN_BYTES = 256 * 2**20
OPEN_FILES = 64

Order = dict[str, Any]


def main() -> None:
    """Do one order; whatever goes wrong that is not a refusal ends with another exit code."""
    order = json.loads(sys.stdin.read())
    _limit(int(order["cpu_seconds"]))
    try:
        answer = _TASKS[order["task"]](order)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": content.TOO_MUCH}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def _limit(cpu_seconds: int) -> None:
    """Give up, for good, what opening a file has no need of."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),  # no further process, no thread
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _examine(order: Order) -> Order:
    """Tell what a file is, and make what is kept of it beside."""
    source, folder = Path(order["path"]), Path(order["folder"])
    form = content.tell(source, order["name"])
    content.check_size(form, source.stat().st_size, order["megabytes"])
    if form.kind == Kind.PICTURE:
        return _picture(order, source, folder, form)
    pages = papers.look(source, folder / "thumbnail") if form is kinds.PDF else None
    return {"media_type": form.media_type, "kind": form.kind, "pages": pages}


def _picture(order: Order, source: Path, folder: Path, form: Format) -> Order:
    kept = pictures.keep(
        source, form, picture=folder / "kept", thumbnail=folder / "thumbnail",
        side=order["side"], megapixels=order["megapixels"],
    )  # fmt: skip
    return {"media_type": kinds.JPEG.media_type, "kind": Kind.PICTURE, **asdict(kept)}


def _pages(order: Order) -> Order:
    wanted = range(order["first"], order["first"] + order["count"])
    return {"pages": papers.draw(Path(order["path"]), Path(order["folder"]), wanted)}


def _preview(order: Order) -> Order:
    read = {
        Kind.EXCEL: previews.sheets_of, Kind.WORD: previews.blocks_of, Kind.TEXT: previews.lines_of,
    }[Kind(order["kind"])]  # fmt: skip
    return {"blocks": read(Path(order["path"]))}


_TASKS: dict[str, Callable[[Order], Order]] = {
    "examine": _examine,
    "pages": _pages,
    "preview": _preview,
}


if __name__ == "__main__":
    main()
