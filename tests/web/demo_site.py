"""Starts the whole site as `make run` does, over a fresh demo, and drives a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PASSWORD = "gengdu-demo-2026"
WAIT_SECONDS = 600
QUIET = (
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


def browser_path() -> str | None:
    """Return the machine's Chromium, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def environment(folder: Path) -> dict[str, str]:
    """Return an environment whose data live in a folder of their own."""
    ours = {
        "GENGDU_VAR": str(folder),
        "GENGDU_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "gengdu.site.settings",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GENGDU_")}
    return {**kept, **ours}


def gengdu(folder: Path, *words: str) -> str:
    """Run one command over the demo in a folder and return what it printed."""
    command = [sys.executable, "-m", "gengdu.cli", *words]
    done = subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the demo in a folder, loading it first where it is not there; yields the address."""
    port = _free_port()
    log = (folder / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "gengdu.cli", "serve", "--port", str(port)],
        env=environment(folder), stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/login/", server, folder / "serve.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"the server stopped:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer within {WAIT_SECONDS} s:\n{log.read_text()}")


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser of the machine, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(QUIET))
        yield browser
        browser.close()


def sign_in(
    browser: Any, address: str, username: str, *, width: int = 1440, height: int = 900
) -> Any:
    """Return a page on which somebody has signed in through the form."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("form button.btn-primary")
    page.wait_for_url(f"{address}/")
    return page
