"""What changed can be read, and nothing of either text is lost."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengdu.documents.compare import Pair, Run, compare, side_by_side

TEXTS = st.text(st.sampled_from("校长教师学生二三。；\n，2026%ab ")) | st.text()


def without(kind: str, runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.kind != kind)


def shown(old: str, new: str) -> str:
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return "".join(marks[run.kind].format(run.text) for run in compare(old, new))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    runs = compare(old, new)

    assert without("inserted", runs) == old
    assert without("deleted", runs) == new
    assert all(run.text for run in runs)


@given(TEXTS, TEXTS)
def test_neighbouring_runs_are_of_different_kinds_and_what_went_stands_first(
    old: str, new: str
) -> None:
    kinds = [run.kind for run in compare(old, new)]

    neighbours = set(pairwise(kinds))
    assert neighbours <= {("same", "deleted"), ("same", "inserted"), ("deleted", "inserted"),
                          ("deleted", "same"), ("inserted", "same")}  # fmt: skip


@given(st.lists(TEXTS), st.lists(TEXTS))
def test_side_by_side_shows_both_texts_whole(old: list[str], new: list[str]) -> None:
    pairs = side_by_side("\n".join(old), "\n".join(new))

    left = "".join(run.text for pair in pairs for run in pair.old)
    right = "".join(run.text for pair in pairs for run in pair.new)
    assert left.replace("\n", "") == "".join(old).replace("\n", "")
    assert right.replace("\n", "") == "".join(new).replace("\n", "")


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(text, text) == ((Run("same", text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("到2025年达到45%。", "到2026年达到50%。",
         "到[-2025-][+2026+]年达到[-45%-][+50%+]。"),
        ("由校长任组长。", "由校长任组长，副校长任副组长。",
         "由校长任组长[+，副校长任副组长+]。"),
        ("甲校。乙校。丙校。", "甲校。丙校。", "甲校。[-乙校。-]丙校。"),
        ("每月检查。", "每周抽查。", "每[-月检-][+周抽+]查。"),
        ("经费列入预算。", "责任落实到人。", "[-经费列入预算。-][+责任落实到人。+]"),
        ("", "新增。", "[+新增。+]"),
        ("删去。", "", "[-删去。-]"),
    ],
    ids=["numbers", "a clause", "a sentence", "a crumb", "another sentence", "came", "went"],
)  # fmt: skip
def test_changes_are_shown_as_a_person_would_mark_them(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_paragraph_that_came_stands_beside_nothing() -> None:
    pairs = side_by_side("一、目标\n三、附则", "一、目标\n二、保障措施\n三、附则")

    assert pairs[1] == Pair((), (Run("inserted", "二、保障措施"),))
    assert len(pairs) == 3


def test_a_changed_paragraph_stands_beside_its_earlier_version() -> None:
    pairs = side_by_side("甲方案\n每学期召开2次会议。", "每学期召开3次会议。")

    assert [run.text for run in pairs[1].old] == ["每学期召开", "2", "次会议。"]
    assert [run.text for run in pairs[1].new] == ["每学期召开", "3", "次会议。"]


LONG = 10_000
DRAW = random.Random(11)
HARD = {
    "one character over and over": ("的" * LONG, "的" * (LONG - 1) + "了"),
    "two characters at random": tuple(
        "".join(DRAW.choices("甲乙", k=LONG)) for _side in range(2)
    ),
    "many short paragraphs": tuple(
        "".join(DRAW.choices("甲乙丙丁戊\n", k=LONG)) for _side in range(2)
    ),
    "long paragraphs of few characters": tuple(
        "\n".join("".join(DRAW.choices("甲乙", k=440)) for _row in range(22)) for _side in range(2)
    ),
    "no line and no sentence": ("".join(map(chr, range(0x4E00, 0x4E00 + LONG))),
                                "".join(map(chr, range(0x4E01, 0x4E01 + LONG)))),
}  # fmt: skip


@pytest.mark.parametrize("kind", HARD)
def test_ten_thousand_characters_take_no_time_to_wait_for(kind: str) -> None:
    old, new = HARD[kind]
    started = time.process_time()

    runs = compare(old, new)

    assert time.process_time() - started < 3  # a tenth to a half of a second, alone on a machine
    assert without("inserted", runs) == old
