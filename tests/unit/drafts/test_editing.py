"""What is answered about an item becomes the item; wrong answers are told where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from gengdu.drafts import forms, items
from gengdu.drafts.editing import Adding, Editing
from gengdu.drafts.models import Draft
from tests import drafts


@pytest.fixture
def draft() -> Draft:
    return Draft(text=drafts.TEXT, reading=drafts.data())


def answers(editing: Editing | Adding, **changed: str) -> QueryDict:
    """Return the forms as they come, with some answers changed."""
    parts = editing.parts if isinstance(editing, Editing) else [editing]
    given = QueryDict(mutable=True)
    for part in parts:
        for field in part.form:  # type: ignore[union-attr]
            shown = changed.get(field.name, field.value())
            if shown not in (None, False):
                given[field.html_name] = str(shown)
    return given


def saved(draft: Draft, item: str, **changed: str) -> dict[str, Any]:
    posted = answers(Editing(draft, item), **changed)
    editing = Editing(draft, item, posted)
    assert editing.is_valid(), [part.form.errors for part in editing.parts]
    return {wish.item: wish.after for wish in editing.wishes(draft.reading)}


def faults(draft: Draft, item: str, **changed: str) -> str:
    editing = Editing(draft, item, answers(Editing(draft, item), **changed))
    assert not editing.is_valid()
    return " ".join(str(part.form.errors) for part in editing.parts)


def test_saving_a_form_as_it_comes_changes_nothing_but_that_it_is_checked(draft: Draft) -> None:
    for _kind, held in list(items.every(draft.reading)):
        wanted = {**(items.find(draft.reading, held["id"]) or {}), "checked": True}
        assert saved(draft, held["id"])[held["id"]] == wanted
    assert saved(draft, items.HEAD)[items.HEAD] == items.find(draft.reading, items.HEAD)


def test_bodies_keep_the_order_given_and_the_first_leads_where_nobody_is_said_to(
    draft: Draft,
) -> None:
    item = draft.reading["measures"][1]["bodies"][0]["id"]

    made = saved(draft, item, units="区委组织部\n区教育局｜配合\n区人社局")[item]

    assert made["units"] == ["区委组织部", "区教育局", "区人社局"]
    assert made["lead"] == "区委组织部"
    assert made["roles"] == {"区委组织部": "lead", "区教育局": "cooperate", "区人社局": "cooperate"}


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ("区教育局｜带头", "第 1 行“分工”填的是“带头”"),
        ("区教育局\n区教育局", "第 2 行的“区教育局”重复了"),
        ("｜牵头", "第 1 行没有写单位名称"),
    ],
)
def test_a_wrong_row_of_bodies_is_named(draft: Draft, units: str, told: str) -> None:
    assert told in faults(draft, draft.reading["measures"][0]["bodies"][0]["id"], units=units)


@pytest.mark.parametrize(
    ("written", "read"), [("50", 50), ("1.01", 1.01), ("40～60", [40, 60]), ("", None)]
)
def test_numbers_are_kept_as_printed(draft: Draft, written: str, read: object) -> None:
    item = drafts.target(draft, "50%")

    assert saved(draft, item, value=written)[item]["value"] == read


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"value": "一半"}, "“一半”不是数字"),
        ({"value": "1/0"}, "不是数字"),
        ({"comparison": "range"}, "要填两个数"),
        ({"year": "", "year_kind": "year"}, "请填年份"),
        ({"promise": "没有的指标"}, "没有叫“没有的指标”的系统指标"),
    ],
)
def test_a_wrong_answer_about_a_target_is_told(
    draft: Draft, changed: dict[str, str], told: str
) -> None:
    assert told in faults(draft, drafts.target(draft, "50%"), **changed)


def test_a_promise_is_found_by_its_name_its_label_and_both(draft: Draft) -> None:
    item = drafts.target(draft, "全覆盖")
    label = forms.promise_label("campus_titles.green_share")

    for words in (label, "campus_titles.green_share", "乡村绿色校园覆盖率"):
        assert saved(draft, item, promise=words)[item]["promise"] == "campus_titles.green_share"
    assert saved(draft, item, promise="")[item]["promise"] is None


def test_the_targets_of_a_measure_go_with_its_new_number(draft: Draft) -> None:
    item, target = drafts.measure(draft, 2), drafts.target(draft, "50%")

    made = saved(draft, item, no="12")

    assert made[item]["no"] == 12
    assert made[target]["measure"] == 12
    assert drafts.target(draft, "全覆盖") not in made


def test_a_new_target_is_filled_in_from_its_words(draft: Draft) -> None:
    words = "到2026年，45周岁以下乡村学校校长达到50%以上"
    start = drafts.TEXT.index(words)
    span = (start, start + len(words))

    posted = answers(Adding(draft, items.TARGET, span=span))
    posted["passage-words"] = words
    adding = Adding(draft, items.TARGET, span=span, posted=posted)

    assert adding.is_valid(), (adding.form.errors, adding.passage.errors)
    made = adding.value
    assert (made["measure"], made["year"], made["value"], made["unit"]) == (2, 2026, 50, "%")
    assert made["text"] == words
    assert "principals.young_leader_share" in [one["promise"] for one in made["proposals"]]


def test_words_that_the_text_does_not_have_are_refused(draft: Draft) -> None:
    posted = QueryDict(mutable=True)
    posted.update({"passage-words": "到2099年实现", "new-kind": "goal", "new-indicator": "实现",
                   "new-comparison": "qualitative", "new-force": "must"})  # fmt: skip
    adding = Adding(draft, items.TARGET, posted=posted)

    assert not adding.is_valid()
    assert "正文里没有这一段" in str(adding.passage.errors)


def test_new_bodies_belong_to_the_measure_in_whose_text_they_stand(draft: Draft) -> None:
    words = "区教育局、区财政局"
    start = drafts.TEXT.index(words)
    adding = Adding(draft, items.CLAUSE, span=(start, start + len(words)))
    posted = answers(adding)
    posted["passage-words"] = words

    filled = Adding(draft, items.CLAUSE, span=adding.span, posted=posted)

    assert filled.is_valid()
    assert filled.value["of"] == drafts.measure(draft, 1)
    assert filled.value["units"] == ["区教育局", "区财政局"]
