"""Several people send the same code at the same moment: the database takes one answer."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from gengdu.chapters.delivery.evaluation.surveys import answering
from gengdu.chapters.delivery.evaluation.surveys.answering import take
from gengdu.chapters.delivery.evaluation.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyRemark,
    SurveyUnit,
)
from tests import surveys
from tests.surveys import DURING, KEY
from tests.world import World


@pytest.fixture
def committed(district: World, django_db_blocker: Any) -> Iterator[Survey]:
    """An open survey that other threads see as well."""
    with django_db_blocker.unblock():
        survey = surveys.opened(district.wang)
        yield survey
        for model in (SurveyAnswer, SurveyRemark, SurveyCode, SurveyUnit):
            model.objects.all().delete()
        survey.strata.all().delete()
        survey.delete()


def test_two_who_send_the_same_code_at_once_are_counted_once(
    committed: Survey, district: World
) -> None:
    code = surveys.codes_of(committed, district.wang)[0]
    start, outcomes = threading.Barrier(6), []

    def send(tick: str) -> None:
        start.wait(20)
        try:
            take(code, {"q1": [tick]}, on=DURING, key=KEY)
            outcomes.append("kept")
        except answering.AlreadySent:
            outcomes.append("there already")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(str(tick % 5),)) for tick in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(outcomes) == {"kept": 1, "there already": 5}
    assert SurveyAnswer.objects.filter(stratum__survey=committed).count() == 1
