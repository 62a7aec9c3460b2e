"""Files are added to entries, taken off and put back; who did it stays known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import Q

from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.records import sheets, writing
from gengdu.records.evidence import operations, queries, rights
from gengdu.records.evidence.models import Evidence, StoredFile
from gengdu.records.evidence.operations import Given
from gengdu.records.models import Change, ChangeKind, Item, State
from tests import evidence, files
from tests.evidence import AT, ON, PLANS, by, plan_of, sent
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

PHOTO, PDF = files.photo(), files.pdf()


@pytest.fixture
def plan(district: World, db: None) -> Item:
    return plan_of(district.li_school)


@pytest.fixture
def photo(district: World, db: None) -> Given:
    return Given.of_upload(sent(district.li, "家访.jpg", PHOTO))


@pytest.fixture
def paper(district: World, db: None) -> Given:
    return Given.of_upload(sent(district.li, "方案.pdf", PDF), "  定稿\n")


def live(item: Item) -> list[Evidence]:
    return list(queries.of_item(item))


def test_several_files_prove_one_entry_in_the_order_given(
    district: World, plan: Item, photo: Given, paper: Given
) -> None:
    change = operations.attach(plan, [photo, paper], by(district.li))

    assert [one.name for one in live(plan)] == ["家访.jpg", "方案.pdf"]
    assert change is not None
    assert (change.kind, change.register) == (ChangeKind.EVIDENCE, "school_plans")
    assert change.counts["tables"] == {"evidence_evidence": 2}


def test_each_change_stands_in_the_trail(district: World, plan: Item, photo: Given) -> None:
    change = operations.attach(plan, [photo], by(district.li))

    entry = TrailEntry.objects.order_by("-sequence").first()
    assert entry is not None
    assert change is not None
    assert (entry.kind, entry.username, entry.ids) == (Kind.WRITE, "li", [plan.pk])
    assert entry.details["change"] == change.pk
    assert entry.details["what"] == "添加证明材料：家访.jpg"


def test_one_file_proves_several_entries_and_is_stored_once(
    district: World, plan: Item, photo: Given
) -> None:
    second = plan_of(district.zhao_school)
    operations.attach(plan, [photo], by(district.li))
    (first,) = live(plan)

    operations.attach(second, [Given.of_evidence(first)], by(district.wang, at=AT))

    assert [one.file for one in live(second)] == [first.file]
    assert StoredFile.objects.count() == 1


def test_the_same_file_again_changes_nothing(district: World, plan: Item, photo: Given) -> None:
    operations.attach(plan, [photo], by(district.li))
    before = Change.objects.count()

    assert operations.attach(plan, [photo, photo], by(district.li)) is None
    assert Change.objects.count() == before


def test_what_is_taken_off_is_known_to_have_been_there(
    district: World, plan: Item, photo: Given
) -> None:
    operations.attach(plan, [photo], by(district.li, at=AT - timedelta(days=2)))
    (there,) = live(plan)

    operations.detach(there, by(district.li))

    assert live(plan) == []
    known = (AT - timedelta(days=1)).date()
    assert list(queries.of_item(plan, known)) == [there]
    assert Evidence.objects.count() == 1


def test_what_was_taken_off_can_be_put_back_at_its_place(
    district: World, plan: Item, photo: Given, paper: Given
) -> None:
    operations.attach(plan, [photo, paper], by(district.li))
    first, _second = live(plan)
    operations.detach(first, by(district.li))
    first.refresh_from_db()

    operations.restore(first, by(district.li))

    assert [one.name for one in live(plan)] == ["家访.jpg", "方案.pdf"]
    assert operations.restore(first, by(district.li)) is None


def test_a_new_caption_is_a_new_row_at_the_same_place(
    district: World, plan: Item, photo: Given, paper: Given
) -> None:
    operations.attach(plan, [photo, paper], by(district.li))
    first, _second = live(plan)

    operations.change_caption(first, " 三月  家访 ", by(district.li))

    assert [one.shown_name for one in live(plan)] == ["三月 家访", "  定稿\n"]
    assert operations.change_caption(live(plan)[0], "三月 家访", by(district.li)) is None
    found = queries.find(first.pk, by(district.li).viewer, ON)
    assert found is not None
    assert found.caption == "三月 家访"  # the old number leads to the file as it is called now


def test_whoever_was_slower_is_told(district: World, plan: Item, photo: Given) -> None:
    operations.attach(plan, [photo], by(district.li))
    (there,) = live(plan)
    operations.detach(there, by(district.li))

    with pytest.raises(operations.Moved):
        operations.detach(there, by(district.li))
    with pytest.raises(operations.Moved):
        operations.change_caption(there, "别的", by(district.li))


def test_nobody_changes_the_evidence_of_others(district: World, plan: Item, photo: Given) -> None:
    """Zhao and Sun of another town may write plans, and not see that of Li's school."""
    operations.attach(plan, [photo], by(district.li))
    (there,) = live(plan)

    for account in (district.zhao, district.sun):
        with pytest.raises(operations.NotAllowed):
            operations.attach(plan, [photo], by(account))
        with pytest.raises(operations.NotAllowed):
            operations.detach(there, by(account))
        with pytest.raises(operations.NotAllowed):
            operations.change_caption(there, "别的", by(account))
    assert live(plan) == [there]


