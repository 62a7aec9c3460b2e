"""A reading is scored as a careful official would judge it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.notices import labels
from tests.notices.labels import ANY, Clause, Labelled, Measure, Target
from tests.notices.scoring import Score, score

TEXT = "通知\n1.扩学位。到2025年，新增学位300个，覆盖率达到95%以上。（县教育局、县财政局）"


def target(words: str, **fields: Any) -> Target:
    start = TEXT.index(words)
    usual: dict[str, Any] = {
        "measure": (1,), "indicator": ANY, "scope": ANY, "year": (2025,), "year_kind": ("year",),
        "comparison": ("at_least",), "unit": ("%",), "force": ("must",), "kind": ("goal",),
    }  # fmt: skip
    return Target(start, start + len(words), words, usual | fields)


LABELLED = Labelled(
    "example",
    TEXT,
    {"title": ("通知",), "issuer": ("县教育局",), "doc_no": ("",), "date": (None,)},
    (Measure(1, "扩学位", (Clause(("县教育局", "县财政局"), ("县教育局",), {}, (False,)),)),),
    (
        target("到2025年，新增学位300个", value=(300,), unit=("个",)),
        target("覆盖率达到95%以上", value=(95,)),
    ),
)


def read(words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    usual = {
        "measure": 1, "text": words, "start": start, "end": start + len(words), "indicator": "",
        "scope": "", "year": 2025, "year_kind": "year", "comparison": "at_least", "value": 95,
        "unit": "%", "force": "must", "kind": "goal", "doubt": "",
    }  # fmt: skip
    return usual | fields


RIGHT: dict[str, Any] = {
    "title": "通 知", "issuer": "县教育局", "doc_no": "", "date": None, "text": TEXT,
    "measures": [{"no": 1, "title": "扩学位", "start": 3, "bodies": [{
        "raw": "县教育局、县财政局", "units": ["县教育局", "县财政局"], "lead": "县教育局",
        "roles": {"县教育局": "lead", "县财政局": "cooperate"}, "open_ended": False,
    }]}],
    "targets": [read("新增学位300个", value=300, unit="个"), read("覆盖率达到95%以上")],
}  # fmt: skip


def shares(result: Score, name: str) -> tuple[float | None, float | None]:
    return result.of(name).recall, result.of(name).precision


def changed(**parts: Any) -> Score:
    return score(LABELLED, deepcopy(RIGHT) | parts)


def test_a_right_reading_is_right_in_every_field() -> None:
    result = changed()

    assert result.faults == []
    assert all(tally.recall in (1, None) for tally in result.tallies.values())


def test_what_neither_names_counts_for_nothing() -> None:
    assert shares(changed(), "head doc_no") == (None, None)


def test_a_missed_goal_lowers_recall_alone() -> None:
    result = changed(targets=RIGHT["targets"][:1])

    assert shares(result, "targets")[0] == 0.5
    assert shares(result, "goals read")[1] == 1


def test_a_goal_that_is_none_lowers_precision_alone() -> None:
    extra = read("县教育局、县财政局", value=3)
    result = changed(targets=[*RIGHT["targets"], extra])

    assert shares(result, "targets")[0] == 1
    assert shares(result, "goals read")[1] == pytest.approx(2 / 3)


def test_a_number_beside_the_goals_is_no_false_target_if_it_is_not_called_a_goal() -> None:
    extra = read("县教育局、县财政局", kind="threshold")

    assert shares(changed(targets=[*RIGHT["targets"], extra]), "goals read")[1] == 1


def test_the_wrong_year_is_a_found_target_with_a_wrong_field() -> None:
    targets = [RIGHT["targets"][0], read("覆盖率达到95%以上", year=2026)]
    result = changed(targets=targets)

    assert shares(result, "targets")[0] == 1
    assert shares(result, "target year")[0] == 0.5
    assert shares(result, "year, comparison, value, unit")[0] == 0.5


def test_two_targets_of_one_span_are_told_apart_by_their_values() -> None:
    both = "到2025年，新增学位300个"
    labelled = Labelled(
        "two", TEXT, LABELLED.head, (), (target(both, value=(300,)), target(both, value=(500,)))
    )  # fmt: skip
    reading = RIGHT | {"measures": [], "targets": [read(both, value=500), read(both, value=300)]}

    result = score(labelled, reading)

    assert shares(result, "target value") == (1, 1)


def test_one_read_span_stands_for_one_label_only() -> None:
    whole = "到2025年，新增学位300个，覆盖率达到95%以上"

    assert shares(changed(targets=[read(whole)]), "targets")[0] == 0.5


@pytest.mark.parametrize(
    ("units", "lead"),
    [(["县财政局", "县教育局"], "县财政局"), (["县教育局"], "县教育局"), ([], None)],
)
def test_bodies_count_only_whole_and_in_order(units: list[str], lead: str | None) -> None:
    measures = deepcopy(RIGHT["measures"])
    measures[0]["bodies"][0] |= {"units": units, "lead": lead}
    result = changed(measures=measures)

    assert shares(result, "bodies")[0] == 0
    assert shares(result, "lead")[0] == (lead == "县教育局")


def test_a_measure_too_many_lowers_precision() -> None:
    measures = [*RIGHT["measures"], {"no": 2, "title": "别的", "start": 0, "bodies": []}]

    assert shares(changed(measures=measures), "measures") == (1, 0.5)


def test_nothing_read_is_nothing_right() -> None:
    result = changed(measures=[], targets=[])

    assert shares(result, "measures") == (0, None)
    assert shares(result, "targets")[0] == 0


@pytest.mark.parametrize("name", labels.names())
def test_labels_read_back_are_all_right(name: str) -> None:
    labelled = labels.load(name)

    result = score(labelled, as_reading(labelled))

    assert result.faults == []


def as_reading(labelled: Labelled) -> dict[str, Any]:
    """Return the reading that says what the labels say."""
    head = {key: first(choices) for key, choices in labelled.head.items()}
    measures = [
        {"no": one.no, "title": "" if one.title is ANY else one.title,
         "bodies": [clause_of(clause) for clause in one.clauses]}
        for one in labelled.measures
    ]  # fmt: skip
    targets = [
        {key: first(choices) for key, choices in one.fields.items()}
        | {"start": one.start, "end": one.end, "text": one.text}
        for one in labelled.targets
    ]
    return head | {"measures": measures, "targets": targets}


def first(choices: object) -> Any:
    value = choices[0] if isinstance(choices, tuple) else ""
    return list(value) if isinstance(value, tuple) else value


def clause_of(clause: Clause) -> dict[str, Any]:
    roles = {unit: said[0] for unit, said in clause.roles.items()}
    open_ended = first(clause.open_ended)
    return {
        "units": [*clause.units],
        "lead": clause.lead[0],
        "roles": roles,
        "open_ended": open_ended,
    }
