"""A survey from its plan to its answers, in the small world; nobody can be told by an answer."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import models

from gengdu.access.trail.models import TrailEntry
from gengdu.chapters.delivery.evaluation.surveys import answering, codes, operations, queries, slips
from gengdu.chapters.delivery.evaluation.surveys.answering import take
from gengdu.chapters.delivery.evaluation.surveys.frame import plan
from gengdu.chapters.delivery.evaluation.surveys.holding import Refused
from gengdu.chapters.delivery.evaluation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyRemark,
    SurveyUnit,
)
from gengdu.registers.pupils.models import Guardian, Pupil
from tests import surveys, world
from tests.surveys import AFTER, AT, CLOSES, DURING, KEY, OPENS
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
SATISFIED = {"q1": ["1"], "q7": ["0", "2"], "q8": ["希望操场快些修好"]}


def test_a_plan_asks_families_and_teachers_of_the_schools_it_is_about(district: World) -> None:
    lines = plan(surveys.begun(district.wang), on=DURING)

    asked = Counter({line.stratum.key: line.sampled for line in lines})
    assert asked[f"parents:{district.li_school.pk}"] == 4
    assert f"parents:{district.kindergarten.pk}" not in asked
    assert not any(key.startswith("pupils") for key in asked)


def test_a_family_with_two_children_is_asked_once(district: World) -> None:
    first, second = Pupil.objects.filter(
        enrolments__school=district.li_school
    ).distinct().order_by("pk")[:2]  # fmt: skip
    for child in (first, second):
        Guardian.objects.create(
            pupil=child, position=1, name="丛父", identity_number="371002198001010011",
            recorded_at=world.known(OPENS),
        )  # fmt: skip

    lines = plan(surveys.begun(district.wang), on=DURING)

    units = next(line.stratum.units for line in lines
                 if line.stratum.key == f"parents:{district.li_school.pk}")  # fmt: skip
    assert first.pk in units
    assert second.pk not in units


def test_slips_are_packed_by_grade_and_number_of_the_class(district: World) -> None:
    survey = surveys.opened(district.wang)
    units = SurveyUnit.objects.filter(stratum__key=f"parents:{district.li_school.pk}")
    called = ["七年级1班", "三年级10班", "三年级2班", "一年级1班"]
    for unit, label in zip(units, called, strict=True):
        unit.class_label = label
        unit.save()

    _survey, (sheet,) = slips.print_slips(
        survey.pk, district.wang, [units[0].stratum_id], on=DURING, key=KEY
    )

    labels = [packet.label for packet in sheet.packets]
    assert labels == ["一年级1班", "三年级2班", "三年级10班", "七年级1班"]


def test_villages_are_asked_as_many_as_was_entered(district: World) -> None:
    survey = surveys.begun(district.wang, groups=["residents"])
    village = world.PlaceRecord.objects.get(name="皂埠村").place_id
    operations.change(survey.pk, district.wang, {"residents": {str(village): [120, 15]}})

    lines = plan(Survey.objects.get(pk=survey.pk), on=DURING)

    assert [(line.stratum.population, line.sampled) for line in lines] == [(120, 15)]


def test_the_same_seed_draws_the_same_people(district: World) -> None:
    drawn = []
    for _ in range(2):
        survey = surveys.begun(district.wang, seed="s", expected_response=1.0, margin=0.4,
                               at_least=2)  # fmt: skip
        operations.draw(survey.pk, district.wang, on=OPENS, at=AT, key=KEY)
        drawn.append(sorted(
            SurveyUnit.objects.filter(stratum__survey=survey)
            .values_list("stratum__key", "subject_key")
        ))  # fmt: skip

    assert drawn[0] == drawn[1]
    assert drawn[0]


def test_a_sample_is_drawn_once_and_its_settings_are_frozen(district: World) -> None:
    survey = surveys.opened(district.wang)

    with pytest.raises(Refused, match="已经抽出"):
        operations.draw(survey.pk, district.wang, on=DURING, at=AT, key=KEY)
    with pytest.raises(Refused, match="已经开放"):
        operations.change(survey.pk, district.wang, {"margin": 0.1})
    with pytest.raises(Refused, match="问卷没有改"):
        operations.change_questionnaire(survey.pk, district.wang, queries.form_of(survey))
    assert operations.change(survey.pk, district.wang, {"title": "改名"}).title == "改名"


def test_a_sample_that_was_printed_cannot_be_thrown_away(district: World) -> None:
    survey = surveys.begun(district.wang)
    operations.draw(survey.pk, district.wang, on=OPENS, at=AT, key=KEY)
    assert operations.undraw(survey.pk, district.wang).drawn_at is None
    operations.draw(survey.pk, district.wang, on=OPENS, at=AT, key=KEY)
    surveys.codes_of(survey, district.wang)

    with pytest.raises(Refused, match="已经打印"):
        operations.undraw(survey.pk, district.wang)


def test_every_deed_is_in_the_trail_and_no_code_is(district: World) -> None:
    survey = surveys.opened(district.wang)
    printed = surveys.codes_of(survey, district.wang)
    take(printed[0], SATISFIED, on=DURING, key=KEY)
    operations.close(survey.pk, district.wang, on=DURING, at=AT)

    entries = TrailEntry.objects.filter(subject=Survey._meta.label)
    said = [entry.details["what"] for entry in entries]

    for deed in ("新建", "抽样", "开放", "打印", "提前关闭"):
        assert any(deed in what for what in said), deed
    assert not any(code in entry.detail for code in printed for entry in entries)


def test_a_code_works_once_and_the_second_time_it_is_said_to_have_arrived(district: World) -> None:
    survey = surveys.opened(district.wang)
    code = surveys.codes_of(survey, district.wang)[0]

    take(codes.shown(code).lower(), SATISFIED, on=DURING, key=KEY)
    with pytest.raises(answering.AlreadySent, match="已收到"):
        take(code, {"q1": ["4"]}, on=DURING, key=KEY)

    assert [answer.is_satisfied for answer in SurveyAnswer.objects.all()] == [True]
    assert SurveyRemark.objects.get().text == "希望操场快些修好"


def test_an_incomplete_answer_uses_nothing_up(district: World) -> None:
    survey = surveys.opened(district.wang)
    code = surveys.codes_of(survey, district.wang)[0]

    with pytest.raises(answering.Incomplete) as missing:
        take(code, {"q2": ["0"]}, on=DURING, key=KEY)

    assert set(missing.value.given.faults) == {"q1"}
    assert not SurveyAnswer.objects.exists()
    take(code, SATISFIED, on=DURING, key=KEY)


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2025, 11, 30), "还没有开始"), (AFTER, "已经结束"), (CLOSES, ""), (OPENS, "")],
)
def test_answers_are_taken_from_the_first_day_to_the_last(
    district: World, day: date, said: str
) -> None:
    survey = surveys.opened(district.wang)
    code = surveys.codes_of(survey, district.wang)[0]

    if said:
        with pytest.raises(answering.NotNow, match=said):
            take(code, SATISFIED, on=day, key=KEY)
    else:
        take(code, SATISFIED, on=day, key=KEY)


def test_a_survey_closed_early_takes_nothing_more(district: World) -> None:
    survey = surveys.opened(district.wang)
    code = surveys.codes_of(survey, district.wang)[0]
    operations.close(survey.pk, district.wang, on=DURING, at=AT)

    with pytest.raises(answering.NotNow, match="已经结束"):
        take(code, SATISFIED, on=DURING, key=KEY)


def test_a_wrong_code_and_a_miscopied_one_are_told_apart(district: World) -> None:
    surveys.opened(district.wang)
    stranger = codes.code_of(b"another key", survey=1, stratum=1, serial=1)

    with pytest.raises(answering.NoSuchCode):
        take(stranger, SATISFIED, on=DURING, key=KEY)
    wrong = stranger[:-1] + next(one for one in codes.ALPHABET if one != stranger[-1])
    for typed in (wrong, "", "O0I1L-ABCDE", stranger[:9], "1" * 500):
        with pytest.raises(codes.WronglyCopied):
            take(typed, SATISFIED, on=DURING, key=KEY)


def test_one_wrong_letter_or_two_swapped_are_always_noticed() -> None:
    code = codes.code_of(KEY, survey=1, stratum=1, serial=1)
    slips_of_the_finger = [
        code[:at] + letter + code[at + 1 :]
        for at in range(len(code)) for letter in codes.ALPHABET if letter != code[at]
    ]  # fmt: skip
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(len(code) - 2) if code[at] != code[at + 1]
    ]  # fmt: skip

    for typed in (*slips_of_the_finger, *swapped):
        with pytest.raises(codes.WronglyCopied):
            codes.read(typed)


def test_printing_again_prints_the_same_codes_less_those_used(district: World) -> None:
    survey = surveys.opened(district.wang)
    first = surveys.codes_of(survey, district.wang)
    take(first[0], SATISFIED, on=DURING, key=KEY)

    assert set(surveys.codes_of(survey, district.wang)) == set(first[1:])
    assert len(set(first)) == len(first)


def test_with_another_key_nothing_is_printed(district: World) -> None:
    survey = surveys.opened(district.wang)

    with pytest.raises(Refused, match="密钥"):
        surveys.codes_of(survey, district.wang, key=b"lost")


def test_a_lost_code_is_replaced_and_the_old_one_is_void(district: World) -> None:
    survey = surveys.opened(district.wang)
    old = surveys.codes_of(survey, district.wang)
    stratum = survey.strata.filter(group="parents").order_by("town_key", "label")[0]

    _survey, sheet = slips.replace_code(survey.pk, district.wang, stratum.pk, 1, on=DURING, key=KEY)

    (new,) = sheet.packets[0].slips
    void = [code for code in old if _is_void(code)]
    assert len(void) == 1
    assert new.code not in old
    take(new.code, SATISFIED, on=DURING, key=KEY)
    assert [one.sent for one in queries.received(survey) if one.stratum == stratum] == [
        stratum.sampled
    ]
    with pytest.raises(Refused, match="编号 1 "):
        slips.replace_code(survey.pk, district.wang, stratum.pk, 1, on=DURING, key=KEY)


def _is_void(code: str) -> bool:
    try:
        answering.open_form(code, on=DURING, key=KEY)
    except answering.NotNow as why:
        return "作废" in str(why)
    return False


def test_a_lost_packet_is_replaced_whole(district: World) -> None:
    survey = surveys.opened(district.wang)
    old = surveys.codes_of(survey, district.wang)
    take(old[0], SATISFIED, on=DURING, key=KEY)

    for stratum in survey.strata.filter(group="parents"):
        slips.replace_all(survey.pk, district.wang, stratum.pk, on=DURING, key=KEY)

    fresh = surveys.codes_of(survey, district.wang)
    assert len(fresh) == len(old) - 1
    assert not set(fresh) & set(old)


def test_the_database_keeps_no_code(district: World) -> None:
    survey = surveys.opened(district.wang)
    printed = surveys.codes_of(survey, district.wang)

    kept = {str(value) for row in SurveyCode.objects.values_list() for value in row}

    assert not kept & set(printed)


def test_no_table_leads_from_an_answer_to_a_person_or_a_code() -> None:
    """An answer points to its stratum, words to their survey; neither has a time or an order."""
    pointing = {
        model: {field.related_model.__name__ for field in model._meta.concrete_fields
                if isinstance(field, models.ForeignKey)}
        for model in (SurveyAnswer, SurveyRemark, SurveyCode, SurveyUnit)
    }  # fmt: skip

    assert pointing == {
        SurveyAnswer: {"SurveyStratum"}, SurveyRemark: {"Survey"}, SurveyCode: {"SurveyStratum"},
        SurveyUnit: {"SurveyStratum"},
    }  # fmt: skip
    for model in (SurveyAnswer, SurveyRemark):
        assert isinstance(model._meta.pk, models.UUIDField)
    for model in (SurveyAnswer, SurveyRemark, SurveyCode, SurveyUnit):
        assert not any(isinstance(field, models.DateField) for field in model._meta.fields)


def test_two_answers_of_one_stratum_cannot_be_told_apart_by_their_codes(district: World) -> None:
    """Whoever holds the whole database and every code finds nothing that the two have in common."""
    survey = surveys.opened(district.wang)
    printed = surveys.codes_of(survey, district.wang)
    for code, tick in zip(printed[:2], ("0", "4"), strict=True):
        take(code, {"q1": [tick]}, on=DURING, key=KEY)

    spent = list(SurveyCode.objects.filter(state="spent").values_list("digest", "serial", "id"))
    kept = " ".join(str(row) for row in SurveyAnswer.objects.values_list("id", "answers"))

    assert len(spent) == 2
    for digest, *_rest in spent:
        assert digest not in kept
    assert not any(code in kept for code in printed)
