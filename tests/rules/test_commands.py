"""Every command and option has help, and is described where people look for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gengdu.cli.commands import gengdu

COMMANDS = dict(gengdu.commands)


def with_parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command, and every command of a group."""
    yield name, command
    for part in command.commands.values() if isinstance(command, click.Group) else ():
        yield name, part


EVERY = [found for item in COMMANDS.items() for found in with_parts(*item)]
OPTIONS = [
    pytest.param(name, option, id=f"{name} {command.name} {option.opts[0]}")
    for name, command in EVERY
    for option in command.params
    if isinstance(option, click.Option)
]


def is_chinese(text: str | None) -> bool:
    return any("一" <= letter <= "鿿" for letter in text or "")


@pytest.mark.parametrize(("name", "command"), EVERY)
def test_every_command_says_what_it_does(name: str, command: click.Command) -> None:
    assert is_chinese(command.help)


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_says_what_it_does(name: str, option: click.Option) -> None:
    assert is_chinese(option.help), f"gengdu {name} {option.opts[0]}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_readme_and_in_the_manual(name: str, root: Path) -> None:
    manual = (root / "docs/how-to/command-line.md").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")

    assert f"gengdu {name}" in readme
    assert f"\n## `gengdu {name}" in manual


@pytest.mark.parametrize(("name", "command"), EVERY)
def test_every_command_of_a_group_stands_in_the_manual(
    name: str, command: click.Command, root: Path
) -> None:
    manual = (root / "docs/how-to/command-line.md").read_text(encoding="utf-8")

    assert command.name == name or f"`gengdu {name} {command.name}" in manual


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_stands_in_the_manual(name: str, option: click.Option, root: Path) -> None:
    manual = (root / "docs/how-to/command-line.md").read_text(encoding="utf-8")
    section = manual.split(f"\n## `gengdu {name}", 1)[1].split("\n## ", 1)[0]

    assert f"`{option.opts[0]}" in section


def test_the_manual_names_no_command_or_option_that_is_gone(root: Path) -> None:
    manual = (root / "docs/how-to/command-line.md").read_text(encoding="utf-8")
    headings = {
        line.split()[2].strip("`") for line in manual.splitlines() if line.startswith("## `")
    }
    options = {word.strip("`,.;:()") for word in manual.split() if word.startswith("`--")}

    assert headings == set(COMMANDS)
    known = {name for param in OPTIONS for name in param.values[1].opts} | {"--help"}  # type: ignore[attr-defined]
    assert options <= known
