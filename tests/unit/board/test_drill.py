"""A number opens into exactly the records it counts, and only for those who may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from gengdu.access.scope import Viewer
from gengdu.analytics import cards
from gengdu.analytics.cards import Card
from gengdu.analytics.forms import NOTHING, Counts
from gengdu.analytics.run import Moment
from gengdu.board import drill, queries
from gengdu.board.drill import COUNTED, REST, ROWS, UNREPORTED, Asked, Line, NotYours
from tests.world import ON, World

NOW = Moment(ON)
pytestmark = pytest.mark.xdist_group("board")
CARDS = list(cards.cards().values())
OPEN = [card for card in CARDS if card.sensitivity == "open"]
ABOUT_PEOPLE = [card for card in CARDS if card.sensitivity != "open"]
by_name = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
about_people = pytest.mark.parametrize("card", ABOUT_PEOPLE, ids=lambda card: card.name)


@pytest.fixture(scope="module")
def viewers(district: World) -> dict[str, Viewer]:
    people = (district.wang, district.li, district.zhao, district.sun)
    return {account.username: Viewer.of(account) for account in people}


def number(counts: Counts, of: str) -> int:
    """Return the number a page prints for a kind of records."""
    return {COUNTED: counts.counted, ROWS: counts.rows, UNREPORTED: counts.unreported}[of]


def everything(parts: Mapping[str, Counts]) -> Counts:
    return sum(parts.values(), NOTHING)


def groups(district: World) -> Iterator[tuple[str, int | None, Asked]]:
    """The district, each town and each school."""
    yield "district", None, Asked()
    for town in district.towns:
        yield "town", town.pk, Asked(town_id=town.pk)
    for school in district.schools:
        yield "school", school.pk, Asked(school_id=school.pk)


@by_name
def test_a_number_opens_into_as_many_lines_as_it_says(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    found = queries.result(card, NOW)
    by_level = {"district": {None: found.district}, "town": found.towns, "school": found.schools}
    for level, key, scope in groups(district):
        parts: Mapping[str, Counts] = by_level[level].get(key, {})  # type: ignore[attr-defined]
        wanted = {"": everything(parts), **(parts if card.parts else {})}
        for part, counts in wanted.items():
            # Without any rows there can be none of a kind either.
            for of in (COUNTED, ROWS, UNREPORTED) if counts.rows else (ROWS,):
                asked = Asked(of, part, scope.town_id, scope.school_id)

                lines = drill.lines(card, NOW, asked, viewers["wang"])

                assert len(lines) == number(counts, of), (asked, counts)


WORDS = {1: "计入", 0: "未计入", None: "未报"}


@by_name
def test_every_line_has_a_name_and_says_whether_it_counts(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    lines = drill.lines(card, NOW, Asked(), viewers["wang"])
    rest = drill.lines(card, NOW, Asked(REST), viewers["wang"])

    for line in lines:
        assert line.label
        assert not line.label.startswith("#"), line
        assert line.counts_zh == WORDS[line.counts]
        assert len(line.details) == len(drill.detail_heads(card))
    assert rest == [line for line in lines if line.counts != 1]


def opened(card: Card, asked: Asked, viewer: Viewer) -> list[Line] | None:
    """Return the lines, or None where they are not the viewer's to see."""
    try:
        return drill.lines(card, NOW, asked, viewer)
    except NotYours:
        return None


@about_people
def test_a_head_sees_people_of_the_own_school_alone(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    for _, _, scope in groups(district):
        lines = opened(card, scope, viewers["li"])

        assert (lines is not None) == (scope.school_id == district.li_school.pk), scope
        for line in lines or ():
            assert line.school_id == district.li_school.pk


@about_people
def test_a_town_officer_sees_people_of_the_own_town_alone(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    for _, _, scope in groups(district):
        lines = opened(card, scope, viewers["sun"])

        assert (lines is not None) == (scope.town_id == district.boyu.pk), scope
        assert all(line.town == "泊于镇" for line in lines or ())


@about_people
def test_no_mixture_of_town_and_school_opens_somebody_elses_people(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    own = {"li": {district.li_school.pk}, "zhao": {district.zhao_school.pk},
           "sun": {district.zhao_school.pk, district.kindergarten.pk}}  # fmt: skip
    for town in (None, *(town.pk for town in district.towns)):
        for school in (None, *(school.pk for school in district.schools)):
            for name, schools in own.items():
                lines = opened(card, Asked(ROWS, "", town, school), viewers[name])
                assert {line.school_id for line in lines or ()} <= schools, (name, town, school)


def test_li_never_sees_zhaos_children(district: World, viewers: dict[str, Viewer]) -> None:
    aid = cards.card("aid_share")
    own = drill.lines(aid, NOW, Asked(school_id=district.li_school.pk), viewers["li"])
    his = drill.lines(aid, NOW, Asked(school_id=district.zhao_school.pk), viewers["zhao"])

    assert [line.label for line in own] == ["丛一"]
    assert [line.label for line in his] == ["宫一", "宫二"]
    with pytest.raises(NotYours):
        drill.lines(aid, NOW, Asked(school_id=district.zhao_school.pk), viewers["li"])


@pytest.mark.parametrize("card", OPEN, ids=lambda card: card.name)
def test_what_is_open_has_the_same_lines_for_everybody(
    district: World, viewers: dict[str, Viewer], card: Card
) -> None:
    bureau, head = (drill.lines(card, NOW, Asked(), viewers[name]) for name in ("wang", "li"))

    assert bureau == head


def test_whoever_shows_people_says_so_on_the_card() -> None:
    for card in CARDS:
        if card.unit_kind in ("staff", "pupil", "dropout_case"):
            assert card.sensitivity != "open", card.name
        if card.sensitivity == "child":
            assert card.disclosure == "small_counts", card.name
