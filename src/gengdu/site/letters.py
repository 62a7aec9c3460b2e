"""How the site sends e-mail, read from one address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "smtps://用户名:密码@smtp.example.gov.cn:465/?from=gengdu@example.gov.cn"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings of e-mail for an address such as smtps://user:password@host:465.

    smtps speaks TLS from the first byte, smtp+tls after STARTTLS, smtp not at all.

    >>> found = from_url("smtp+tls://li:a%40b@mail.example/?from=gengdu@example.gov.cn")
    >>> [found[key] for key in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")]
    ['mail.example', 587, True, False]
    >>> found["EMAIL_HOST_PASSWORD"], found["DEFAULT_FROM_EMAIL"]
    ('a@b', 'gengdu@example.gov.cn')

    Raises:
        ImproperlyConfigured: If it cannot be read.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    more = dict(parse_qsl(parts.query))
    sender = more.pop("from", "")
    if parts.scheme not in _PORTS or not parts.hostname or "@" not in sender or more:
        raise ImproperlyConfigured(
            f"环境变量 GENGDU_EMAIL_URL 不是邮件服务器的地址，应如 {EXAMPLE}，没有启用邮件。"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 15,
        "DEFAULT_FROM_EMAIL": sender,
    }


def address(text: str) -> str:
    """Return the address of the site for links in messages, without a slash at its end.

    >>> address("https://gengdu.example.gov.cn/"), address("")
    ('https://gengdu.example.gov.cn', '')

    Raises:
        ImproperlyConfigured: If it is no whole address.
    """
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise ImproperlyConfigured(
            "环境变量 GENGDU_ADDRESS 应写成完整的网址，如 https://gengdu.example.gov.cn。"
        )
    return text.rstrip("/")
