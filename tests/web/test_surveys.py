"""Pages of surveys: answered by code without log-in, seen by each role as far as it may."""

from __future__ import annotations

import io
import logging
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse
from docx import Document

from gengdu.access.tries.models import Tries
from gengdu.analytics.surveys.questionnaire import OWN_WORDING
from gengdu.chapters.delivery.evaluation.models import NationalEvaluation, RecognitionSurvey
from gengdu.chapters.delivery.evaluation.surveys import codes, operations, queries
from gengdu.chapters.delivery.evaluation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyPurpose,
)
from gengdu.chapters.delivery.task_ledger.models import SatisfactionSurvey
from gengdu.records.evidence.models import Evidence
from gengdu.records.models import SampleDistrict
from gengdu.site.quiet import HidesCodes
from tests import surveys, world
from tests.conftest import signed_in
from tests.surveys import AT
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
ADDRESS = "203.0.113.9"


@pytest.fixture
def running(district: World) -> Survey:
    """A survey that takes answers on the day that counts as now."""
    return surveys.opened(district.wang, on=world.ON, key=settings.SURVEY_KEY)


@pytest.fixture
def printed(running: Survey, district: World) -> list[str]:
    return surveys.codes_of(running, district.wang, key=settings.SURVEY_KEY)


def later(district: World, day: date = date(2026, 1, 2)) -> None:
    """Let another day count as now."""
    SampleDistrict.objects.update(last_day=day)


def send(code: str, client: Client | None = None, **given: Any) -> Any:
    address = reverse("survey_answer", kwargs={"code": code})
    return (client or Client()).post(address, {"q1": "1", **given}, REMOTE_ADDR=ADDRESS)


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_a_code_opens_the_questionnaire_whatever_its_case_and_dashes(printed: list[str]) -> None:
    typed = codes.shown(printed[0]).lower()

    response = Client().post(reverse("survey_start"), {"code": f" {typed} "}, follow=True)

    assert OWN_WORDING.questions[0].wording in text_of(response)
    assert response.redirect_chain[0][0] == reverse("survey_answer", kwargs={"code": printed[0]})


def test_an_answer_is_taken_without_cookies_or_script(printed: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)

    response = send(printed[0], client, q8="很好")

    assert response.headers["Location"] == reverse("survey_thanks")
    assert not client.cookies
    assert SurveyAnswer.objects.count() == 1


def test_the_second_time_it_is_said_to_have_arrived(printed: list[str]) -> None:
    send(printed[0])

    response = send(printed[0], q1="4")

    assert "已收到" in text_of(response)
    assert SurveyAnswer.objects.get().is_satisfied


def test_what_is_missing_is_shown_and_what_was_chosen_stays(printed: list[str]) -> None:
    response = send(printed[0], q1="", q2="3", q8="话")

    page = text_of(response)
    assert response.status_code == 200
    assert "还有 1 处需要补充" in page
    assert 'name="q2" value="3" checked' in page
    assert ">话</textarea>" in page
    assert not SurveyAnswer.objects.exists()


def test_a_closed_survey_says_so(printed: list[str], district: World) -> None:
    later(district)

    assert "已经结束" in text_of(send(printed[0]))


def test_whoever_guesses_is_stopped_and_a_miscopied_code_is_no_guess(printed: list[str]) -> None:
    wrong = [codes.code_of(b"guess", survey=1, stratum=1, serial=at) for at in range(20)]
    for _again in range(30):
        send(printed[0][:-1] + ("2" if printed[0][-1] != "2" else "3"))
    assert "答题码" in text_of(send(wrong[0]))
    for code in wrong[1:]:
        send(code)

    stopped = send(printed[0])

    assert "分钟后再试" in text_of(stopped)
    assert not SurveyAnswer.objects.exists()
    elsewhere = Client().post(
        reverse("survey_answer", kwargs={"code": printed[0]}), {"q1": "1"}, REMOTE_ADDR="2.2.2.2"
    )
    assert elsewhere.status_code == 302


def test_no_table_keeps_the_address_of_whoever_guesses_or_answers(printed: list[str]) -> None:
    send(codes.code_of(b"guess", survey=1, stratum=1, serial=1))
    send(printed[0])

    kept = str(list(Tries.objects.values_list()))

    assert Tries.objects.count() == 1
    assert ADDRESS not in kept


def test_the_log_of_a_refused_request_holds_no_code() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s",
        ("Method Not Allowed", "/s/ABCDEFGHJK/"), None,
    )  # fmt: skip

    assert HidesCodes().filter(record)
    assert record.getMessage() == "Method Not Allowed: /s/…/"


