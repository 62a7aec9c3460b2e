"""Entries on their way to being counted: each act is a step that stays, all of it or nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gengdu.access.models import Account
from gengdu.access.trail.models import TrailEntry
from gengdu.chapters.moral_education.campus_titles.ledger import CAMPUS_TITLES
from gengdu.records import approving, waiting
from gengdu.records.approving import Act
from gengdu.records.flows import Refused
from gengdu.records.models import Change, State, Step
from gengdu.records.waiting import Group
from gengdu.records.writing import Moved
from tests import ledgers
from tests.ledgers import act, new, state
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
TITLES = CAMPUS_TITLES
NOTICE_OVER = date(2026, 1, 20)


@pytest.fixture
def draft(clerk: Account) -> int:
    return new(TITLES, clerk)


def test_a_title_goes_from_clerk_to_head_to_bureau_to_notice_to_title(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    act(TITLES, district.li, "pass", draft)
    act(TITLES, district.wang, "pass", draft)
    on_notice = state(TITLES, draft)
    act(TITLES, district.wang, "pass", draft, on=NOTICE_OVER, document_number="示例字1号")

    assert on_notice == State.AT_NOTICE
    assert state(TITLES, draft) == State.APPROVED
    steps = Step.objects.filter(item=draft).order_by("pk")
    assert [(step.before, step.after) for step in steps] == [
        ("draft", "at_school"), ("at_school", "at_bureau"), ("at_bureau", "at_notice"),
        ("at_notice", "approved"),
    ]  # fmt: skip


def test_each_step_keeps_what_was_known_before_it(draft: int, clerk: Account) -> None:
    act(TITLES, clerk, "submit", draft)

    states = TITLES.model.objects.filter(item=draft).order_by("pk")

    assert [(row.state, row.superseded_at is None) for row in states] == [
        ("draft", False), ("at_school", True),
    ]  # fmt: skip


def test_a_notice_ends_after_five_working_days(draft: int, clerk: Account, district: World) -> None:
    act(TITLES, district.li, "submit", draft)
    act(TITLES, district.wang, "pass", draft, on=date(2025, 9, 29))

    assert Step.objects.filter(item=draft).last().due_on == date(2025, 10, 13)


def test_no_title_without_the_number_of_its_document(draft: int, district: World) -> None:
    act(TITLES, district.li, "submit", draft)
    act(TITLES, district.wang, "pass", draft)

    with pytest.raises(Refused, match="还缺“文号”"):
        act(TITLES, district.wang, "pass", draft, on=NOTICE_OVER)


def test_returned_with_a_reason_mended_and_sent_again(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    act(TITLES, district.li, "return", draft, note="级别不对")
    mended = ledgers.fill_in(TITLES, clerk, draft, level="市级")
    act(TITLES, clerk, "submit", draft)

    assert not mended.is_refused
    assert state(TITLES, draft) == State.AT_SCHOOL
    assert Step.objects.get(item=draft, kind="return").note == "级别不对"


@pytest.mark.parametrize("kind", ["return", "reopen", "revoke"])
def test_a_reason_is_asked_for(draft: int, district: World, kind: str) -> None:
    with pytest.raises(Refused, match="请写明原因"):
        act(TITLES, district.wang, kind, draft, note=" ")


@pytest.mark.parametrize("sent", [True, False], ids=["under review", "approved"])
def test_what_is_under_review_or_approved_cannot_be_changed(
    draft: int, clerk: Account, district: World, sent: bool
) -> None:
    item = draft if sent else approved(district)
    if sent:
        act(TITLES, clerk, "submit", draft)

    refused = ledgers.fill_in(TITLES, district.wang, item, level="省级")
    unchanged = ledgers.fill_in(TITLES, district.wang, item, level="区级")

    assert refused.is_refused
    assert "不能修改" in refused.remarks[0][0][1]
    assert unchanged.actions == {"unchanged": 1}


def approved(district: World, **given: object) -> int:
    item = new(TITLES, district.wang, document_number="示例字2号", **given)
    act(TITLES, district.wang, "submit", item)
    act(TITLES, district.wang, "pass", item)
    assert state(TITLES, item) == State.APPROVED
    return item


def test_what_has_its_document_already_needs_no_notice_and_the_trail_says_who_sent_it(
    district: World, db: None
) -> None:
    item = approved(district)

    assert Step.objects.filter(item=item).last().is_own


def test_reopened_it_no_longer_counts_until_it_is_approved_again(district: World, db: None) -> None:
    item = approved(district)

    act(TITLES, district.wang, "reopen", item)
    opened = state(TITLES, item)
    act(TITLES, district.wang, "submit", item)
    act(TITLES, district.wang, "pass", item)

    assert (opened, state(TITLES, item)) == (State.RETURNED, State.APPROVED)


def test_revoked_it_counts_until_the_day_before(district: World, db: None) -> None:
    item = approved(district, starts_on="2024-01-01")

    act(TITLES, district.wang, "revoke", item, day=date(2025, 6, 1))

    row = TITLES.model.objects.get(item=item, superseded_at=None)
    assert (row.state, row.ends_on, row.revoked_on) == ("approved", date(2025, 6, 1), row.ends_on)


def test_revoked_from_its_first_day_it_never_counted(district: World, db: None) -> None:
    item = approved(district, starts_on="2024-01-01")

    act(TITLES, district.wang, "revoke", item, day=date(2024, 1, 1))

    assert state(TITLES, item) == State.REVOKED


@pytest.mark.parametrize(
    ("day", "why"),
    [(None, "自哪一天"), (date(2026, 6, 1), "不能晚于今天"), (date(2025, 12, 1), "已经到期")],
)
def test_a_day_that_cannot_be_is_refused(
    district: World, db: None, day: date | None, why: str
) -> None:
    item = approved(district, starts_on="2024-01-01", ends_on="2025-10-31")

    with pytest.raises(Refused, match=why):
        act(TITLES, district.wang, "revoke", item, day=day)


def test_a_school_acts_on_its_own_entries_alone(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)

    with pytest.raises(Refused, match="不在您的查看范围内"):
        act(TITLES, district.zhao, "pass", draft)


def test_done_twice_it_is_done_once(draft: int, clerk: Account) -> None:
    act(TITLES, clerk, "submit", draft)

    with pytest.raises(Refused, match="不能再次提交"):
        act(TITLES, clerk, "submit", draft)

    assert Step.objects.filter(item=draft).count() == 1


def test_what_moved_since_it_was_looked_at_is_not_done(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    asked = Act(TITLES, "pass", (draft,), ledgers.viewer(district.li), district.li, ON)
    looked_at = approving.digest([approving.plan(asked)])
    act(TITLES, clerk, "withdraw", draft)

    with pytest.raises(Moved, match="已被别人办理"):
        approving.do([asked], ledgers.moment(), looked_at)

    assert state(TITLES, draft) == State.DRAFT


def test_of_many_those_that_allow_it_are_done_and_the_others_are_told_why(
    draft: int, clerk: Account, district: World
) -> None:
    other = new(TITLES, clerk, kind="绿色校园")
    act(TITLES, clerk, "submit", draft, other)
    act(TITLES, clerk, "withdraw", other)

    done = act(TITLES, district.li, "pass", draft, other)

    assert done == 1
    assert (state(TITLES, draft), state(TITLES, other)) == ("at_bureau", "draft")


def test_an_act_is_one_change_that_the_trail_keeps(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)

    change = Change.objects.get(kind="approval")
    sealed = TrailEntry.objects.order_by("-pk").first()
    assert change.summary == "提交：崮山小学 区级 书香校园"
    assert sealed is not None
    assert (sealed.subject, json.loads(sealed.detail)["change"]) == (
        "moral_education.CampusTitle",
        change.pk,
    )


def test_a_second_title_of_the_same_kind_and_level_at_the_same_time_is_warned_of(
    district: World, db: None
) -> None:
    approved(district, starts_on="2024-01-01")
    second = new(TITLES, district.wang, document_number="示例字3号", starts_on="2025-01-01")
    act(TITLES, district.wang, "submit", second)

    plan = approving.plan(
        Act(TITLES, "pass", (second,), ledgers.viewer(district.wang), district.wang, ON)
    )

    assert any("时间重叠" in warning for warning in plan.entries[0].warnings)


def test_a_matter_that_is_on_its_way_already_is_warned_of_when_it_is_sent_again(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    again = new(TITLES, clerk, starts_on="2025-12-02")
    elsewhere = new(TITLES, clerk, level="市级")

    plan = approving.plan(
        Act(TITLES, "submit", (again, elsewhere), ledgers.viewer(clerk), clerk, ON)
    )

    warned = [any("同一事项" in warning for warning in one.warnings) for one in plan.entries]
    assert warned == [True, False]
    assert not any(one.refused for one in plan.entries)


# What waits for whom


def groups(account: Account) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line in waiting.lines(ledgers.viewer(account), ON):
        found.setdefault(line.group, []).append(line.item)
    return found


def test_what_is_sent_waits_for_the_head_of_that_school_and_nobody_else(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)

    assert groups(district.li)[Group.WAITING] == [draft]
    assert groups(clerk) == {Group.SENT: [draft]}
    assert draft not in groups(district.wang).get(Group.WAITING, [])
    assert all(draft not in items for items in groups(district.zhao).values())


def test_what_is_returned_is_its_keepers_to_mend(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    act(TITLES, district.li, "return", draft)

    assert groups(clerk) == {Group.RETURNED: [draft]}


@pytest.mark.parametrize(("ends_on", "is_told"), [("2026-03-30", True), ("2026-04-30", False)])
def test_a_title_about_to_end_is_told_in_time(
    district: World, db: None, ends_on: str, is_told: bool
) -> None:
    item = approved(district, starts_on="2024-01-01", ends_on=ends_on)

    assert (item in groups(district.li).get(Group.EXPIRING, [])) is is_told


def test_what_was_not_decided_by_its_day_is_late_the_day_after(
    draft: int, clerk: Account, district: World
) -> None:
    act(TITLES, clerk, "submit", draft)
    line = next(one for one in waiting.lines(ledgers.viewer(district.li), ON) if one.item == draft)

    assert line.due_on is not None
    assert [line.is_overdue(day) for day in (line.due_on, date(2026, 3, 1))] == [False, True]


def test_all_ledgers_are_asked_in_one_query(
    draft: int, district: World, django_assert_num_queries: object
) -> None:
    viewer = ledgers.viewer(district.li)

    with django_assert_num_queries(1):  # type: ignore[operator]
        waiting.lines(viewer, ON)
