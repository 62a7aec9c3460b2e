"""Invented papers that prove entries of the demo: short texts, the same bytes each time."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from gengdu.demo.ledger import Ledger

NAME = "示例证明材料.txt"


def body(ledger_zh: str, entry_zh: str) -> bytes:
    """Return the paper that proves an entry; it says itself that it is invented."""
    text = (
        f"示例证明材料（虚构，仅供演示）\n\n台账：{ledger_zh}\n条目：{entry_zh}\n"
        "真实使用时，这里是文件、方案、记录或公示截图。\n"
    )
    return text.encode()


def prove(ledger: Ledger, item: int, at: str, paper: bytes) -> None:
    """Write that a paper proves an entry since a moment; the bytes are kept by `keep`."""
    digest = hashlib.sha256(paper).hexdigest()
    file = ledger.rows.add(
        "evidence_storedfile", digest=digest, kept_digest=digest, size=len(paper),
        media_type="text/plain", kind="text", made_at=at,
    )  # fmt: skip
    ledger.rows.add(
        "evidence_evidence", recorded_at=at, item_id=item, file_id=file, position=1, name=NAME
    )


def keep(papers: Iterable[bytes]) -> None:
    """Put papers where the settings keep files, before anything names them."""
    from gengdu.records.evidence import stores

    store = stores.chosen()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper"
        for paper in papers:
            source.write_bytes(paper)
            store.put(hashlib.sha256(paper).hexdigest(), source)
