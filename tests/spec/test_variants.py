"""Another province's numbers laid over the national ones, each as its document has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from gengdu.analytics.universal_preschool import items
from gengdu.analytics.verdicts import Verdict
from gengdu.policy import facts, variants
from gengdu.policy.loading import MalformedFact
from gengdu.policy.variants import UnknownVariant, Variant
from tests.spec.test_universal_preschool import GOOD, ON

SHARE = "universal_preschool.gross_enrolment_share"


def standing(variant: Variant, children: int, on: date = ON) -> Verdict:
    found = items.evaluate(replace(GOOD, children=children), on, variant=variant)
    return found.items[0].standing


@pytest.mark.parametrize(
    ("children", "national", "in_henan"),
    [
        (849, Verdict.UNMET, Verdict.UNMET),
        (850, Verdict.MET, Verdict.UNMET),
        (899, Verdict.MET, Verdict.UNMET),
        (900, Verdict.MET, Verdict.MET),
    ],
)
def test_henan_s_ninety_percent_moves_the_verdict(
    children: int, national: Verdict, in_henan: Verdict
) -> None:
    assert standing(variants.NATIONAL, children) == national
    assert standing(variants.variant("henan"), children) == in_henan


def test_before_the_province_s_number_was_in_force_the_national_one_holds() -> None:
    henan = variants.variant("henan")

    assert standing(henan, 850, date(2021, 10, 28)) == Verdict.MET
    assert standing(henan, 850, date(2021, 10, 29)) == Verdict.UNMET


def test_what_a_province_does_not_say_is_as_the_nation_has_it() -> None:
    henan = variants.variant("henan")

    assert henan.fact("universal_preschool.public_share") is facts.fact(
        "universal_preschool.public_share"
    )
    assert variants.variant("") is variants.NATIONAL


@pytest.mark.parametrize("key", variants.keys())
def test_every_number_of_a_province_has_a_source_a_grade_and_the_unit_of_the_nation(
    key: str,
) -> None:
    found = variants.variant(key)

    assert found.label_zh
    assert found.facts
    for name, fact in found.facts.items():
        assert fact.source.title
        assert all(value.grade and value.value is not None for value in fact.values)
        national = facts.plan().facts.get(name)
        if national is not None:
            assert (fact.unit, fact.compare) == (national.unit, national.compare)


def test_liaoning_and_sichuan_have_the_numbers_of_their_documents() -> None:
    liaoning, sichuan = variants.variant("liaoning"), variants.variant("sichuan")

    def number(variant: Variant, name: str) -> Fraction:
        return variant.fact_on(f"universal_preschool.{name}", ON)[1]

    assert number(liaoning, "older_compliant_share") == Fraction("0.95")
    assert number(liaoning, "new_compliant_share") == Fraction("0.97")
    assert number(liaoning, "operating_funds") == number(sichuan, "operating_funds") == 500
    assert number(sichuan, "pay_ratio") == Fraction("0.75")


def test_an_unknown_province_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownVariant, match="henan、liaoning、sichuan"):
        variants.variant("hebei")


def test_a_file_that_breaks_a_rule_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "universal_preschool.yaml").write_text(
        "label_zh: 某省\nsource: nowhere\nfacts:\n  a_share: {label_zh: 某数, kind: threshold, "
        "unit: share, compare: at_least, force: must, values: [{from: 2020-01-01, value: 1, "
        "quote: null, grade: X}]}\n",
        encoding="utf-8",
    )

    with pytest.raises(MalformedFact):
        variants.variant("there", tmp_path)
