"""Answers close findings, and open them again when the facts change."""

from __future__ import annotations

from datetime import date

import pytest

from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry
from gengdu.records.models import Change, ChangeKind
from gengdu.records.writing import undo
from gengdu.registers.quality import operations, queries
from gengdu.registers.quality.models import Answer, AnswerKind, State
from gengdu.registers.quality.operations import Moved, NotAnswered, Reply
from gengdu.registers.quality.queries import Standing
from tests.unit.quality.cases import AT, BIRTH, BOY, CHANGE, act, of, pupil, tokens
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
EVIDENCE = Reply(AnswerKind.EVIDENCE, "户口簿即如此登记，派出所出具了证明。")


def standings(account: Account) -> list[Standing]:
    return [finding.standing for finding in of(account)]


@pytest.fixture
def mistakes(district: World) -> World:
    """Li's P01 and P02, and Zhao's P05, have birth dates that differ from their numbers."""
    for code in ("P01", "P02", "P05"):
        pupil(code, identity_number=BOY, birth_date=date(2016, 3, 2))
    return district


def test_an_answer_waits_and_names_who_gave_it(mistakes: World) -> None:
    token = tokens(mistakes.li)[0]

    assert operations.answer(act(mistakes.li), BIRTH, [token], CHANGE) == 1

    assert standings(mistakes.li) == [Standing.WAITING, Standing.OPEN]
    row = Answer.objects.get()
    assert (row.answered_by, row.answered_at, row.school) == (mistakes.li, AT, mistakes.li_school)
    assert row.told == "登记为 2016-03-02，证件号中是 2016-03-01"
    assert row.recorded_in is not None
    assert row.recorded_in.kind == ChangeKind.EDIT
    assert TrailEntry.objects.latest("sequence").reason == CHANGE.note


def test_a_change_closes_itself_once_the_facts_are_mended(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li)[:1], CHANGE)

    pupil("P01", birth_date=date(2016, 3, 1))

    assert [finding.found.subject_id for finding in of(mistakes.li)] == [pupil("P02").pk]


def test_an_answered_finding_opens_again_when_its_facts_change(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li), EVIDENCE)
    assert standings(mistakes.li) == [Standing.WAITING, Standing.WAITING]

    pupil("P01", birth_date=date(2016, 3, 3))

    assert standings(mistakes.li) == [Standing.OPEN, Standing.WAITING]
    past = queries.history(of(mistakes.li))[BIRTH.key, pupil("P01").pk]
    assert [row.note for row in past] == [EVIDENCE.note]


def test_a_change_of_other_facts_leaves_the_answer_standing(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li), EVIDENCE)

    pupil("P01", name="丛壹", phone="13800000001")

    assert standings(mistakes.li) == [Standing.WAITING, Standing.WAITING]


def test_accepted_evidence_is_no_longer_counted(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li), EVIDENCE)
    before = queries.summary(act(mistakes.li).viewer, on=ON)

    operations.accept(act(mistakes.wang), BIRTH, tokens(mistakes.wang)[:2])

    after = queries.summary(act(mistakes.li).viewer, on=ON)
    assert standings(mistakes.li) == [Standing.ACCEPTED, Standing.ACCEPTED]
    assert (before.waiting - after.waiting, before.to_do) == (2, after.to_do)
    assert Answer.objects.filter(superseded_at=None).values_list("state", "reviewed_by").distinct(
    ).get() == (State.APPROVED, mistakes.wang.pk)  # fmt: skip


def test_accepted_evidence_is_asked_for_again_when_the_facts_change(mistakes: World) -> None:
    operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li)[:1], EVIDENCE)
    operations.accept(act(mistakes.wang), BIRTH, tokens(mistakes.wang)[:1])

    pupil("P01", birth_date=date(2015, 3, 1))

    assert standings(mistakes.li) == [Standing.OPEN, Standing.OPEN]


def test_a_returned_answer_is_to_do_again_with_the_reason(mistakes: World) -> None:
    operations.answer(act(mistakes.zhao), BIRTH, tokens(mistakes.zhao), EVIDENCE)

    operations.send_back(act(mistakes.sun), BIRTH, tokens(mistakes.sun), "请附户口簿照片。")

    (finding,) = of(mistakes.zhao)
    assert finding.standing is Standing.RETURNED
    assert finding.is_to_do
    assert finding.answer is not None
    assert finding.answer.review_note == "请附户口簿照片。"
    operations.answer(act(mistakes.zhao), BIRTH, tokens(mistakes.zhao), EVIDENCE)
    assert standings(mistakes.zhao) == [Standing.WAITING]
    assert Answer.objects.count() == 3