def test_the_bureau_goes_from_a_draft_to_open(as_wang: Client, district: World) -> None:
    as_wang.post(reverse("survey_new"), {
        "title": "示例调查", "purpose": "quality_balance", "opens_on": "2025-12-01",
        "closes_on": "2026-01-31", "like": "",
    })  # fmt: skip
    survey = Survey.objects.get()
    assert "示例，系统自拟" in text_of(as_wang.get(reverse("survey", args=[survey.pk])))

    for step in ("draw", "open"):
        as_wang.post(reverse("survey_step", args=[survey.pk]), {"step": step})

    survey.refresh_from_db()
    assert queries.standing(survey, on=world.ON) == queries.OPEN


def test_settings_are_kept_and_a_wrong_village_is_refused(as_wang: Client, district: World) -> None:
    survey = surveys.begun(district.wang)
    village = world.PlaceRecord.objects.get(name="皂埠村").place_id
    form = {
        "title": "改名", "opens_on": "2025-12-01", "closes_on": "2025-12-31",
        "groups": ["parents", "residents"], "margin": "4", "confidence": "90",
        "expected_share": "85", "expected_response": "70", "at_least": "2", "seed": "x",
    }  # fmt: skip
    address = reverse("survey_edit", args=[survey.pk])

    bad = as_wang.post(address, {**form, f"households-{village}": "10", f"codes-{village}": "11"})
    as_wang.post(address, {**form, f"households-{village}": "110", f"codes-{village}": "11"})
    endless = as_wang.post(
        address, {**form, f"households-{village}": "9" * 5_000, f"codes-{village}": "11"}
    )

    survey.refresh_from_db()
    assert "发码数应在 1 与户数之间" in text_of(bad)
    assert "应为整数" in text_of(endless)
    assert (survey.margin, survey.residents) == (0.04, {str(village): [110, 11]})
    assert not survey.each_group


def test_a_questionnaire_is_written_and_a_bad_one_is_refused_with_all_that_was_typed(
    as_wang: Client, district: World
) -> None:
    survey = surveys.begun(district.wang)
    address = reverse("survey_questions", args=[survey.pk])
    rows = {"kind-0": "scale", "wording-0": "满意吗", "kind-1": "many", "wording-1": "选什么"}

    bad = as_wang.post(address, {**rows, "overall": "0", "satisfied": ["0"]})
    as_wang.post(address, {**rows, "options-1": "甲\n乙", "overall": "0", "satisfied": ["0"]})

    survey.refresh_from_db()
    assert "第 2 题是多选" in text_of(bad)
    assert 'value="选什么"' in text_of(bad)
    assert [one.wording for one in queries.form_of(survey).questions] == ["满意吗", "选什么"]


def test_slips_have_a_code_and_its_picture_and_are_not_stored(
    as_wang: Client, running: Survey
) -> None:
    strata = list(running.strata.values_list("pk", flat=True))

    response = as_wang.post(reverse("survey_print", args=[running.pk]), {"strata": strata})

    page = text_of(response)
    assert page.count('class="slip"') == sum(running.strata.values_list("sampled", flat=True))
    assert page.count("<svg") == page.count('class="slip"')
    assert "no-store" in response.headers["Cache-Control"]


def test_heads_see_their_own_school_alone(running: Survey, district: World) -> None:
    address = reverse("survey_response", args=[running.pk])

    of_li, of_wang = (text_of(signed_in(who).get(address)) for who in (district.li, district.wang))

    assert "崮山小学" in of_li
    assert "松徐小学" not in of_li
    assert "松徐小学" in of_wang


def test_a_roster_names_the_own_children_and_no_code(
    running: Survey, printed: list[str], district: World
) -> None:
    address = reverse("survey_roster", args=[running.pk])
    strata = {one.place_key: one.pk for one in running.strata.filter(group="parents")}

    own = text_of(signed_in(district.li).get(address))
    foreign = text_of(
        signed_in(district.li).get(address, {"stratum": strata[district.zhao_school.pk]})
    )

    assert "丛一" in own
    assert "宫一" not in own + foreign
    assert not any(code in own for code in printed)


def test_a_roster_is_gone_once_the_survey_is_over(running: Survey, district: World) -> None:
    later(district)

    page = text_of(signed_in(district.li).get(reverse("survey_roster", args=[running.pk])))

    assert "丛一" not in page


