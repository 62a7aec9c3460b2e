"""The marked text: every character shown once, each item where it stands."""

from __future__ import annotations

from gengdu.drafts import marking
from gengdu.notices import adopting, reading
from tests import drafts


def shown(text: str) -> tuple[dict[str, str], str]:
    """Return the words each item is marked on, and all that is shown."""
    data = adopting.draft(reading.read(text))
    words: dict[str, str] = {}
    every = ""
    for line in marking.lines(text, data):
        for one in line.stretches:
            every += one.text
            for mark in one.marks:
                words[mark.item] = words.get(mark.item, "") + one.text
    return words, every


def test_every_item_is_marked_on_its_own_words() -> None:
    words, every = shown(drafts.TEXT)
    data = drafts.data()

    assert words[data["measures"][1]["id"]] == "2.选优配强校长"
    for measure in data["measures"]:
        for clause in measure["bodies"]:
            assert words[clause["id"]] == clause["raw"]
    for target in data["targets"]:
        assert words[target["id"]] == target["text"]
    assert every == "".join(drafts.TEXT.split())


def test_places_stay_true_where_conversion_left_its_marks() -> None:
    broken = drafts.TEXT.replace("绿色校园全覆盖", "绿色 校园[bookmark: a]全覆盖")

    words, _every = shown(broken)

    assert "到2027年，实现乡村绿色校园全覆盖" in words.values()
    found = marking.locate(broken, "绿色校园全覆盖")
    assert found is not None
    assert broken[slice(*found)] == "绿色 校园[bookmark: a]全覆盖"


def test_each_stretch_says_where_its_first_character_stands() -> None:
    data = drafts.data()

    for line in marking.lines(drafts.TEXT, data):
        for one in line.stretches:
            assert drafts.TEXT[one.at] == one.text[0]


def test_an_endless_line_is_shown_in_parts_and_nothing_of_it_is_lost() -> None:
    endless = f"{drafts.TEXT.strip()}{'（' * 5_000}"

    made = marking.lines(endless, drafts.data())

    shown_text = "".join(one.text for line in made for one in line.stretches)
    assert shown_text == "".join(endless.split())
    assert max(sum(len(one.text) for one in line.stretches) for line in made) == 1_000


def test_words_that_are_not_in_the_text_are_not_found() -> None:
    assert marking.locate(drafts.TEXT, "一百年") is None
    assert marking.locate(drafts.TEXT, "  ") is None
