"""The notices of this folder with what a careful official reads in them.

A snippet is found whatever white space stands in it. A field that a label leaves out has the
default given here, or is not scored (`ANY`); a list names readings that are equally right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gengdu.policy import notice

HERE = Path(__file__).parent
OURS = "weihai"


class _Any:
    """Stands for a field that is not scored."""

    def __repr__(self) -> str:
        return "ANY"


ANY = _Any()
Choices = tuple[Any, ...] | _Any
"""Readings that are equally right."""


@dataclass(frozen=True)
class Clause:
    """Who answers, in one place of a measure.

    Attributes:
        roles: What the words say that bodies do; bodies of whom they say nothing are left out.
        others: Other ordered lists that are equally right (`or` in a label).
    """

    units: tuple[str, ...]
    lead: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    open_ended: Choices
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Measure:
    """One measure; its title is ANY where an article has none."""

    no: int
    title: str | _Any
    clauses: tuple[Clause, ...]
    optional: bool = False
    bodies_optional: bool = False


@dataclass(frozen=True)
class Target:
    """One number, deadline or title; `fields` names the readings that are right."""

    start: int
    end: int
    text: str
    fields: dict[str, Choices]
    optional: bool = False

    @property
    def is_goal(self) -> bool:
        """Whether it is a goal before anything else."""
        kinds = self.fields["kind"]
        return isinstance(kinds, tuple) and kinds[0] == "goal"


@dataclass(frozen=True)
class Labelled:
    """A notice and what stands in it."""

    name: str
    text: str
    head: dict[str, Choices]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    missing: tuple[str, ...] = field(default=())


def names(*, held_out: bool = True) -> list[str]:
    """Return the names of all notices, ours first."""
    found = sorted(
        path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.glob("*.yaml")
    )
    kept = sorted(f"held_out/{path.stem}" for path in (HERE / "held_out").glob("*.yaml"))
    return [OURS, *found, *(kept if held_out else [])]


@cache
def load(name: str) -> Labelled:
    """Return one notice with its labels resolved to places."""
    if name == OURS:
        return _ours()
    said = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return _resolved(name, text_of(name), said)


def text_of(name: str) -> str:
    """Return the text of a notice as the reader gets it."""
    path = next(path for path in HERE.glob(f"{name}.*") if path.suffix != ".yaml")
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    from gengdu.notices import files

    return files.text_of(path, path.name)


def _resolved(name: str, text: str, said: dict[str, Any]) -> Labelled:
    finder = _Finder(text)
    targets = tuple(_target(one, finder) for one in said["targets"])
    measures = tuple(_measure(one, finder) for one in said["measures"])
    head = {key: _choices(said[key]) for key in ("title", "issuer", "doc_no")}
    head["date"] = (str(said["date"]),) if said["date"] else (None,)
    return Labelled(name, text, head, measures, targets, tuple(finder.missing))


class _Finder:
    """Finds snippets whatever white space stands in the text."""

    def __init__(self, text: str) -> None:
        self._places = [at for at, character in enumerate(text) if not character.isspace()]
        self._bare = "".join(text[at] for at in self._places)
        self.missing: list[str] = []

    def span(self, snippet: str, occurrence: int = 1) -> tuple[int, int]:
        wanted, at = "".join(snippet.split()), -1
        for _ in range(occurrence):
            at = self._bare.find(wanted, at + 1)
            if at < 0:
                self.missing.append(snippet)
                return 0, 0
        return self._places[at], self._places[at + len(wanted) - 1] + 1


def _choices(said: Any) -> tuple[Any, ...]:
    return tuple(said) if isinstance(said, list) else (said,)


def _units(said: Any) -> tuple[str, ...]:
    if isinstance(said, list):
        return tuple(said)
    # A comma inside brackets parts nothing: 各县（市、区）人民政府 is one body.
    return tuple(re.split(r"[、，](?![^（]*）)", said)) if said else ()


def _measure(said: dict[str, Any], finder: _Finder) -> Measure:
    title = said["title"]
    if title is not None:
        finder.span(title)
    return Measure(
        said["number"],
        ANY if title is None else title,
        tuple(_clause(one, finder) for one in said["bodies"]),
        said.get("optional", False),
        said.get("bodies_optional", False),
    )


def _clause(said: str | dict[str, Any], finder: _Finder) -> Clause:
    told = {"raw": said} if isinstance(said, str) else said
    finder.span(told["raw"], told.get("occurrence", 1))
    units = _units(told.get("units", told["raw"]))
    roles = {unit: _choices(role) for unit, role in told.get("roles", {}).items()}
    finder.missing += [unit for unit in roles if unit not in units]
    others = tuple(_units(other) for other in told.get("or", ()))
    lead = told.get("lead", [one[0] for one in (units, *others) if one])
    open_ended = _choices(told.get("open_ended", False))
    return Clause(units, _choices(lead), roles, open_ended, others)


def _target(said: dict[str, Any], finder: _Finder) -> Target:
    start, end = finder.span(said["text"], said.get("occurrence", 1))
    years, kinds = _choices(said.get("year")), _choices(said.get("year_kind"))
    if "year_kind" not in said:
        kinds = tuple("year" if year else None for year in years)
    value = said.get("value")
    fields: dict[str, Choices] = {
        "measure": _choices(said["measure"]),
        "indicator": _choices(said["indicator"]) if "indicator" in said else ANY,
        "scope": _choices(said["scope"]) if "scope" in said else ANY,
        # Whether 三年内 is told as a year is the reader's choice.
        "year": ANY if "relative" in kinds and "year" not in said else years,
        "year_kind": kinds,
        "comparison": _choices(said["comparison"]) if "comparison" in said else ANY,
        "value": (tuple(value) if isinstance(value, list) else value,)
        if value is not None
        else ANY,
        "unit": _choices(said.get("unit", "%")) if value is not None else ANY,
        "force": _choices(said.get("force", "must")),
        "kind": _choices(said.get("kind", "goal")),
    }
    return Target(start, end, said["text"], fields, said.get("optional", False))


# Our own notice: its labels are the plan

_COUNTED = ("全覆盖", "全部", "争创", "争取", "原则上", "普遍", "所有")


@cache
def _ours() -> Labelled:
    text = (notice.HERE / "notice.txt").read_text(encoding="utf-8")
    plan = yaml.safe_load((notice.HERE / "plan.yaml").read_text(encoding="utf-8"))
    finder = _Finder(text)
    files = [_read(path) for path in sorted(notice.HERE.glob("*/m*.yaml"))]
    files.sort(key=lambda said: said["measure"])
    measures = tuple(_of_file(said, plan["bodies"]) for said in files)
    goals = _read(notice.HERE / "goals.yaml") | {"measure": None}
    targets = tuple(one for said in [goals, *files] for one in _facts(said, finder))
    head: dict[str, Choices] = {
        "title": ("关于印发威海经济技术开发区建设乡村教育振兴先行区专项工作方案的通知",),
        "issuer": ("威海经济技术开发区党政办公室",),
        "doc_no": ("经技区党政办发〔2023〕23号",),
        "date": ("2023-06-30",),
    }
    return Labelled(OURS, text, head, measures, targets, tuple(finder.missing))


def _read(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return said


def _of_file(said: dict[str, Any], bodies: dict[str, str]) -> Measure:
    units = tuple(bodies[key] for key in [said["lead"], *said["partners"]])
    return Measure(said["measure"], said["label_zh"], (Clause(units, units[:1], {}, (False,)),))


def _facts(said: dict[str, Any], finder: _Finder) -> Iterator[Target]:
    facts = list(said.get("facts", {}).values())
    quotes = {str(fact["values"][0]["quote"]) for fact in facts}
    for fact in facts:
        value = fact["values"][0]
        if value["quote"] is None:
            continue
        start, end = finder.span(_own_words(value["quote"], fact["unit"], quotes))
        told = bool(value.get("due")) or any(word in value["quote"] for word in _COUNTED)
        fields = _of_fact(fact, value) | {"measure": (said["measure"],)}
        yield Target(start, end, value["quote"], fields, optional=not told)


def _own_words(quote: str, unit: str, quotes: set[str]) -> str:
    """Return the words of a quote that are of this fact alone.

    A quote may begin at the head of its sentence, whose deadline it needs, and so hold the facts
    between.
    """
    if unit == "ratio":
        return quote.rsplit("，", 1)[-1]
    before = max((q for q in quotes if q != quote and quote.startswith(q)), key=len, default="")
    return quote[len(before) :].lstrip("，。")


def _of_fact(fact: dict[str, Any], value: dict[str, Any]) -> dict[str, Choices]:
    due = value["due"].year if value.get("due") else None
    share = fact["unit"] == "share"
    # Where the plan counts what the words only say (全面建立), a reader need not.
    told = any(word in value["quote"] for word in _COUNTED) or re.search(
        r"\d+[%\.]", value["quote"]
    )
    counted = fact["compare"] in ("at_least", "at_most") and fact["unit"] in ("share", "ratio")
    counted = counted and bool(told)
    return {
        "indicator": ANY,
        "scope": ANY,
        "year": (due,),
        "year_kind": ("start" if fact["compare"] == "start" else "year",) if due else ANY,
        "comparison": (fact["compare"],) if counted or not share else ANY,
        "value": (value["value"] * (100 if share else 1),) if counted else ANY,
        "unit": ("%" if share else "",) if counted else ANY,
        "force": (fact["force"],),
        "kind": (fact["kind"],),
    }
