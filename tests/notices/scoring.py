"""How much of a notice a reading got right: precision and recall by field; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import product, zip_longest
from typing import Any

from tests.notices.labels import ANY, Choices, Labelled, Measure, Target

Json = Mapping[str, Any]

HEAD = ("title", "issuer", "doc_no", "date")
MEASURE = ("measure", "bodies", "lead", "roles", "open_ended")
TARGET = ("measure", "indicator", "scope", "year", "year_kind", "comparison", "value", "unit",
          "force", "kind")  # fmt: skip
TOGETHER = ("year", "comparison", "value", "unit")
"""What the issue asks to be right together."""
ALIKE = 0.6
"""From how much likeness on two names of an indicator or a scope say the same."""


@dataclass
class Tally:
    """How often something was right.

    Attributes:
        right: How many times reading and label agree.
        wanted: How many the labels name.
        given: How many the reading names.
    """

    right: int = 0
    wanted: int = 0
    given: int = 0

    @property
    def recall(self) -> float | None:
        """The share of what is wanted that is right; None where nothing is wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """The share of what is given that is right; None where nothing is given."""
        return self.right / self.given if self.given else None

    def add(self, right: bool, *, wanted: bool = True, given: bool = True) -> None:
        """Count one more."""
        self.right += right
        self.wanted += wanted
        self.given += given

    def take(self, other: Tally) -> None:
        """Add what another counted."""
        self.right += other.right
        self.wanted += other.wanted
        self.given += other.given


