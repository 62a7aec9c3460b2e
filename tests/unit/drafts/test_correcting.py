"""Corrections: kept whole, undone and done again, and merged when two people work at once."""

from __future__ import annotations

import pytest

from gengdu.access.models import Account, Role
from gengdu.access.trail.models import TrailEntry
from gengdu.drafts import correcting, items
from gengdu.drafts.correcting import By, Conflict, Gone, NothingThere
from gengdu.drafts.models import Draft
from tests import drafts, world

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


@pytest.fixture
def wang() -> Account:
    return world.account("wang", "教育分局", Role.BUREAU_OFFICER, "district", None)


@pytest.fixture
def other(wang: Account) -> Account:
    return world.account("min", "教育分局", Role.BUREAU_OFFICER, "district", None, last_name="闵敏")


@pytest.fixture
def draft(wang: Account) -> Draft:
    return drafts.draft(wang)


def by(account: Account, version: int) -> By:
    return By(account, drafts.AT, version)


def value(draft: Draft, item: str, key: str) -> object:
    draft.refresh_from_db()
    found = items.find(draft.reading, item)
    return None if found is None else found[key]


def test_a_correction_makes_a_version_and_keeps_what_was(draft: Draft, wang: Account) -> None:
    item = drafts.target(draft, "50%")

    made = correcting.edit(draft, by(wang, 0), item, {"year": 2030})

    assert value(draft, item, "year") == 2030
    assert draft.version == 1
    assert made is not None
    assert made.changes[0]["before"]["year"] == 2026
    assert made.changes[0]["after"]["year"] == 2030
    assert TrailEntry.objects.filter(subject="drafts.Draft", object_count=1).count() == 1


def test_what_is_so_already_is_no_correction(draft: Draft, wang: Account) -> None:
    item = drafts.target(draft, "50%")

    assert correcting.edit(draft, by(wang, 0), item, {"year": 2026}) is None
    draft.refresh_from_db()
    assert draft.version == 0


def test_corrections_are_undone_and_done_again_in_order(draft: Draft, wang: Account) -> None:
    item = drafts.target(draft, "50%")
    before = drafts.data()
    for version, year in enumerate((2030, 2031)):
        correcting.edit(draft, by(wang, version), item, {"year": year})

    correcting.undo(draft, by(wang, 2))
    assert value(draft, item, "year") == 2030
    correcting.undo(draft, by(wang, 3))
    assert draft.corrections.count() == 4
    draft.refresh_from_db()
    assert draft.reading == before
    with pytest.raises(NothingThere):
        correcting.undo(draft, by(wang, 4))

    correcting.redo(draft, by(wang, 4))
    correcting.redo(draft, by(wang, 5))
    assert value(draft, item, "year") == 2031
    with pytest.raises(NothingThere):
        correcting.redo(draft, by(wang, 6))


def test_after_a_new_correction_nothing_is_done_again(draft: Draft, wang: Account) -> None:
    item = drafts.target(draft, "50%")
    correcting.edit(draft, by(wang, 0), item, {"year": 2030})
    correcting.undo(draft, by(wang, 1))
    correcting.edit(draft, by(wang, 2), item, {"unit": "人"})

    with pytest.raises(NothingThere):
        correcting.redo(draft, by(wang, 3))


def test_a_dropped_measure_comes_back_with_its_bodies_at_its_place(
    draft: Draft, wang: Account
) -> None:
    before = drafts.data()

    correcting.drop(draft, by(wang, 0), drafts.measure(draft, 2))
    draft.refresh_from_db()
    assert [one["no"] for one in draft.reading["measures"]] == [1, 3]

    correcting.undo(draft, by(wang, 1))
    draft.refresh_from_db()
    assert draft.reading == before


def test_a_new_item_stands_where_its_words_do_and_never_takes_an_old_id(
    draft: Draft, wang: Account
) -> None:
    start = drafts.TEXT.index("加强家校协同")
    values = {"start": start, "no": 9, "title": "加强家校协同", "doubt": "", "checked": True}

    first = correcting.add(draft, by(wang, 0), items.MEASURE, values)
    correcting.undo(draft, by(wang, 1))
    second = correcting.add(draft, by(wang, 2), items.MEASURE, values)

    assert first != second
    draft.refresh_from_db()
    assert [one["no"] for one in draft.reading["measures"]] == [1, 2, 3, 9]


def test_two_people_at_different_items_are_merged(
    draft: Draft, wang: Account, other: Account
) -> None:
    ratio, green = drafts.target(draft, "50%"), drafts.target(draft, "全覆盖")

    correcting.edit(draft, by(wang, 0), ratio, {"year": 2030})
    correcting.edit(draft, by(other, 0), green, {"year": 2028})

    assert value(draft, ratio, "year") == 2030
    assert value(draft, green, "year") == 2028


def test_two_people_at_one_item_the_second_is_told_who_was_first(
    draft: Draft, wang: Account, other: Account
) -> None:
    item = drafts.target(draft, "50%")
    correcting.edit(draft, by(other, 0), item, {"year": 2030})

    with pytest.raises(Conflict, match=r"闵敏.*没有保存"):
        correcting.edit(draft, by(wang, 0), item, {"year": 2031})

    assert value(draft, item, "year") == 2030
    correcting.edit(draft, by(wang, 1), item, {"year": 2031})
    assert value(draft, item, "year") == 2031


def test_two_people_of_one_mind_do_not_collide(draft: Draft, wang: Account, other: Account) -> None:
    item = drafts.target(draft, "50%")

    correcting.check(draft, by(other, 0), item, checked=True)

    assert correcting.check(draft, by(wang, 0), item, checked=True) is None


def test_what_others_changed_since_is_not_undone_for_them(
    draft: Draft, wang: Account, other: Account
) -> None:
    ratio, green = drafts.target(draft, "50%"), drafts.target(draft, "全覆盖")
    correcting.edit(draft, by(wang, 0), green, {"year": 2028})
    correcting.edit(draft, by(wang, 1), ratio, {"year": 2030})
    correcting.edit(draft, by(other, 2), ratio, {"year": 2031})

    correcting.undo(draft, by(wang, 3))

    assert value(draft, ratio, "year") == 2031
    assert value(draft, green, "year") == 2027


def test_a_measure_is_checked_with_its_bodies(draft: Draft, wang: Account) -> None:
    correcting.check(draft, by(wang, 0), drafts.measure(draft, 2), checked=True)

    draft.refresh_from_db()
    measure = draft.reading["measures"][1]
    assert items.is_checked(measure)
    assert all(one["checked"] for one in measure["bodies"])
    assert items.progress(draft.reading)[0] == 1


def test_an_item_that_is_gone_is_told(draft: Draft, wang: Account) -> None:
    item = drafts.target(draft, "50%")
    correcting.drop(draft, by(wang, 0), item)

    with pytest.raises(Gone, match="不在了"):
        correcting.edit(draft, by(wang, 1), item, {"year": 2030})
