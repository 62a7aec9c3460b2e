"""Writes messages to the console, for the demo."""

from __future__ import annotations

import sys
from typing import TextIO

from gengdu.records.reminders.senders.base import Message


class ConsoleSender:
    """Writes each message to a stream; to the standard output unless told otherwise."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, message: Message) -> str:
        """Write the message."""
        stream = self._stream or sys.stdout
        stream.write(f"——— {message.to.name} ———\n{message.plain()}\n\n")
        stream.flush()
        return "已写到控制台"
