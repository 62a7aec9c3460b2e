"""The command that gathers and sends reminders, and the worker that does it every morning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from gengdu.access.models import Role, ScopeKind
from gengdu.cli import main, remind
from gengdu.records.reminders import occasions
from gengdu.records.reminders.models import Delivery, Gathering, Kind, Reminder
from gengdu.records.reminders.occasions import Occasion, Who
from tests import world
from tests.world import ON, World

Run = Callable[..., str]
pytestmark = [pytest.mark.xdist_group("cli"), pytest.mark.django_db]


@pytest.fixture
def run(
    district: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command over the small world, with one source that tells each head one thing."""
    heads = Who("view_plan", roles=frozenset({Role.SCHOOL_HEAD}))
    told = [Occasion("plan", Kind.MISSING, heads, "一校一案未报", "/x/")]
    monkeypatch.setattr(occasions, "_sources", {"ledger": lambda on: told})

    def typed(*arguments: str) -> str:
        main(arguments)
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return typed


def test_it_says_whom_it_reminds_and_what_it_sent(run: Run) -> None:
    told = run("remind", "--on", "2025-12-31")

    assert "2025-12-31：新提醒 2 项（2 人），了结 0 项，共 2 项未了结。" in told
    assert "  缺少 2 项" in told
    assert "控制台（示例）：已发送 2 份" in told
    assert "1. 一校一案未报" in told


def test_twice_on_the_same_day_reminds_and_sends_once(run: Run) -> None:
    run("remind", "--on", "2025-12-31")

    again = run("remind", "--on", "2025-12-31")

    assert "新提醒 0 项" in again
    assert "控制台（示例）：没有新的要发" in again
    assert (Reminder.objects.count(), Delivery.objects.count()) == (2, 2)


def test_a_dry_run_names_everybody_and_keeps_nothing(run: Run) -> None:
    told = run("remind", "--on", "2025-12-31", "--dry-run")

    assert "将有新提醒 2 项" in told
    assert "  li  一校一案未报" in told
    assert "  zhao  一校一案未报" in told
    assert not Reminder.objects.exists()


def test_on_a_day_off_it_names_the_next_working_day(run: Run) -> None:
    told = run("remind", "--on", "2025-10-04")

    assert told == "2025-10-04 不是工作日，不提醒。下一个工作日是 2025-10-09。\n"


def test_a_year_without_a_notice_is_said(run: Run) -> None:
    assert "2029 年的放假安排尚未录入，按周一至周五计。" in run("remind", "--on", "2029-01-02")


def test_a_source_that_breaks_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: object
) -> None:
    def broken(on: object) -> list[Occasion]:
        raise RuntimeError

    monkeypatch.setattr(occasions, "_sources", {"ledger": broken})

    main(["remind", "--on", "2025-12-31"])

    assert "没有算出：ledger" in capsys.readouterr().err


def test_the_worker_reminds_once_of_the_last_day_of_a_demo(run: Run) -> None:
    for _ in range(2):
        remind.look()

    assert Gathering.objects.get().on == ON
    assert Delivery.objects.count() == 2


def test_the_worker_outlives_a_morning_that_fails(
    run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: 1 / 0)

    remind.look()

    assert "the reminders of this morning failed" in caplog.text


def test_nobody_is_reminded_who_left(run: Run, district: World) -> None:
    world.account("gone", "前任", Role.SCHOOL_HEAD, ScopeKind.SCHOOL, 1, is_active=False)

    assert "（2 人）" in run("remind", "--on", "2025-12-31")
