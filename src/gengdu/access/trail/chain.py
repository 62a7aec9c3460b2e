"""Seals one entry to the one before it; pure, so that anybody can check an exported trail."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

SEALED = (
    "sequence", "at", "account_id", "username", "role", "stands_in_for_id", "stands_in_for", "kind",
    "subject", "object_ids", "object_count", "school_ids", "reason", "detail", "path", "client",
    "previous_hash",
)  # fmt: skip
"""Every column but the seal itself."""


def seal(values: Mapping[str, Any], key: bytes) -> str:
    """Return the seal of an entry: HMAC-SHA-256 over the canonical JSON of all its columns."""
    return hmac.new(key, canonical(values), hashlib.sha256).hexdigest()


def canonical(values: Mapping[str, Any]) -> bytes:
    """Return the one text that an entry has: sorted keys, no blanks, UTC to the microsecond."""
    plain = {name: _plain(values[name]) for name in SEALED}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