def test_nobody_accepts_the_own_answer(mistakes: World) -> None:
    operations.answer(act(mistakes.sun), BIRTH, tokens(mistakes.sun), EVIDENCE)

    with pytest.raises(NotAnswered, match="须由他人核验"):
        operations.accept(act(mistakes.sun), BIRTH, tokens(mistakes.sun))

    assert operations.accept(act(mistakes.wang), BIRTH, tokens(mistakes.sun)) == 1


@pytest.mark.parametrize("reply", [CHANGE, Reply(AnswerKind.REMOVE, "重复。", "周园长")])
def test_only_evidence_can_be_accepted(mistakes: World, reply: Reply) -> None:
    operations.answer(act(mistakes.zhao), BIRTH, tokens(mistakes.zhao), reply)

    with pytest.raises(NotAnswered, match="只有等待核验的“佐证”可以认可"):
        operations.accept(act(mistakes.wang), BIRTH, tokens(mistakes.zhao))


def test_what_nobody_answered_cannot_be_accepted_or_returned(mistakes: World) -> None:
    with pytest.raises(NotAnswered, match="可以认可"):
        operations.accept(act(mistakes.wang), BIRTH, tokens(mistakes.zhao))
    with pytest.raises(NotAnswered, match="还没有答复"):
        operations.send_back(act(mistakes.wang), BIRTH, tokens(mistakes.zhao), "缺材料")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(AnswerKind.CHANGE, "  "), "没有写说明"),
        (Reply(AnswerKind.REMOVE, "重复登记"), "须写明由谁批准"),
    ],
)
def test_an_answer_without_its_words_is_refused(mistakes: World, reply: Reply, words: str) -> None:
    with pytest.raises(NotAnswered, match=words):
        operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.li), reply)

    assert not Answer.objects.exists()


def test_nothing_chosen_or_no_reason_is_refused(mistakes: World) -> None:
    with pytest.raises(NotAnswered, match="没有选中"):
        operations.answer(act(mistakes.li), BIRTH, [], CHANGE)
    with pytest.raises(NotAnswered, match="退回须写明理由"):
        operations.send_back(act(mistakes.wang), BIRTH, tokens(mistakes.li), " ")


def test_li_cannot_answer_for_zhao(mistakes: World) -> None:
    with pytest.raises(Moved):
        operations.answer(act(mistakes.li), BIRTH, tokens(mistakes.zhao), CHANGE)

    assert not Answer.objects.exists()


def test_one_text_answers_many_and_is_one_change(mistakes: World) -> None:
    assert operations.answer(act(mistakes.wang), BIRTH, tokens(mistakes.wang), CHANGE) == 3

    assert Answer.objects.values("recorded_in").distinct().count() == 1
    assert Answer.objects.all()[0].recorded_in.kind == ChangeKind.BULK_EDIT  # type: ignore[union-attr]


def test_one_that_is_gone_stops_the_whole_answer(mistakes: World) -> None:
    seen = tokens(mistakes.li)
    pupil("P01", birth_date=date(2016, 3, 1))

    with pytest.raises(Moved, match="有 1 条已经改正"):
        operations.answer(act(mistakes.li), BIRTH, seen, CHANGE)

    assert not Answer.objects.exists()


def test_the_second_of_two_people_is_told_and_overwrites_nothing(mistakes: World) -> None:
    seen = tokens(mistakes.zhao)
    operations.answer(act(mistakes.zhao), BIRTH, seen, EVIDENCE)

    with pytest.raises(Moved, match="刚被别人答复"):
        operations.answer(act(mistakes.sun), BIRTH, seen, CHANGE)

    assert Answer.objects.get().kind == AnswerKind.EVIDENCE


def test_an_answer_can_be_undone_like_any_change(mistakes: World) -> None:
    operations.answer(act(mistakes.zhao), BIRTH, tokens(mistakes.zhao), CHANGE)
    change = Answer.objects.get().recorded_in
    assert change is not None

    undo(change, Change(at=AT, account=mistakes.wang, register="quality", summary="撤销"))

    assert standings(mistakes.zhao) == [Standing.OPEN]