@dataclass
class Score:
    """The tallies of one or more notices by field, and in words what went wrong."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def of(self, name: str) -> Tally:
        """Return the tally of a field."""
        return self.tallies.setdefault(name, Tally())

    def take(self, other: Score) -> None:
        """Add the score of another notice."""
        for name, tally in other.tallies.items():
            self.of(name).take(tally)
        self.faults += other.faults

    def note(self, name: str, wanted: object, given: object) -> None:
        """Keep one fault in words."""
        self.faults.append(f"{name}: wanted {wanted!r}, given {given!r}")


def score(labelled: Labelled, reading: Json) -> Score:
    """Compare a reading in its JSON form with the labels of its notice."""
    result = Score()
    _score_head(labelled, reading, result)
    _score_measures(labelled, reading["measures"], result)
    _score_targets(labelled, reading["targets"], result)
    return result


def plain(words: object) -> str:
    """Return words without white space and differences of width."""
    return "".join(unicodedata.normalize("NFKC", str(words or "")).split())


def _score_head(labelled: Labelled, reading: Json, result: Score) -> None:
    for name in HEAD:
        choices, given = labelled.head[name], reading[name]
        assert isinstance(choices, tuple)
        right = any(plain(given) == plain(choice) for choice in choices)
        if given or any(choices):
            result.of(f"head {name}").add(right, wanted=any(choices), given=bool(given))
        if not right:
            result.note(f"head {name}", choices[0], given)


# Measures


def _score_measures(labelled: Labelled, given: Sequence[Json], result: Score) -> None:
    pairs, extra = paired_measures(labelled.measures, given)
    for wanted, found in pairs:
        if found is None:
            if not wanted.optional:
                result.of("measures").add(False, given=False)
                result.of("bodies").add(False, wanted=bool(wanted.clauses), given=False)
                result.of("lead").add(False, wanted=bool(wanted.clauses), given=False)
                result.note("measure missing", (wanted.no, wanted.title), None)
            continue
        right = found["no"] == wanted.no and _is_title(wanted, found)
        result.of("measures").add(right, wanted=not wanted.optional or right)
        if not right:
            result.note("measure", (wanted.no, wanted.title), (found["no"], found["title"]))
        _score_bodies(wanted, found["bodies"], result)
    for one in extra:
        result.of("measures").add(False, wanted=False)
        result.of("bodies").add(False, wanted=False, given=bool(one["bodies"]))
        result.note("measure too many", None, (one["no"], one["title"]))


def paired_measures(
    wanted: Sequence[Measure], given: Sequence[Json]
) -> tuple[list[tuple[Measure, Json | None]], list[Json]]:
    """Pair labels with read measures in order; what is left of the read ones comes second."""
    left, pairs = list(given), []
    for one in wanted:
        found = max(left, key=lambda other: _likeness(one, other), default=None)
        if found is not None and _likeness(one, found) < ALIKE:
            found = None
        if found is not None:
            left.remove(found)
        pairs.append((one, found))
    return pairs, left


def _likeness(wanted: Measure, given: Json) -> float:
    same_number = 0.1 * (wanted.no == given["no"])
    if wanted.title is ANY:
        return 10 * same_number
    return _alike(str(wanted.title), given["title"]) + same_number


def _alike(left: str, right: str) -> float:
    left, right = plain(left), plain(right)
    if left == right:
        return 1
    if len(left) > 1 and len(right) > 1 and (left in right or right in left):
        return max(ALIKE, min(len(left), len(right)) / max(len(left), len(right)))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _is_title(wanted: Measure, given: Json) -> bool:
    return wanted.title is ANY or plain(wanted.title) == plain(given["title"])


def _score_bodies(wanted: Measure, given: Sequence[Json], result: Score) -> None:
    names = [plain(unit) for clause in wanted.clauses for unit in clause.units]
    told = [plain(unit) for clause in given for unit in clause["units"]]
    if not told and (wanted.bodies_optional or not names):
        return
    right = told in _readings(wanted)
    result.of("bodies").add(right, wanted=bool(names), given=bool(told))
    if not right:
        result.note(f"bodies of {wanted.no} {wanted.title}", names, told)
    for clause, found in zip_longest(wanted.clauses, given):
        if clause is None or found is None:
            result.of("lead").add(False, wanted=clause is not None, given=found is not None)
            continue
        result.of("lead").add(plain(found["lead"]) in map(plain, clause.lead))
        result.of("open_ended").add(found["open_ended"] in clause.open_ended)
        for unit, roles in clause.roles.items():
            role = found["roles"].get(unit)
            result.of("roles").add(role in roles, given=role is not None)
            if role not in roles:
                result.note(f"role of {unit} in {wanted.no} {wanted.title}", roles, role)


def _readings(wanted: Measure) -> list[list[str]]:
    """Return every list of names, in order, that is right for a measure."""
    choices = [(clause.units, *clause.others) for clause in wanted.clauses]
    return [[plain(unit) for units in one for unit in units] for one in product(*choices)]


# Targets


def overlap(left: Target, right: Json) -> float:
    """Return how much of the shorter of two spans the other covers, 0 to 1."""
    shared = min(left.end, right["end"]) - max(left.start, right["start"])
    shorter = min(left.end - left.start, right["end"] - right["start"])
    return max(shared, 0) / shorter if shorter > 0 else 0


def _union(left: Target, right: Json) -> float:
    shared = min(left.end, right["end"]) - max(left.start, right["start"])
    return shared / (max(left.end, right["end"]) - min(left.start, right["start"]))


def paired_targets(wanted: Sequence[Target], given: Sequence[Json]) -> dict[int, int]:
    """Pair labels with read targets one to one, the likest first: label → read target."""
    ranked = []
    for number, one in enumerate(wanted):
        for place, other in enumerate(given):
            if overlap(one, other) >= 0.5:
                right = [is_right(one, other, name) for name in ("value", "kind", "year")]
                ranked.append((-sum(right), -_union(one, other), number, place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, number, place in sorted(ranked):
        if number not in pairs and place not in taken:
            pairs[number] = place
            taken.add(place)
    return pairs


def is_right(wanted: Target, given: Json, name: str) -> bool:
    """Tell whether a read target has one of the readings that are right."""
    choices = wanted.fields[name]
    if not isinstance(choices, tuple):
        return True
    told = given[name]
    if name in ("indicator", "scope"):
        return any(_alike(choice, told or "") >= ALIKE for choice in choices)
    if name == "unit":
        return plain(told) in [plain(choice) for choice in choices]
    if name == "value":
        return _number(told) in [_number(choice) for choice in choices]
    return told in choices


def _number(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_number(one) for one in value)
    return round(float(value), 6) if isinstance(value, int | float) else value


def _score_targets(labelled: Labelled, given: Sequence[Json], result: Score) -> None:
    pairs = paired_targets(labelled.targets, given)
    for number, wanted in enumerate(labelled.targets):
        found = given[pairs[number]] if number in pairs else None
        _score_target(wanted, found, result)
    matched = {place: labelled.targets[number] for number, place in pairs.items()}
    for place, one in enumerate(given):
        if one["kind"] == "goal":
            _score_given(one, matched.get(place), result)


def _score_target(wanted: Target, found: Json | None, result: Score) -> None:
    """Count whether a goal was found, and of what was found which fields are right."""
    if wanted.is_goal and not wanted.optional:
        result.of("targets").add(found is not None, given=False)
        if found is None:
            result.note("target missing", wanted.text, None)
    elif not wanted.optional:
        result.of("other numbers").add(found is not None, given=False)
    if found is None or wanted.optional:
        return
    for name in TARGET:
        _score_field(wanted, found, name, result)
    if wanted.is_goal:
        together = all(is_right(wanted, found, name) for name in TOGETHER)
        result.of("year, comparison, value, unit").add(together)


def _score_field(wanted: Target, found: Json, name: str, result: Score) -> None:
    choices: Choices = wanted.fields[name]
    if not isinstance(choices, tuple):
        return
    right = is_right(wanted, found, name)
    result.of(f"target {name}").add(right)
    if not right:
        result.note(f"{name} of “{wanted.text}”", choices, found[name])


def _score_given(one: Json, label: Target | None, result: Score) -> None:
    """Count a read goal as true or false."""
    kinds = label.fields["kind"] if label is not None else ()
    true = (isinstance(kinds, tuple) and "goal" in kinds) or bool(label and label.optional)
    result.of("goals read").add(true, wanted=False)
    if not true:
        result.note("false target", None, one["text"])