@pytest.mark.parametrize(
    ("state", "word"), [(State.APPROVED, "重新打开"), (State.AT_BUREAU, "撤回")]
)
def test_what_was_sent_on_its_way_keeps_its_evidence(
    district: World, plan: Item, photo: Given, state: str, word: str
) -> None:
    operations.attach(plan, [photo], by(district.li))
    SchoolPlan.objects.filter(item=plan).update(state=state)
    (there,) = live(plan)

    assert not rights.may_change(plan, by(district.li).viewer, ON)
    for deed in (
        lambda: operations.detach(there, by(district.li)),
        lambda: operations.change_caption(there, "别的", by(district.li)),
        lambda: operations.attach(plan, [photo], by(district.wang)),
    ):
        with pytest.raises(operations.NotAllowed, match=word):
            deed()
    assert live(plan) == [there]


def test_who_sees_an_entry_of_others_does_not_write_it(
    district: World, plan: Item, photo: Given
) -> None:
    """Seeing reaches further than writing where a ledger is open to all."""
    open_to_all = replace(PLANS, scope=lambda viewer, on: Q())
    sheets.declare(open_to_all)
    try:
        assert rights.in_sight(plan, by(district.zhao).viewer, ON)
        assert not rights.may_change(plan, by(district.zhao).viewer, ON)
        assert rights.may_change(plan, by(district.li).viewer, ON)
    finally:
        sheets.declare(PLANS)


def test_an_entry_has_so_many_files_and_no_more(
    district: World, plan: Item, photo: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = StoredFile.objects.get()
    for number in range(60):
        row.pk, row.digest = None, f"{number:064d}"
        row.save(force_insert=True)
        Evidence.objects.create(item=plan, file=row, position=number, name="x.jpg", recorded_at=AT)

    with pytest.raises(operations.TooMuch, match="61 份"):
        operations.attach(plan, [photo], by(district.li))


def test_files_are_offered_from_entries_that_one_may_see(
    district: World, plan: Item, photo: Given, paper: Given
) -> None:
    operations.attach(plan, [photo], by(district.li))
    second = plan_of(district.zhao_school)
    operations.attach(second, [paper], by(district.zhao))

    def offered(account: object, **how: object) -> list[str]:
        found = queries.offered(by(account).viewer, ON, ledger=PLANS.key, **how)  # type: ignore[arg-type]
        return sorted(one.name for one in found)

    assert offered(district.li) == ["家访.jpg"]
    assert offered(district.zhao) == ["方案.pdf"]
    assert offered(district.wang) == ["家访.jpg", "方案.pdf"]
    assert offered(district.wang, besides=plan) == ["方案.pdf"]
    assert offered(district.wang, words="定稿") == ["方案.pdf"]


def test_only_own_uploads_and_seen_evidence_are_chosen(
    district: World, plan: Item, photo: Given
) -> None:
    own = sent(district.zhao, "别的.pdf", PDF)
    operations.attach(plan, [photo], by(district.li))
    (there,) = live(plan)

    def chosen(account: object) -> list[str]:
        viewer = by(account).viewer  # type: ignore[arg-type]
        found = queries.chosen(
            [own.public_id, "none"],
            [there.pk, 10**9],
            ledger=PLANS.key,
            account=account,  # type: ignore[arg-type]
            viewer=viewer,
            on=ON,
        )
        return [one.name for one in found]

    assert chosen(district.zhao) == ["别的.pdf"]
    assert chosen(district.li) == ["家访.jpg"]
    assert chosen(district.wang) == ["家访.jpg"]


def test_the_database_itself_refuses_one_file_twice_in_an_entry(
    district: World, plan: Item, photo: Given
) -> None:
    operations.attach(plan, [photo], by(district.li))
    (there,) = live(plan)
    again = Evidence(item=plan, file=there.file, position=9, name="x.jpg")

    with pytest.raises(writing.Moved):
        operations.rewriting.commit(
            Change(at=AT, account=district.li, kind=ChangeKind.EVIDENCE, register="school_plans"),
            [operations.Rewrite(None, (again,))],
        )


def test_the_evidence_of_children_is_seen_by_those_who_see_them(district: World, db: None) -> None:
    item = Item.objects.filter(ledger="aid_recognitions").order_by("pk").first()
    assert item is not None  # of a child of Li's school

    assert rights.in_sight(item, by(district.li).viewer, date(2025, 12, 31))
    assert not rights.in_sight(item, by(district.zhao).viewer, date(2025, 12, 31))
    assert not rights.in_sight(
        item, by(evidence.world.account("aud", "审计", "auditor", "district", None)).viewer, ON
    )
