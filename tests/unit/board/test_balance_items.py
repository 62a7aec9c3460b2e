"""Every item of 优质均衡 over the live registers and ledgers of the small world."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gengdu.access.models import Account
from gengdu.analytics.run import Moment
from gengdu.analytics.verdicts import Verdict
from gengdu.board.quality_balance import presentation, report
from gengdu.board.quality_balance.locked import comparing
from gengdu.board.quality_balance.standing import Standing, standing
from gengdu.chapters.delivery.evaluation.ledger import MONITORING, RECOGNITION, STATEMENTS
from gengdu.registers.schools.models import CountyReport
from tests.ledgers import act, new, prove
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


@pytest.fixture
def wang(district: World, db: None) -> Account:
    return district.wang


def now() -> Standing:
    return standing(Moment(ON))


def verdict_of(key: str) -> Verdict:
    found = now().conclusion.find(key)
    assert found is not None
    return found.verdict


@pytest.fixture
def state(wang: Account) -> Callable[..., int]:
    """State an item, and approve it."""

    def stated(subject: str, conclusion: str = "符合", year: int = ON.year) -> int:
        item = new(STATEMENTS, wang, subject=subject, conclusion=conclusion, year=str(year))
        act(STATEMENTS, wang, "submit", item)
        act(STATEMENTS, wang, "pass", item)
        return item

    return stated


def test_nothing_passes_silently_where_nothing_was_reported(wang: Account) -> None:
    found = now().conclusion

    assert found.verdict != Verdict.MET
    for one in found.judged:
        assert one.verdict != Verdict.UNKNOWN or one.missing_zh, one.item.key


def test_a_statement_counts_once_it_is_approved_and_proved(state: Callable[..., int]) -> None:
    item = state("g01")

    assert verdict_of("g01") == Verdict.UNKNOWN
    prove(item)
    assert verdict_of("g01") == Verdict.MET


def test_a_statement_waiting_for_approval_says_so(wang: Account) -> None:
    new(STATEMENTS, wang, subject="g01", year=str(ON.year))

    found = now().conclusion.find("g01")

    assert found is not None
    assert found.missing_zh == (f"{ON.year} 年的结论还没有批准",)


def test_a_veto_that_happened_fails_the_district(state: Callable[..., int]) -> None:
    state("v1", "不符合")

    assert verdict_of("v1") == Verdict.UNMET
    assert now().conclusion.verdict == Verdict.UNMET


@pytest.mark.parametrize(
    ("conclusion", "sign", "word", "summary"),
    [
        ("符合", "●", "未发生", "没有以考试方式招生（2025 年）"),
        ("不符合", "✕", "发生", "发生（2025 年）"),
    ],
)
def test_a_veto_is_said_to_have_happened_or_not_and_never_to_be_met(
    state: Callable[..., int], conclusion: str, sign: str, word: str, summary: str
) -> None:
    prove(state("v1", conclusion))
    found = now()
    judged = found.conclusion.find("v1")
    assert judged is not None

    row = presentation.one(judged, found, sees_records=True)["row"]

    assert (row.sign, row.word, row.summary) == (sign, word, summary)


def test_the_group_of_vetoes_and_what_was_locked_have_the_words_of_vetoes(
    state: Callable[..., int],
) -> None:
    before = report.of_standing(now())
    state("v1", "不符合")
    after = report.of_standing(now())

    groups = {one["key"]: one["mark"]["word"] for one in presentation.page(now(), True)["groups"]}
    pairs = {(pair.whose, pair.what): pair for pair in comparing.compare(before, after)}

    assert groups["veto"] == "发生"
    assert pairs["以考试方式招生", "判定"].now == "✕ 发生"
    assert pairs["全区", "一票否决"].now == "✕ 发生"


def test_a_statement_of_two_years_before_no_longer_counts(state: Callable[..., int]) -> None:
    prove(state("g01", year=ON.year - 2))

    assert verdict_of("g01") == Verdict.UNKNOWN


def test_the_report_of_the_county_is_counted_at_once(wang: Account) -> None:
    assert verdict_of("q2") == Verdict.UNKNOWN

    CountyReport.objects.create(year=ON.year, disabled_children=100,
                                disabled_children_enrolled=94,
                                recorded_at="2025-01-01T00:00Z")  # fmt: skip

    assert verdict_of("q2") == Verdict.UNMET


def test_monitoring_and_surveys_count_once_approved(wang: Account) -> None:
    results = new(MONITORING, wang, year=str(ON.year))
    survey = new(RECOGNITION, wang, year=str(ON.year), visited="10", visited_satisfied="9")
    assert (verdict_of("q9"), verdict_of("s1")) == (Verdict.UNKNOWN, Verdict.UNKNOWN)

    for ledger, item in ((MONITORING, results), (RECOGNITION, survey)):
        act(ledger, wang, "submit", item)
        act(ledger, wang, "pass", item)

    assert (verdict_of("q9"), verdict_of("s1")) == (Verdict.MET, Verdict.MET)


def test_before_there_was_any_pupil_nothing_is_computed(wang: Account) -> None:
    found = standing(Moment(date(2001, 1, 1)))

    assert found.county.schools == ()
    assert found.conclusion.verdict == Verdict.UNKNOWN
