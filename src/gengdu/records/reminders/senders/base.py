"""What is sent, and what a sender promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _


class NotSent(RuntimeError):
    """A message did not go out; the message of the error says why, for people to read.

    Attributes:
        is_final: Whether trying again cannot help until somebody mends something.
        is_unsure: Whether it may have gone out after all, so that it must not be sent again.
    """

    def __init__(self, reason: str, *, is_final: bool, is_unsure: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final or is_unsure
        self.is_unsure = is_unsure


@dataclass(frozen=True)
class Address:
    """Whom a message is for; a channel uses what it needs of it."""

    name: str
    email: str = ""
    phone: str = ""
    user_id: str = ""


@dataclass(frozen=True)
class Item:
    """One line of a message, with the whole address of the page to go to."""

    text: str
    link: str


@dataclass(frozen=True)
class Message:
    """One message to one person.

    Attributes:
        head: The first sentence: how many things there are.
        link: The page that lists them all.
        at: When it is sent, for gateways that want the time signed.
    """

    to: Address
    title: str
    head: str
    items: tuple[Item, ...]
    link: str
    at: datetime

    def plain(self, most_bytes: int | None = None) -> str:
        """Return the message as plain text; of a long one as many lines as fit.

        Args:
            most_bytes: How long it may be, in bytes of UTF-8; None for any length.
        """
        lines = [f"{number}. {item.text}\n{item.link}" for number, item in enumerate(self.items, 1)]
        return self._fitted(self.head, lines, most_bytes)

    def markdown(self, most_bytes: int | None = None) -> str:
        """Return the message as Markdown, each line a link."""
        lines = [
            f"{number}. [{_unmarked(item.text)}]({item.link})"
            for number, item in enumerate(self.items, 1)
        ]
        return self._fitted(f"**{_unmarked(self.head)}**\n", lines, most_bytes)

    def _fitted(self, head: str, lines: list[str], most_bytes: int | None) -> str:
        for shown in range(len(lines), 0, -1):
            left = len(lines) - shown
            more = [_("……还有 %(count)s 项") % {"count": left}] if left else []
            end = _("全部提醒：%(link)s") % {"link": self.link}
            text = "\n".join([head, *lines[:shown], *more, end])
            if most_bytes is None or len(text.encode()) <= most_bytes:
                return text
        return f"{head}\n{self.link}".strip()

    @property
    def brief(self) -> str:
        """The head and one address, for short messages."""
        return f"{self.head} {self.link}"


def _unmarked(text: str) -> str:
    """Take out what Markdown would read as a mark."""
    return text.translate(str.maketrans("[]\n", "（） ", "*`"))


class Sender(Protocol):
    """Sends a message, or says why not."""

    def send(self, message: Message) -> str:
        """Send a message and return what the other side answered.

        Raises:
            NotSent: If it did not go out, or nobody can know.
        """
        ...
