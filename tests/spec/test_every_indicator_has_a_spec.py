"""A new measure without a spec file, or a new indicator without a spec, fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

import gengdu.policy
from gengdu.analytics import cards

HERE = Path(__file__).parent
PLAN = Path(gengdu.policy.__file__).parent / "plan"
MEASURES = {int(path.stem[1:3]): path.stem for path in PLAN.glob("*/m*.yaml")} | {0: "goals"}


def spec_of(measure: int) -> Path:
    return HERE / f"test_{MEASURES[measure]}.py"


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_has_a_spec_file(measure) -> None:
    spec = spec_of(measure)

    assert spec.is_file()


def test_every_spec_file_of_a_measure_has_its_measure() -> None:
    specs = {path.stem for path in HERE.glob("test_m[0-9][0-9]_*.py")}

    assert specs == {f"test_{name}" for name in MEASURES.values() if name != "goals"}


@pytest.mark.parametrize("name", sorted(cards.cards()))
def test_every_indicator_is_named_in_the_spec_of_its_measure(name) -> None:
    spec = spec_of(cards.card(name).measure).read_text(encoding="utf-8")

    assert f'"{name}"' in spec
