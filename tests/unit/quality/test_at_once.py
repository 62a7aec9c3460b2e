"""Findings and answers as several connections see them, committed."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from gengdu.access.models import Account
from gengdu.records.queries import revisions
from gengdu.registers.quality import evaluate, operations, queries
from gengdu.registers.quality.models import Answer
from gengdu.registers.quality.operations import Moved
from tests import world
from tests.unit.quality.cases import BIRTH, BOY, CHANGE, act, pupil, tokens
from tests.world import ON, World


def test_of_two_people_at_the_same_moment_one_is_written(district: World) -> None:
    pupil("P05", identity_number=BOY, birth_date=date(2016, 3, 2))
    start, outcomes = threading.Barrier(2), []
    seen = tokens(district.zhao)

    def answers(account: Account) -> None:
        try:
            start.wait()
            operations.answer(act(account), BIRTH, seen, CHANGE)
            outcomes.append("written")
        except Moved:
            outcomes.append("told")
        finally:
            for connection in connections.all():
                connection.close()

    threads = [
        threading.Thread(target=answers, args=[one]) for one in (district.zhao, district.sun)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["told", "written"]
    assert Answer.objects.filter(superseded_at=None).count() == 1


def test_findings_are_remembered_until_a_table_behind_them_moves(
    district: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    really = evaluate.run

    def watched(wanted, on):  # type: ignore[no-untyped-def]
        chosen = tuple(wanted)
        ran.extend(check.key for check in chosen)
        return really(chosen, on)

    monkeypatch.setattr(evaluate, "run", watched)
    evaluate.live.found(ON, revisions())
    ran.clear()

    evaluate.live.found(ON, revisions())
    assert ran == []

    world.grant(district.city_school, "green", "district", date(2025, 1, 1))
    evaluate.live.found(ON, revisions())
    assert ran == ["title_twice"]


def test_the_menu_knows_a_number_only_while_nothing_has_moved(district: World) -> None:
    viewer = act(district.wang).viewer
    summed = queries.summary(viewer, on=ON).to_do
    assert queries.to_do_if_known(viewer, on=ON) == summed > 0

    world.grant(district.city_school, "reading", "district", date(2025, 1, 1))

    assert queries.to_do_if_known(viewer, on=ON) is None
    assert queries.summary(viewer, on=ON).to_do == summed
    assert queries.to_do_if_known(viewer, on=ON) == summed
