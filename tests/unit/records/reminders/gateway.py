"""A stand-in for a gateway and one for a mail server, on this machine alone."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """One question the gateway got."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


Reply = tuple[int, Any] | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Gateway:
    """What a stand-in answers, in turn, and what it was asked; the last answer is for ever."""

    replies: list[Reply]
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def serving(*replies: Reply) -> Iterator[Gateway]:
    """Serve on a free port of the loopback until the block ends."""
    gateway = Gateway(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            text = self.rfile.read(length)
            parts = urlsplit(self.path)
            gateway.asked.append(
                Asked(self.command, parts.path, parse_qs(parts.query), dict(self.headers),
                      json.loads(text) if text else None)
            )  # fmt: skip
            reply = gateway.next_reply()
            if callable(reply):
                reply(self)
                return
            status, content = reply
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{gateway.url}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailServer:
    """What a mail server got, and what it says to a recipient and to a letter."""

    to_recipient: str = "250 ok"
    to_letter: str = "250 queued"
    hangs_up_after_letter: bool = False
    letters: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def answers(self) -> dict[str, str]:
        """What it says to each word; ok to all others."""
        return {"RCPT": self.to_recipient, "DATA": "354 go on", "QUIT": "221 bye"}


@contextmanager
def taking_mail(**how: Any) -> Iterator[MailServer]:
    """Take mail on a free port of the loopback until the block ends."""
    mail = MailServer(**how)

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 stand-in")
            word = ""
            while word != "QUIT" and (line := self.rfile.readline().decode().strip()):
                word = line[:4].upper()
                self.say(mail.answers.get(word, "250 ok"))
                if word == "DATA":
                    mail.letters.append(self.letter())
                    if mail.hangs_up_after_letter:
                        return
                    self.say(mail.to_letter)

        def letter(self) -> str:
            return "\n".join(iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), "."))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mail.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield mail
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
