"""The channels of this site: e-mail, the gateways of the file of senders, the demo's console.

The file (GENGDU_SENDERS) is read strictly: whatever it says wrongly is refused when the site
starts, in a sentence that names the place. Secrets may stand in the environment, as ${NAME}.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gengdu.policy import loading
from gengdu.policy.loading import MalformedFact
from gengdu.records.reminders.senders import webhook
from gengdu.records.reminders.senders.base import Sender
from gengdu.records.reminders.senders.console import ConsoleSender
from gengdu.records.reminders.senders.email import EmailSender
from gengdu.records.reminders.senders.webhook import Condition, TokenStep, Webhook, WebhookSender

HERE = Path(__file__).parent
SCHEMA = HERE / "senders.schema.json"
EMAIL, CONSOLE = "email", "console"
EXPLAINED = "写法见 docs/how-to/send-reminders.md。"
_SECRET = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True)
class Channel:
    """One way to reach people.

    Attributes:
        key: Its name for good, by which messages are counted.
        needs: Which part of an address it cannot do without: email, phone, user_id, or none.
        is_default: Whether it reaches people who have chosen nothing.
    """

    key: str
    label: str
    sender: Sender
    needs: str = "none"
    is_default: bool = False


def channels() -> dict[str, Channel]:
    """Return the channels of this site, by key.

    Raises:
        MalformedFact: If the file of senders breaks a rule.
        ImproperlyConfigured: If it is not there, or messages would have no address to lead to.
    """
    found = {}
    if settings.EMAIL_URL:
        found[EMAIL] = Channel(EMAIL, "电子邮件", EmailSender(), needs="email")
    if settings.SENDERS:
        path = Path(settings.SENDERS)
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            raise ImproperlyConfigured(
                f"环境变量 GENGDU_SENDERS 指的文件 {path} 读不到，没有启用任何发送方式。{EXPLAINED}"
            ) from None
        found |= _of_file(path, changed)
    if found and not settings.ADDRESS:
        raise ImproperlyConfigured(
            "设置了发送提醒的方式，却没有写明网站的地址，消息里的链接打不开。"
            "请设置环境变量 GENGDU_ADDRESS，如 https://gengdu.example.gov.cn。"
        )
    if settings.DEMO:
        found[CONSOLE] = Channel(CONSOLE, "控制台（示例）", ConsoleSender(), is_default=True)
    return found


@cache
def _of_file(path: Path, changed: int) -> dict[str, Channel]:
    """Read the file once for each of its states, so that a sender keeps the token it has."""
    return read(path)


def read(path: Path) -> dict[str, Channel]:
    """Return the channels of a file of senders, by key.

    Raises:
        MalformedFact: If it breaks a rule; the message names the file and the place.
    """
    content = loading.read_checked(path, SCHEMA)
    return {key: _channel(path.name, key, _merged(path.name, key, card)) for key, card in
            content.items()}  # fmt: skip


def templates() -> dict[str, dict[str, Any]]:
    """Return the gateways that are known already, by name."""
    return {
        path.stem: dict(loading.read_yaml(path)) for path in sorted((HERE / "gateways").iterdir())
    }


def _merged(file: str, key: str, card: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry on top of the template it names, with secrets from the environment."""
    known = templates()
    name = card.get("template")
    if name is not None and name not in known:
        raise MalformedFact(f"{file}：“{key}.template”写的是“{name}”，只能是：{'、'.join(known)}")
    merged = {**(known[name] if name else {}), **card}
    merged.pop("template", None)
    if key in (EMAIL, CONSOLE):
        raise MalformedFact(f"{file}：“{key}”是系统自己的名称，请换一个")
    for needed in ("label", "url", "body", "success"):
        if needed not in merged:
            raise MalformedFact(f"{file}：“{key}”缺少“{needed}”这一项，应当补上。{EXPLAINED}")
    return {name: _with_secrets(file, f"{key}.{name}", item) for name, item in merged.items()}


def _with_secrets(file: str, place: str, item: Any) -> Any:
    def secret(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            raise MalformedFact(f"{file}：“{place}”要用的环境变量 {found[1]} 没有设置")
        return os.environ[found[1]]

    if isinstance(item, str):
        return _SECRET.sub(secret, item)
    if isinstance(item, list):
        return [_with_secrets(file, place, part) for part in item]
    if isinstance(item, dict):
        return {name: _with_secrets(file, f"{place}.{name}", part) for name, part in item.items()}
    return item


def _channel(file: str, key: str, card: dict[str, Any]) -> Channel:
    values = card.get("values", {})
    _check_places(file, key, card, set(values))
    for place, url in [("url", card["url"]), ("token.url", card.get("token", {}).get("url"))]:
        if url is not None:
            _check_address(file, f"{key}.{place}", url)
    hook = Webhook(
        label=card["label"], url=card["url"], body=card["body"], values=values,
        success=_condition(card["success"]), headers=card.get("headers", {}),
        sign_secret=card.get("sign_secret", ""), token=_token(card.get("token")),
        timeout_seconds=card.get("timeout_seconds", 10.0), tries=card.get("tries", 3),
        most_bytes=card.get("most_bytes"),
    )  # fmt: skip
    needs, is_default = card.get("needs", "none"), card.get("default", False)
    return Channel(key, hook.label, WebhookSender(hook), needs, is_default)


def _condition(card: Mapping[str, Any]) -> Condition:
    return Condition(card["path"], card["equals"], tuple(card.get("busy", ())))


def _token(card: Mapping[str, Any] | None) -> TokenStep | None:
    if card is None:
        return None
    return TokenStep(card["url"], card["path"], card["seconds"], tuple(card.get("expired", ())))


def _check_places(file: str, key: str, card: dict[str, Any], given: set[str]) -> None:
    """Refuse a place that nothing fills, and a value that a template asks for in vain."""
    if missing := sorted(set(card.get("places", ())) - given):
        raise MalformedFact(f"{file}：“{key}.values”缺少“{'、'.join(missing)}”，应当补上")
    own = {webhook.TOKEN} if "token" in card else set()
    for name, known in [
        ("url", given | own), ("headers", given | own | set(webhook.OF_MESSAGE)),
        ("body", given | own | set(webhook.OF_MESSAGE)), ("token", given),
    ]:  # fmt: skip
        unknown = sorted(webhook.places(card.get(name, "")) - known)
        if unknown:
            raise MalformedFact(
                f"{file}：“{key}.{name}”里的 {{{unknown[0]}}} 没有内容可填，"
                f"只能用：{'、'.join(sorted(known)) or '（没有）'}"
            )


def _check_address(file: str, place: str, url: str) -> None:
    """Refuse an address that is not https, unless it is the machine itself."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.username or parts.fragment or webhook.places(host) or port == 0:
        raise MalformedFact(f"{file}：“{place}”写的是“{_bare(url)}”，不是完整的网址")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_own(host)):
        raise MalformedFact(
            f"{file}：“{place}”写的是“{_bare(url)}”，应以 https:// 开头；只有本机可以用 http"
        )


def _bare(url: str) -> str:
    """Return an address without its query, which may hold a key."""
    return url.split("?", 1)[0]


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
