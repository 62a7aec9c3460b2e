"""The command line: one command is parse, one call, one plain sentence when something is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; wrong input ends with one sentence and exit code 2.

    Args:
        arguments: What was typed after `gengdu`; None takes it from the process.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    from gengdu.cli import messages

    try:
        _run(arguments)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.message)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        click.echo("已中断，没有留下写了一半的数据。", err=True)
        sys.exit(130)
    except Exception as error:
        sentence = messages.sentence_for(error)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        sys.exit(2)


def _run(arguments: Sequence[str] | None) -> None:
    _set_up(sys.argv[1:] if arguments is None else arguments)
    from gengdu.cli import commands

    commands.gengdu.main(arguments, prog_name="gengdu", standalone_mode=False)


def _set_up(typed: Sequence[str]) -> None:
    """Read the settings; the list of plans, which helps against a wrong one, goes without it."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured:
        if list(typed[:2]) != ["plan", "list"] or not (wrong := os.environ.pop("GENGDU_PLAN", "")):
            raise
        django.setup()
        click.echo(f"▲ GENGDU_PLAN={wrong}：没有这个方案，或它的文件有误；可用的如下。", err=True)