def test_there_is_no_result_before_the_end(running: Survey, as_wang: Client) -> None:
    assert "还没有结束" in text_of(as_wang.get(reverse("survey_result", args=[running.pk])))
    assert as_wang.get(reverse("survey_report", args=[running.pk])).status_code == 404


@pytest.fixture
def over(running: Survey, printed: list[str], district: World) -> Survey:
    """A survey that is over: six parents answered, five of them satisfied."""
    for place, code in enumerate(printed[:6]):
        send(code, q1="4" if place == 5 else "0", q8=f"话{place}")
    later(district)
    return running


def test_a_result_is_shown_and_small_groups_are_not(
    over: Survey, as_wang: Client, district: World
) -> None:
    page = text_of(as_wang.get(reverse("survey_result", args=[over.pk])))

    assert "置信区间" in page
    assert "答卷太少，不显示" in page
    assert all(f"话{place}" in page for place in range(6))


def test_what_was_written_is_for_the_bureau_alone(over: Survey, district: World) -> None:
    page = text_of(signed_in(district.li).get(reverse("survey_result", args=[over.pk])))

    assert "话0" not in page
    assert "松徐小学" not in page


def test_the_result_becomes_drafts_with_the_report_once(over: Survey, as_wang: Client) -> None:
    address = reverse("survey_enter", args=[over.pk])

    as_wang.post(address)
    again = as_wang.post(address, follow=True)

    rows = RecognitionSurvey.objects.filter(superseded_at=None)
    sent = sum(one.sent for one in queries.received(over))
    of_all, of_parents = rows.get(group="all"), rows.get(group="parents")
    assert (of_all.year, of_all.sent, of_all.valid, of_all.satisfied) == (2025, sent, 6, 5)
    assert (of_parents.valid, of_parents.satisfied) == (6, 5)
    assert {row.state for row in rows} == {"draft"}
    assert Evidence.objects.filter(superseded_at=None).count() == 2
    assert "已经写入台账" in text_of(again)


def test_a_year_that_is_in_the_ledger_is_not_overwritten(over: Survey, as_wang: Client) -> None:
    as_wang.post(reverse("survey_enter", args=[over.pk]))
    Survey.objects.update(entered_in=None)
    RecognitionSurvey.objects.update(satisfied=1)

    response = as_wang.post(reverse("survey_enter", args=[over.pk]), follow=True)

    assert "没有写入" in text_of(response)
    assert set(RecognitionSurvey.objects.values_list("satisfied", flat=True)) == {1}


def test_a_survey_says_in_the_ledger_for_which_evaluation_it_was(
    over: Survey, as_wang: Client
) -> None:
    Survey.objects.update(purpose=SurveyPurpose.PRESCHOOL)

    as_wang.post(reverse("survey_enter", args=[over.pk]))

    assert set(RecognitionSurvey.objects.values_list("evaluation", flat=True)) == {
        NationalEvaluation.UNIVERSAL_PRESCHOOL
    }


def test_a_survey_of_rural_people_goes_into_its_own_ledger(over: Survey, as_wang: Client) -> None:
    Survey.objects.update(purpose=SurveyPurpose.RURAL)

    as_wang.post(reverse("survey_enter", args=[over.pk]))

    row = SatisfactionSurvey.objects.get()
    assert (row.held_on, row.respondents, row.satisfied) == (over.closes_on, 6, 5)


def test_the_report_is_a_word_document(over: Survey, as_wang: Client) -> None:
    response = as_wang.get(reverse("survey_report", args=[over.pk]))

    document = Document(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    told = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "收回有效答卷 6 份，其中总体满意 5 份" in told


def test_a_closed_survey_prints_nothing(over: Survey, as_wang: Client) -> None:
    strata = list(over.strata.values_list("pk", flat=True))

    response = as_wang.post(
        reverse("survey_print", args=[over.pk]), {"strata": strata}, follow=True
    )

    assert "答题码不再有用" in text_of(response)


def test_the_same_survey_again_takes_over_settings_and_questions(
    over: Survey, district: World
) -> None:
    operations.change(over.pk, district.wang, {"title": "旧"})

    again = operations.begin(
        district.wang, title="新", purpose=over.purpose, opens_on=date(2026, 5, 1),
        closes_on=date(2026, 5, 31), at=AT, like=over,
    )  # fmt: skip

    assert again.margin == over.margin
    assert again.questionnaire == over.questionnaire
    assert again.seed != over.seed
    with pytest.raises(ObjectDoesNotExist):
        again.strata.get()
