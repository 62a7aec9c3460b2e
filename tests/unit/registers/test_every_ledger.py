"""What holds for every ledger, from its declaration alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gengdu.access.models import Account, Role
from gengdu.policy import facts
from gengdu.records import waiting
from gengdu.records.flows import Refused
from gengdu.records.importing.comparing import check_layout
from gengdu.records.ledgers import Ledger, ledgers
from gengdu.records.models import NoOverlap, State
from gengdu.records.waiting import Group
from tests import world
from tests.importing import flat_cells, look
from tests.ledgers import act, fill_in, new, row, state, viewer
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
every_ledger = pytest.mark.parametrize("ledger", ledgers(), ids=lambda one: one.key)


@pytest.fixture
def keeper(ledger: Ledger, district: World, db: None) -> Account:
    """Whoever fills the ledger in: a clerk of the school, an officer of the town, the bureau."""
    if not ledger.held_by:
        return district.wang
    if ledger.school:
        return world.account("clerk", "资料员", Role.SCHOOL_CLERK, "school", district.li_school.pk)
    return world.account("officer", "镇干部", Role.TOWN_OFFICER, "town", district.gushan.pk)


def approved(ledger: Ledger, keeper: Account, district: World) -> int:
    needed = {key: ledger.by_key[key].example or "示例" for key in ledger.needed}
    item = new(ledger, keeper, **needed)
    act(ledger, keeper, "submit", item)
    if state(ledger, item) == State.AT_SCHOOL:
        act(ledger, district.li, "pass", item)
    act(ledger, district.wang, "pass", item)
    assert state(ledger, item) == State.APPROVED
    return item


@every_ledger
def test_its_declaration_holds_together(ledger: Ledger) -> None:
    check_layout(ledger)
    named = (*ledger.naming, *ledger.same, *ledger.granted, *ledger.needed, *ledger.quick)
    plan = facts.plan()

    assert set(named) <= set(ledger.by_key)
    assert ledger.model.ledger == ledger.key
    assert ledger.measure in {measure.number for measure in plan.measures}
    assert set(ledger.promises) <= {promise.name for promise in plan.promises}
    assert ledger.guide
    for rule in ledger.model._meta.constraints:
        if isinstance(rule, NoOverlap):  # approving one must end the other, or the database refuses
            assert (tuple(rule.fields), True) == (ledger.same, ledger.replaces)


@every_ledger
def test_an_entry_counts_only_after_its_keeper_sent_it_and_the_bureau_said_yes(
    ledger: Ledger, keeper: Account, district: World
) -> None:
    item = approved(ledger, keeper, district)

    with pytest.raises(Refused):
        act(ledger, keeper, "pass", item)
    assert fill_in(ledger, district.wang, item, **_other(ledger, item)).is_refused


@every_ledger
def test_an_approved_entry_exported_and_brought_in_again_changes_nothing(
    ledger: Ledger, keeper: Account, district: World, tmp_path: Path
) -> None:
    approved(ledger, keeper, district)

    looked = look(tmp_path, ledger, *flat_cells(ledger, ON))

    assert set(looked.actions) == {"unchanged"}
    assert looked.faults == {}


@every_ledger
def test_another_school_or_town_sees_nothing_of_it(
    ledger: Ledger, keeper: Account, district: World
) -> None:
    item = new(ledger, keeper)

    for stranger in (district.zhao, district.sun):
        seen = ledger.within(viewer(stranger), ON).filter(item_id=item)
        assert not seen.exists()
        assert fill_in(ledger, stranger, item, **_other(ledger, item)).is_refused


@every_ledger
def test_it_waits_for_whoever_decides_and_nobody_else(
    ledger: Ledger, keeper: Account, district: World
) -> None:
    item = new(ledger, keeper)
    act(ledger, keeper, "submit", item)

    def waits(account: Account) -> bool:
        lines = waiting.lines(viewer(account), ON, groups=[Group.WAITING])
        return item in [line.item for line in lines]

    first = ledger.flow.stations[0]
    asked = dict.fromkeys((district.li, district.wang, district.zhao, keeper))
    deciders = [one for one in asked if waits(one)]
    assert deciders == ([district.li] if first.state == State.AT_SCHOOL else [district.wang])


def _other(ledger: Ledger, item: int) -> dict[str, object]:
    """Return a cell of an entry with another value than is recorded."""
    for column in ledger.columns:
        kind = column.kind_on(ON)
        if column.writable and column.part and column.key not in ledger.keys[0]:
            was = getattr(row(ledger, item), ledger.attname(column))
            for text in ("示例改过", "17", "0.3", "2027-01-01", "市级"):
                parsed = kind.parse_column([text])
                if not parsed.faults and parsed.values[0] != was:
                    return {column.key: text}
    raise AssertionError(ledger.key)
