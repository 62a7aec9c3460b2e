"""The plans that were adopted: a folder each, below one that the settings name."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from gengdu.policy import facts
from gengdu.policy.facts import Plan
from gengdu.policy.loading import MalformedFact

log = logging.getLogger(__name__)


def adopted(folder: Path) -> Iterator[Plan]:
    """Yield every plan that can be read, in order of id; what cannot be is logged and left out."""
    for each in sorted(folder.glob("[a-z]*/plan.yaml")):
        try:
            yield facts.load(facts.HERE, each.parent)
        except MalformedFact as error:
            log.warning("%s", error)


def one(folder: Path, plan_id: str) -> Plan:
    """Return the plan of an id.

    Raises:
        MalformedFact: If there is none, or its files break a rule.
    """
    return facts.load(facts.HERE, _place(folder, plan_id))


def put_in_force(folder: Path, plan_id: str) -> None:
    """Let the plan of an id be the one in force in this process.

    Raises:
        MalformedFact: If there is none, or another was asked for already.
    """
    facts.put_in_force(_place(folder, plan_id))


def _place(folder: Path, plan_id: str) -> Path:
    there = {each.parent.name: each.parent for each in folder.glob("[a-z]*/plan.yaml")}
    if plan_id not in there:
        raise MalformedFact(f"没有编号为“{plan_id}”的方案；用 gengdu plan list 可列出全部")
    return there[plan_id]
