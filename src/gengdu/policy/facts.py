"""Asks the plan and the standards: what was promised, by whom, how strictly, until when.

A fact is named without the plan's own number, such as principals.young_leader_share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from gengdu.kernel import quantities
from gengdu.policy import loading
from gengdu.policy.loading import MalformedFact

HERE = Path(__file__).parent
BUILT_IN = HERE / "plan"
EVERY_NOTICE_ITEM_HAS = ("lead", "coverage")


class UnknownFact(KeyError):
    """No fact has that name; the message is a Chinese sentence that offers near ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Source:
    """A document that facts are quoted from."""

    key: str
    title: str
    issuer: str
    number: str
    issued_on: str
    grade: str
    address: str


@dataclass(frozen=True)
class Value:
    """What a fact says from one day on.

    Attributes:
        from_on: First day the rule is in force.
        value: The number, exactly as written; None where the fact has none or was repealed.
        upper: The far end of a range.
        due_on: The day by which the result is expected; None where the document names none.
        quote: The words of the document; None where its official text is not at hand.
        reading: How a doubtful wording is read.
        grade: How sure the source is (standards.md §0); None for a quoted official text.
        checked_on: The day somebody last compared this with the source.
    """

    from_on: date
    value: Fraction | None
    upper: Fraction | None
    due_on: date | None
    quote: str | None
    reading: str
    grade: str | None
    checked_on: date | None


@dataclass(frozen=True)
class Fact:
    """One promise, rule, condition, threshold or standard."""

    name: str
    label_zh: str
    short_zh: str
    kind: str
    unit: str
    compare: str
    force: str
    scope: str
    recurs: str | None
    trends: tuple[str, ...]
    note_zh: str
    source: Source
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """Return what the fact says on a day; before its first day, what it will say first."""
        in_force = [value for value in self.values if value.from_on <= day]
        return in_force[-1] if in_force else self.values[0]


@dataclass(frozen=True)
class Measure:
    """One measure of the plan, or its goals (number 0)."""

    number: int
    key: str
    chapter: str
    label_zh: str
    lead: str
    partners: tuple[str, ...]
    coverage: str
    note_zh: str
    facts: tuple[Fact, ...]

    @property
    def promises(self) -> tuple[Fact, ...]:
        """The facts that promise a result."""
        return tuple(fact for fact in self.facts if fact.kind == "goal")

    @property
    def bodies(self) -> tuple[str, ...]:
        """The lead, then the partners in the order of the document."""
        return (self.lead, *self.partners)


@dataclass(frozen=True)
class Chapter:
    """One chapter of the plan."""

    key: str
    numeral_zh: str
    label_zh: str
    short_zh: str


@dataclass(frozen=True)
class Plan:
    """One plan: its chapters, measures and facts, and the standards they point to.

    Attributes:
        folder: Where its files are.
    """

    folder: Path
    title: str
    short_zh: str
    area_zh: str
    source: Source
    chapters: tuple[Chapter, ...]
    measures: tuple[Measure, ...]
    bodies: dict[str, str]
    facts: dict[str, Fact]

    @property
    def id(self) -> str:
        """Name of its folder; "plan" for the one that comes with the program."""
        return self.folder.name

    def fact(self, name: str) -> Fact:
        """Return a fact by name.

        Raises:
            UnknownFact: If there is none; the message offers names that look alike.
        """
        if name in self.facts:
            return self.facts[name]
        near = get_close_matches(name, self.facts, n=3, cutoff=0.5)
        hint = f"是不是想查：{'、'.join(near)}？" if near else "用 gengdu facts 可列出全部名称。"
        raise UnknownFact(f"没有名为“{name}”的事实，无法查询。{hint}")

    def measure_of(self, fact: Fact) -> Measure | None:
        """Return the measure a fact belongs to; None for a standard."""
        return next((measure for measure in self.measures if fact in measure.facts), None)

    @property
    def promises(self) -> tuple[Fact, ...]:
        """Every promise of the notice, in its order."""
        return tuple(promise for measure in self.measures for promise in measure.promises)


_in_force = BUILT_IN


def put_in_force(folder: Path) -> None:
    """Let a plan that was adopted be the one in force in this process.

    Raises:
        MalformedFact: If another plan has been asked for already.
    """
    global _in_force
    if plan.cache_info().currsize and folder != _in_force:
        raise MalformedFact("方案已经读过了，不能再换；请在启动时用 GENGDU_PLAN 写明")
    _in_force = folder


@cache
def plan() -> Plan:
    """Return the plan in force, read once per process."""
    return built_in() if _in_force == BUILT_IN else load(HERE, _in_force)


@cache
def built_in() -> Plan:
    """Return the plan that comes with the program: indicators and ledgers speak its words."""
    return load(HERE)


def body_zh(key: str) -> str:
    """Return what a responsible body is called; the key itself where no plan knows it.

    Accounts and tasks that were made under the built-in plan name bodies by its keys.
    """
    return plan().bodies.get(key) or built_in().bodies.get(key, key)


def measure_here(number: int, promises: Iterable[str] = ()) -> Measure:
    """Return which measure of the plan in force takes the place of a measure of the built-in one.

    That is the measure that holds one of some promises, else the one with the same key, else the
    goals, which every plan has.

    Args:
        number: Of the measure in the built-in plan.
        promises: What belongs to it is about.
    """
    own, ours = built_in(), plan()
    measure = next(one for one in own.measures if one.number == number)
    if ours is own:
        return measure
    held = (ours.measure_of(ours.facts[name]) for name in promises if name in ours.facts)
    found = next((one for one in held if one is not None), None)
    same = next((one for one in ours.measures if one.key == measure.key), None)
    return found or same or ours.measures[0]


