"""Sends messages to a gateway by a web-hook: an address, a body with places, what success means.

A gateway is tried again only when it surely has not taken the message: it could not be reached, or
it said that it is busy. When the answer is missing nobody knows, and nothing is sent again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from gengdu.records.reminders.senders import http
from gengdu.records.reminders.senders.base import Message, NotSent
from gengdu.records.reminders.senders.http import Answer, Unanswered, Unreachable

PLACE = re.compile(r"\{([a-z_]+)\}")
OF_MESSAGE = ("text", "markdown", "brief", "title", "link", "name", "email", "phone", "user_id")
TOKEN = "token"  # nosec B105
BUSY = {408, 425, 429, 500, 502, 503, 504}
FIRST_PAUSE = 1.0


@dataclass(frozen=True)
class Condition:
    """Where an answer says how it went, and what it says when all is well.

    Attributes:
        path: Keys down to the value, divided by dots, such as errcode.
        equals: What stands there on success.
        busy: Values that mean: come again later.
    """

    path: str
    equals: Any
    busy: tuple[Any, ...] = ()


@dataclass(frozen=True)
class TokenStep:
    """How a gateway hands out a token that each message has to carry.

    Attributes:
        url: Asked for with GET.
        path: Where the answer has the token.
        seconds: How long it is used.
        expired: Values of the condition of a message's answer that mean: the token is no good.
    """

    url: str
    path: str
    seconds: int
    expired: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Webhook:
    """One gateway, as the file of senders describes it.

    Attributes:
        url: https, or http to the machine itself; may hold places.
        body: What is posted as JSON; its texts may hold places.
        values: Further places, such as the key of a robot.
        sign_secret: The secret of a DingTalk robot with 加签; empty without.
        most_bytes: How long the text may be; None for any length.
    """

    label: str
    url: str
    body: Any
    success: Condition
    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str | int] = field(default_factory=dict)
    sign_secret: str = ""
    token: TokenStep | None = None
    timeout_seconds: float = 10.0
    tries: int = 3
    most_bytes: int | None = None


def places(of: Any) -> set[str]:
    """Return the names of every place in a text, a list or a mapping."""
    if isinstance(of, str):
        return set(PLACE.findall(of))
    if isinstance(of, list):
        return {name for item in of for name in places(item)}
    return (
        {name for item in of.values() for name in places(item)} if isinstance(of, dict) else set()
    )


def filled(of: Any, values: Mapping[str, str | int]) -> Any:
    """Return a body with its places filled; entries of lists that come to nothing are left out.

    A text that is one place and nothing else becomes its value, a number a number.
    """
    if isinstance(of, str):
        alone = PLACE.fullmatch(of)
        return values[alone[1]] if alone else PLACE.sub(lambda found: str(values[found[1]]), of)
    if isinstance(of, list):
        every = [filled(item, values) for item in of]
        return [item for item in every if item != ""]
    return {key: filled(item, values) for key, item in of.items()} if isinstance(of, dict) else of


def signature(secret: str, at: datetime) -> str:
    """Return the part of an address that signs it for DingTalk.

    Source: 钉钉开放平台, 自定义机器人安全设置, 加签: HmacSHA256 over the time in milliseconds, a
    line feed and the secret, with the secret as its key, in Base64.
    """
    stamp = str(round(at.timestamp() * 1000))
    sealed = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"timestamp={stamp}&sign={quote_plus(base64.b64encode(sealed))}"


class WebhookSender:
    """Posts each message to a gateway."""

    def __init__(self, hook: Webhook, pause: Callable[[float], None] = time.sleep) -> None:
        self._hook = hook
        self._pause = pause
        self._token: str | None = None
        self._token_until: datetime | None = None

    def send(self, message: Message) -> str:
        """Post the message; after longer and longer pauses try again what was surely not taken."""
        left, pause = self._hook.tries, FIRST_PAUSE
        while True:
            left -= 1
            try:
                return self._try(message)
            except NotSent as error:
                if error.is_final or not left:
                    raise
            self._pause(pause)
            pause *= 3

    def _try(self, message: Message) -> str:
        values = self._values(message)
        body = json.dumps(filled(self._hook.body, values), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            **{name: str(filled(text, values)) for name, text in self._hook.headers.items()},
        }
        answer = self._ask("POST", self._address(values, message.at), headers, body)
        return self._judged(answer)

    def _values(self, message: Message) -> dict[str, str | int]:
        most = self._hook.most_bytes
        to = message.to
        of_message = {
            "text": message.plain(most), "markdown": message.markdown(most),
            "brief": message.brief, "title": message.title, "link": message.link,
            "name": to.name, "email": to.email, "phone": to.phone, "user_id": to.user_id,
        }  # fmt: skip
        values: dict[str, str | int] = {**of_message, **self._hook.values}
        if self._hook.token is not None:
            values[TOKEN] = self._current_token(self._hook.token, message.at)
        return values

    def _address(self, values: Mapping[str, str | int], at: datetime) -> str:
        url = _filled_address(self._hook.url, values)
        if not self._hook.sign_secret:
            return url
        return f"{url}{'&' if urlsplit(url).query else '?'}{signature(self._hook.sign_secret, at)}"

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        label = self._hook.label
        try:
            return http.ask(
                method, url, headers=headers, body=body, seconds=self._hook.timeout_seconds
            )
        except Unreachable as error:
            raise NotSent(f"连不上{label}（{error}）", is_final=False) from None
        except Unanswered as error:
            reason = f"{label}没有答复（{error}），可能已送达"
            # A token that did not come is no message that may have gone out.
            is_message = method == "POST"
            raise NotSent(reason, is_final=is_message, is_unsure=is_message) from None

    def _current_token(self, step: TokenStep, at: datetime) -> str:
        if self._token and self._token_until is not None and at < self._token_until:
            return self._token
        url = _filled_address(step.url, self._hook.values)
        answer = self._ask("GET", url, {}, b"")
        found = _at(self._content(answer, is_message=False), step.path)
        if not isinstance(found, str) or not found:
            reason = f"{self._hook.label}没有给出令牌：{_told(answer)}"
            raise NotSent(reason, is_final=True)
        self._token, self._token_until = found, at + timedelta(seconds=step.seconds)
        return found

    def _judged(self, answer: Answer) -> str:
        """Return what a gateway said where all is well."""
        content = self._content(answer, is_message=True)
        success = self._hook.success
        said = _at(content, success.path)
        if said == success.equals and type(said) is type(success.equals):
            return f"{self._hook.label}已接收：{_told(answer)}"
        step = self._hook.token
        has_expired = step is not None and said in step.expired
        if has_expired:
            self._token = None
        reason = f"{self._hook.label}没有接收：{_told(answer)}"
        raise NotSent(reason, is_final=not has_expired and said not in success.busy)

    def _content(self, answer: Answer, *, is_message: bool) -> Any:
        """Return the JSON of an answer; a status that says no comes first."""
        label = self._hook.label
        if 300 <= answer.status < 400:
            raise NotSent(
                f"{label}要求转到别的网址（{answer.status}），没有照办。请核对网址。", is_final=True
            )
        if not 200 <= answer.status < 300:
            reason = f"{label}答复 {answer.status}：{_told(answer)}"
            raise NotSent(reason, is_final=answer.status not in BUSY)
        try:
            return json.loads(answer.body)
        except ValueError:
            reason = f"{label}的答复看不懂：{_told(answer)}"
            raise NotSent(reason, is_final=True, is_unsure=is_message) from None


def _filled_address(url: str, values: Mapping[str, str | int]) -> str:
    return str(filled(url, {name: quote(str(text), safe="") for name, text in values.items()}))


def _at(content: Any, path: str) -> Any:
    """Return what stands at a path of an answer; None where nothing does."""
    for key in path.split("."):
        if not isinstance(content, dict):
            return None
        content = content.get(key)
    return content


def _told(answer: Answer) -> str:
    """Return the beginning of an answer, in one line, for people to read."""
    text = answer.body.decode("utf-8", errors="replace")
    with suppress(ValueError):  # letters that JSON wrote as numbers become letters again
        text = json.dumps(json.loads(text), ensure_ascii=False)
    text = " ".join(text.split())
    printable = "".join(letter for letter in text if letter.isprintable())
    return printable[:160] or "（没有内容）"
