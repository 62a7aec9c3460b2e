"""A server over a demo database, and people who ask it for pages."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

from bench import databases

PLAIN = "/login/"


@contextlib.contextmanager
def server(scale: int, *, with_worker: bool = False) -> Iterator[int]:
    """Serve a scale's demo with two workers of four threads; gives the port.

    with_worker: whether the process for long tasks runs beside it, as in `gengdu serve`; it writes.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = databases.environment(scale, to_write=with_worker)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True,
                   env=environment, stdout=sys.stderr)  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "gengdu.site.wsgi:application", "--workers", "2",
               "--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
    started = [subprocess.Popen(command, env=environment)]
    if with_worker:
        worker = [sys.executable, "-m", "gengdu.cli", "work"]
        started.append(subprocess.Popen(worker, env=environment, stdout=sys.stderr))
    try:
        _wait(port)
        yield port
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


def _wait(port: int) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            get(port, PLAIN, "")
            return
        time.sleep(0.5)
    raise TimeoutError("the server does not answer")


def signed_in(port: int, username: str) -> str:
    """Log a demo account in and return its cookies."""
    from gengdu.demo.accounts import DEMO_PASSWORD

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PLAIN)
    response = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.read().decode())
    assert token is not None
    cookie = str(response.headers["Set-Cookie"]).split(";")[0]
    form = {"username": username, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token[1]}
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", PLAIN, urlencode(form), head)
    answer = connection.getresponse()
    answer.read()
    session = [item.split(";")[0] for item in answer.headers.get_all("Set-Cookie") or []]
    assert any("sessionid" in item for item in session), answer.status
    return "; ".join(session)


def get(port: int, address: str, cookie: str) -> tuple[float, int, str]:
    """Ask for a page; returns seconds, status and text."""
    return _asked(port, "GET", address, {"Cookie": cookie})


def submit(
    port: int, address: str, cookie: str, fields: Sequence[tuple[str, str]]
) -> tuple[float, int, str]:
    """Send a form that leads to a page; returns seconds, status and text."""
    heads = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
             "Referer": f"http://127.0.0.1:{port}{address}"}  # fmt: skip
    return _asked(port, "POST", address, heads, urlencode(fields))


def _asked(
    port: int, method: str, address: str, heads: dict[str, str], body: str | None = None
) -> tuple[float, int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request(method, address, body, heads)
    response = connection.getresponse()
    text = response.read().decode()
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds, response.status, text


def post(
    port: int, page: str, address: str, cookie: str, form: dict[str, str], file: Path | None = None
) -> str:
    """Send a page's form, with a file where one is given; returns where the answer leads."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', get(port, page, cookie)[2])
    assert token is not None, page
    edge = "gengdu-bench-edge"
    body = b""
    for name, value in {**form, "csrfmiddlewaretoken": token[1]}.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        body += f"{head}{value}\r\n".encode()
    if file is not None:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"'
        body += f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        body += file.read_bytes() + b"\r\n"
    body += f"--{edge}--\r\n".encode()
    heads = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={edge}",
             "Referer": f"http://127.0.0.1:{port}{page}"}  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", address, body, heads)
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 302, (address, response.status)
    return str(response.headers["Location"])


def share(values: list[float], part: float) -> float:
    """Return the value that a part of all values, from 0 to 1, does not exceed."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]
