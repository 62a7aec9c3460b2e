"""Area codes and classes of the zone; check values of standards.md §13.10."""

from __future__ import annotations

import pytest

from gengdu.kernel import areas


@pytest.mark.parametrize("code", ["371072", "371072103", "371083108201"])
def test_codes_of_three_lengths_are_well_formed(code: str) -> None:
    assert areas.area_code_fault(code) is None


@pytest.mark.parametrize("code", ["", "37107", "3710721", "37107210A", "3710721030010"])
def test_other_lengths_and_characters_are_not(code: str) -> None:
    assert areas.area_code_fault(code) is not None


def test_a_code_of_twelve_digits_names_county_town_and_village() -> None:
    assert areas.area_of("371083108201") == areas.Area("371083", "371083108", "371083108201")


@pytest.mark.parametrize("code", ["371072000000", "371072000", "371072"])
def test_zeros_mean_that_a_level_is_not_given(code: str) -> None:
    assert areas.area_of(code) == areas.Area("371072", None, None)
    assert areas.town_kind(code) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [("371072008", "街道"), ("371072099", "街道"), ("371072100", "镇"), ("371072103", "镇"),
     ("371072105", "镇"), ("371072199", "镇"), ("371072200", "乡"), ("371072399", "乡"),
     ("371072400", "其他")],
)  # fmt: skip
def test_the_kind_of_town_follows_its_number(code: str, kind: str) -> None:
    assert areas.town_kind(code) == kind


@pytest.mark.parametrize(
    ("urban_rural_class", "zone"),
    [("111", "城区"), ("112", "城区"), ("121", "镇区"), ("122", "镇区"), ("123", "镇区"),
     ("210", "乡村"), ("220", "乡村"), ("113", None), ("", None)],
)  # fmt: skip
def test_a_class_of_three_digits_lies_in_a_zone(urban_rural_class: str, zone: str | None) -> None:
    assert areas.zone_of(urban_rural_class) == zone
