"""What the desk reminds of: numbers alone, to those who can answer or accept."""

from __future__ import annotations

import pytest

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.scope import Viewer
from gengdu.records.reminders.models import Kind
from gengdu.records.reminders.occasions import Occasion
from gengdu.registers.quality import operations, reminding
from gengdu.registers.quality.models import AnswerKind
from gengdu.registers.quality.operations import Reply
from tests import world
from tests.unit.quality.cases import BIRTH, BOY, OTHER_BOY, act, pupil, tokens
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
EVIDENCE = Reply(AnswerKind.EVIDENCE, "户口簿为准，附复印件。")


@pytest.fixture
def mistakes(district: World) -> World:
    """Two children of Li's school whose birth date is not that of their number."""
    for code, number in (("P01", BOY), ("P02", OTHER_BOY)):
        pupil(code, identity_number=number, birth_date="2016-03-02")
    return district


def told() -> dict[str, Occasion]:
    return {one.key: one for one in reminding.desk(ON)}


def reached(one: Occasion, *people: Account) -> set[str]:
    return {who.username for who in people if one.who.includes(who, Viewer.of(who))}


def test_a_school_is_told_once_a_month_how_much_there_is_to_answer(mistakes: World) -> None:
    key = f"school{mistakes.li_school.pk}.open@2025-12"
    one = told()[key]

    assert one.kind == Kind.MISSING
    assert "条待核实或更正" in one.text
    assert reached(one, mistakes.li, mistakes.zhao, mistakes.sun, mistakes.wang) == {"li"}


def test_answers_wait_for_the_town_and_the_bureau(mistakes: World) -> None:
    aide = world.account("aide", "助理", Role.TOWN_OFFICER, ScopeKind.TOWN, mistakes.gushan.pk)
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li), EVIDENCE)

    waiting = [one for one in told().values() if one.kind == Kind.WAITING]

    assert [one.text for one in waiting] == ["数据质量：2 条答复待您审批"] * 2
    people = (mistakes.li, mistakes.sun, aide, mistakes.wang)
    assert [reached(one, *people) for one in waiting] == [{"aide"}, {"wang"}]


def test_a_new_answer_is_news_and_an_old_one_is_not(mistakes: World) -> None:
    first, second = tokens(mistakes.li)
    keys = []
    for token in (first, second):
        operations.answer(act(mistakes.li), BIRTH, [token], EVIDENCE)
        keys.append({one.key for one in told().values() if one.kind == Kind.WAITING})

    assert not keys[0] & keys[1]
    assert keys[1] == {one.key for one in told().values() if one.kind == Kind.WAITING}


def test_what_was_returned_goes_back_to_the_school(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li)[:1], EVIDENCE)
    operations.send_back(act(mistakes.wang), BIRTH, tokens(mistakes.wang)[:1], "请附原件。")

    (one,) = (one for one in told().values() if one.kind == Kind.RETURNED)

    assert one.text == "数据质量：1 条答复已退回，请按意见修改后重新提交"
    assert reached(one, mistakes.li, mistakes.wang) == {"li"}
