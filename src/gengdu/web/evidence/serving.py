"""Hands out bytes: to be saved, or to be looked at where we drew them; never to be run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from gengdu.records.evidence import stores

# A file opened in the browser can start nothing, send nothing and read nothing of the site.
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
# Players ask for their bytes from inside a page of ours: a sandbox would stop none of that, and
# the browser's own player needs its media and style where a video is opened alone.
_PLAYED = {
    **_SAFE,
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
}
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def saved(key: str, name: str, media_type: str) -> HttpResponseBase:
    """Return a file to be saved under a name; the browser never opens it in the page."""
    size = _size(key)
    response = StreamingHttpResponse(_pieces(key), content_type=media_type)
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return _safe(response)


def drawn(key: str, media_type: str) -> HttpResponseBase:
    """Return a picture that we drew, to be looked at.

    Args:
        key: What to return; nothing that somebody sent as it is.
        media_type: image/jpeg or image/png, in which we draw.
    """
    assert media_type in ("image/jpeg", "image/png")
    response = HttpResponse(b"".join(_pieces(key)), content_type=media_type)
    response["Content-Disposition"] = "inline"
    return _safe(response)


def played(request: HttpRequest, key: str, media_type: str) -> HttpResponseBase:
    """Return a video or the part of it that a player asks for."""
    size = _size(key)
    first, last = _asked(request.headers.get("Range", ""), size)
    if first > last:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _safe(response)
    is_part = "Range" in request.headers
    response = StreamingHttpResponse(
        _pieces(key, first, last), content_type=media_type, status=206 if is_part else 200
    )
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _safe(response, _PLAYED)


def _asked(header: str, size: int) -> tuple[int, int]:
    """Return first and last byte asked for, both inclusive; the first above the last for none.

    >>> [_asked(f"bytes={asked}", 100) for asked in ("10-19", "90-", "-5", "0-1,5-6")]
    [(10, 19), (90, 99), (95, 99), (0, 99)]
    >>> [_asked(header, 100) for header in ("", "bytes=100-", "bytes=9-3")]
    [(0, 99), (100, 99), (9, 3)]
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return 0, size - 1
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    first = int(found[1])
    return first, min(int(found[2]), size - 1) if found[2] else size - 1


def _size(key: str) -> int:
    size = stores.chosen().size(key)
    if size is None:
        raise stores.Missing(key)
    return size


def _pieces(key: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    return stores.chosen().read(key, first, last)


def _safe(response: HttpResponseBase, headers: dict[str, str] = _SAFE) -> HttpResponseBase:
    for name, value in headers.items():
        response[name] = value
    return response


def there(key: str | None) -> str:
    """Return a key that is one; of none there is no such page."""
    if key is None:
        raise Http404
    return key
