"""Two hundred kills in the middle of approving leave no act half-done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stores
from tests.unit.records.test_kill import output_of


@pytest.mark.django_db
def test_two_hundred_kills_leave_no_act_of_approval_half_done(tmp_path: Path, root: Path) -> None:
    with stores.own_store(tmp_path, "approval_kill") as (_name, surroundings):
        told = output_of("approval_kill_child", root, surroundings)

    assert not [line for line in told if line.startswith("wrong")]
    assert {"submit", "withdraw"} <= set(told)
