"""What is kept in the repository: locks with hashes, and nothing of one machine or one network."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) + r")/\w"
)
PACKAGE_INDEXES = re.compile(
    "|".join(["py" + "pi\\.org", "python" + "hosted", "npm" + "js\\.(?:org|com)", "npm" + "mirror",
              "tuna\\.tsing" + "hua", "mirrors\\.", "--(?:extra-)?index-" + "url[ =]",
              "--find-" + "links"])
)  # fmt: skip


def kept_files() -> list[Path]:
    """Return every file that is tracked, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in kept_files():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found.append((path.relative_to(ROOT).as_posix(), text))
    return found


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, PACKAGE_INDEXES], ids=["machine", "index"])
def test_nothing_names_a_path_of_one_machine_or_a_package_index(pattern: re.Pattern[str]) -> None:
    found = {name: match[0] for name, text in texts() if (match := pattern.search(text))}

    assert found == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_its_version_and_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]

    assert lines
    for line in lines:
        assert re.fullmatch(
            r"[a-z0-9._-]+==[^ ;]+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+", line
        ), line[:80]


def test_every_wish_list_has_a_lock() -> None:
    wishes = {path.stem for path in (ROOT / "requirements").glob("*.in")}

    assert {lock.stem for lock in LOCKS} == wishes == {"run", "dev", "spark", "node"}


def test_the_front_end_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}

    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
    assert '"resolved"' not in text


def test_front_end_packages_are_asked_for_by_exact_version() -> None:
    wanted = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))[
        "dependencies"
    ]
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]

    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version


def test_the_root_stays_short() -> None:
    at_root = {path.relative_to(ROOT).parts[0] for path in kept_files()}

    assert len(at_root) <= 24, sorted(at_root)


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "common", "helpers", "misc", "manager", "data_utils"}

    found = [path for path in kept_files() if path.suffix == ".py" and path.stem in drawers]

    assert found == []
