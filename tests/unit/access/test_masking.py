from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.access import masking

KINDS = ("identity_number", "registry_number", "phone", "address", "name")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("identity_number", "37100220160301123X", "3710**********123X"),
        ("registry_number", "G371002201603011234", "G3710**********1234"),
        ("registry_number", "L37107220160301AB12", "L3710**********AB12"),
        ("phone", "13812345678", "138****5678"),
        ("phone", "06315231234", "063****1234"),
        ("address", "崮山镇皂埠村3组12号", "崮山镇****"),
        ("address", "皇冠街道海滨南路8号", "皇冠街道****"),
        ("address", "松徐家村12号", "松徐家村****"),
        ("address", "村西头", "村****"),
        ("name", "欧阳明", "欧**"),
    ],
)
def test_enough_is_kept_to_tell_people_apart(kind: str, value: str, shown: str) -> None:
    assert masking.masked(kind, value) == shown


@pytest.mark.parametrize("value", ["1", "12345678", "1234567890"])
def test_what_is_too_short_to_hide_its_middle_is_hidden_whole(value: str) -> None:
    assert set(masking.mask_identity(value)) == {"*"}
    assert len(masking.mask_identity(value)) >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stays_nothing(kind: str) -> None:
    assert masking.masked(kind, "") == masking.masked(kind, None) == ""


@given(
    kind=st.sampled_from(KINDS),
    value=st.text(min_size=1, max_size=40).filter(lambda text: text.strip()),
)
def test_every_mask_is_known_for_one_and_never_the_value(kind: str, value: str) -> None:
    shown = masking.masked(kind, value)

    assert "*" in shown
    assert masking.is_masked(shown)
    assert "*" in value or shown != value


@given(st.text(alphabet="0123456789X", min_size=18, max_size=18))
def test_no_more_than_eight_figures_of_an_identity_number_are_shown(number: str) -> None:
    assert masking.mask_identity(number).count("*") == 10


def test_a_full_width_star_is_taken_for_a_mask_as_well() -> None:
    assert masking.is_masked("3710\uff0a\uff0a\uff0a1234")
    assert not masking.is_masked("371002201603011234")


def test_a_kind_that_nobody_masks_is_a_fault() -> None:
    with pytest.raises(KeyError):
        masking.masked("diagnosis", "x")
