"""Names are whole on every system, and no two of a folder are the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.documents.package.names import Names, safe, split

RESERVED = ["con", "PRN", "aux.txt", "Nul", "COM1", "lpt9.jpg", "COM¹", "CONIN$"]


@given(st.text(st.characters(), max_size=120), st.integers(8, 80))
def test_any_text_becomes_a_name_that_windows_takes(text: str, most_bytes: int) -> None:
    name = safe(text, most_bytes, ".jpg")

    assert 0 < len(name.encode()) <= most_bytes
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip()
    assert not name.startswith("..")


@given(st.text(st.characters(), max_size=120), st.integers(4, 80))
def test_a_folder_does_not_end_in_a_dot_or_a_blank(text: str, most_bytes: int) -> None:
    assert not safe(text, most_bytes).endswith((".", " "))


@pytest.mark.parametrize("name", RESERVED)
def test_the_name_of_a_device_gets_a_mark(name: str) -> None:
    assert safe(name, 50).partition(".")[0].casefold() != name.partition(".")[0].casefold()


def test_forbidden_signs_become_their_full_width_forms() -> None:
    assert safe("甲/乙:丙?", 50) == "甲\uff0f乙：丙？"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\ufeff", "\x00", "\n"])
def test_no_name_hides_what_it_is(hidden: str) -> None:
    assert hidden not in safe(f"证书{hidden}gpj.exe", 50)


def test_a_name_is_cut_between_characters_and_keeps_its_extension() -> None:
    assert safe("长" * 40, 20, ".jpg") == "长" * 5 + ".jpg"


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [("证书.jpg", "image/jpeg", (".jpg")), ("证书", "image/png", ".png"),
     ("名单.tar.gz", "application/gzip", ".gz"), (".jpg", "image/jpeg", ".jpg"),
     ("方案 v1.定稿", "application/pdf", ".pdf"), ("无", "application/x-unknown", "")],
)  # fmt: skip
def test_a_file_has_an_extension_by_its_name_or_else_by_its_type(
    name: str, media_type: str, expected: str
) -> None:
    assert split(name, media_type)[1] == expected


@given(st.lists(st.text(st.sampled_from("aA证 ."), max_size=4) | st.text(max_size=60), max_size=30))
def test_no_two_names_of_a_folder_are_the_same_on_windows(texts: list[str]) -> None:
    names = Names()

    taken = [names.take(text, 24, ".jpg") for text in texts]

    assert len({name.casefold() for name in taken}) == len(texts)
    assert all(len(name.encode()) <= 24 for name in taken)


def test_the_second_of_a_name_is_numbered() -> None:
    names = Names()

    assert [names.take("A", 20), names.take("a", 20), names.take("A", 20)] == [
        "A", "a（2）", "A（3）",
    ]  # fmt: skip