def fact(name: str) -> Fact:
    """Return one fact of the plan in force."""
    return plan().fact(name)


def value(name: str, *, on: date) -> Fraction:
    """Return the number a fact states on a day.

    Raises:
        UnknownFact: If no fact has the name, or it has no number on that day.
    """
    number = fact(name).on(on).value
    if number is None:
        raise UnknownFact(f"“{name}”在 {on} 没有数值，无法用于计算；请在对应的事实文件里补上。")
    return number


def load(folder: Path, of_plan: Path | None = None) -> Plan:
    """Read a whole policy folder.

    Args:
        folder: With the standards and their sources.
        of_plan: Folder of the plan, which may have sources of its own; by default the one inside.

    Raises:
        MalformedFact: If any file breaks a rule.
    """
    of_plan = of_plan or folder / "plan"
    sources = _sources(folder)
    if (of_plan / "sources.yaml").exists():
        sources |= _sources(of_plan)
    outline = loading.read_yaml(of_plan / "plan.yaml")
    facts: dict[str, Fact] = {}
    measures: dict[int, Measure] = {}
    for path in _plan_files(of_plan):
        measure = _measure(path, sources, outline["bodies"])
        if measure.number in measures:
            raise MalformedFact(
                f"{path.name}：第 {measure.number} 条在别的文件里已经有了，请改正编号"
            )
        measures[measure.number] = measure
        _add(facts, path, measure.facts)
    for path in sorted((folder / "standards").glob("*.yaml")):
        _add(facts, path, _facts(path, path.stem, loading.read_facts_file(path), sources))
    return Plan(
        folder=of_plan,
        title=outline["title"],
        short_zh=outline["short_zh"],
        area_zh=outline["area_zh"],
        source=sources[outline["source"]],
        chapters=tuple(Chapter(**chapter) for chapter in outline["chapters"]),
        measures=tuple(measures[number] for number in sorted(measures)),
        bodies=outline["bodies"],
        facts=facts,
    )


def read_standard(path: Path) -> tuple[dict[str, Any], tuple[Fact, ...]]:
    """Return the card of a file of the form of a standard, and its facts.

    Raises:
        MalformedFact: If it breaks a rule.
    """
    content = loading.read_facts_file(path)
    return content, _facts(path, path.stem, content, _sources(HERE))


def _sources(folder: Path) -> dict[str, Source]:
    cards = loading.read_yaml(folder / "sources.yaml")
    return {key: _source(key, card) for key, card in cards.items()}


def _add(facts: dict[str, Fact], path: Path, more: tuple[Fact, ...]) -> None:
    for item in more:
        if item.name in facts:
            raise MalformedFact(f"{path.name}：“{item.name}”在别的文件里已经有了，请换一个名称")
        facts[item.name] = item


def _plan_files(folder: Path) -> list[Path]:
    return [folder / "goals.yaml", *sorted(folder.glob("*/m*.yaml"))]


def _source(key: str, card: dict[str, str]) -> Source:
    wanted = [field.name for field in fields(Source) if field.name != "key"]
    if sorted(card) != sorted(wanted):
        raise MalformedFact(f"sources.yaml：“{key}”应当恰好写明：{'、'.join(wanted)}")
    return Source(key=key, **card)


def _measure(path: Path, sources: dict[str, Source], bodies: dict[str, str]) -> Measure:
    content = loading.read_facts_file(path)
    for key in EVERY_NOTICE_ITEM_HAS:
        if key not in content:
            raise MalformedFact(f"{path.name}：缺少“{key}”，通知里的每一条都要写明")
    for body in (content["lead"], *content.get("partners", ())):
        if body not in bodies:
            raise MalformedFact(f"{path.name}：责任单位“{body}”不在 plan.yaml 的单位表里")
    key = path.stem.split("_", 1)[1] if path.stem.startswith("m") else path.stem
    return Measure(
        number=content.get("measure", 0),
        key=key,
        chapter=content.get("chapter", ""),
        label_zh=content["label_zh"],
        lead=content["lead"],
        partners=tuple(content.get("partners", ())),
        coverage=content["coverage"],
        note_zh=content.get("note_zh", ""),
        facts=_facts(path, key, content, sources),
    )


def _facts(
    path: Path, prefix: str, content: dict[str, Any], sources: dict[str, Source]
) -> tuple[Fact, ...]:
    built = []
    for name, card in content["facts"].items():
        source = card.get("source", content["source"])
        if source not in sources:
            raise MalformedFact(f"{path.name}：“{name}”的来源“{source}”不在 sources.yaml 里")
        full = name if "." in name else f"{prefix}.{name}"
        built.append(_fact(full, card, sources[source]))
    return tuple(built)


def _fact(name: str, card: dict[str, Any], source: Source) -> Fact:
    return Fact(
        name=name,
        label_zh=card["label_zh"],
        short_zh=card.get("short_zh", card["label_zh"]),
        kind=card["kind"],
        unit=card["unit"],
        compare=card["compare"],
        force=card["force"],
        scope=card.get("scope", ""),
        recurs=card.get("recurs"),
        trends=tuple(card.get("trends", ())),
        note_zh=card.get("note_zh", ""),
        source=source,
        values=tuple(_value(item) for item in card["values"]),
    )


def _value(item: dict[str, Any]) -> Value:
    def day(key: str) -> date | None:
        return date.fromisoformat(item[key]) if key in item else None

    def number(key: str) -> Fraction | None:
        return None if item.get(key) is None else quantities.exact(item[key])

    return Value(
        from_on=date.fromisoformat(item["from"]),
        value=number("value"),
        upper=number("upper"),
        due_on=day("due"),
        quote=item["quote"],
        reading=item.get("reading", ""),
        grade=item.get("grade"),
        checked_on=day("checked"),
    )
