"""Asks another machine once: no redirect is followed, no wait is longer than told.

Unlike a general client it tells apart what a sender has to know: whether the question may have
arrived.
"""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_BYTES = 65_536
_PART = 4_096


class Unreachable(RuntimeError):
    """The other machine was not reached: the question surely did not arrive."""


class Unanswered(RuntimeError):
    """The question was on its way and no whole answer came: it may have arrived."""


@dataclass(frozen=True)
class Answer:
    """What came back; of a long body the beginning."""

    status: int
    body: bytes


def ask(
    method: str, url: str, *, headers: Mapping[str, str], body: bytes, seconds: float
) -> Answer:
    """Send one question and return the answer, whatever its status.

    Args:
        method: GET or POST.
        url: A whole address; the caller has checked where it may lead.
        headers: Names and values.
        body: What is sent; nothing for GET.
        seconds: How long each step, and the answer in all, may take.

    Raises:
        Unreachable: If no connection came about.
        Unanswered: If it broke, or took too long, after that.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=seconds)
    with closing(connection):
        try:
            connection.connect()
        except (OSError, ssl.SSLError) as error:
            raise Unreachable(_short(error)) from None
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            connection.request(method, target, body=body or None, headers=dict(headers))
            with connection.getresponse() as response:
                return Answer(response.status, _read(response, time.monotonic() + seconds))
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(_short(error)) from None


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    """Read the body up to the limit; whoever drips it is not waited for."""
    parts: list[bytes] = []
    while sum(map(len, parts)) < MOST_BYTES and (part := response.read1(_PART)):
        parts.append(part)
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(parts)


def _short(error: Exception) -> str:
    """Name a fault without the address, which may hold a key."""
    if isinstance(error, TimeoutError):
        return "超过等待时间"
    if isinstance(error, ssl.SSLError):
        return "证书或加密不被认可"
    if isinstance(error, ConnectionRefusedError):
        return "对方没有开放端口"
    return type(error).__name__
