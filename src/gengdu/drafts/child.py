"""The child process that opens the file of a notice and reads it; it may use little.

Run as `python -m gengdu.drafts.child`; its parent is `opening.py`. Unlike the one for evidence it
may start a process, for .doc goes through LibreOffice.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from gengdu.notices import adopting, files, reading
from gengdu.notices.files import Unreadable

MEMORY_BYTES = 3_000 * 2**20
TOO_MUCH = "文件展开后太大，读不下去；请只留通知正文，另存后重新上传。"


def main() -> None:
    """Do one order; whatever goes wrong that is not a refusal ends with another exit code."""
    order = json.loads(sys.stdin.read())
    cpu = int(order["cpu_seconds"])
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))
    try:
        answer = read(Path(order["path"]), order["name"])
    except Unreadable as unreadable:
        answer = {"refused": str(unreadable)}
    except MemoryError:
        answer = {"refused": TOO_MUCH}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def read(path: Path, name: str) -> dict[str, Any]:
    """Return the text of a notice, as much as is read, and its reading.

    Raises:
        Unreadable: If no text can be had of the file.
    """
    found = reading.read(files.text_of(path, name))
    data = adopting.draft(found)
    text = str(data.pop("text"))
    data.pop("unread", None)
    return {"text": text[: reading.LONGEST], "unread": found.unread, "reading": data}


if __name__ == "__main__":
    main()
