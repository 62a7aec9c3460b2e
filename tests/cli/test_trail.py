from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from gengdu.access.trail.models import TrailEntry
from gengdu.cli import main
from tests.unit.access.trail.conftest import fill, trail  # noqa: F401
from tests.unit.access.trail.test_trail import change

pytestmark = pytest.mark.usefixtures("trail")


def test_a_whole_trail_is_told_with_its_last_seal(capsys: pytest.CaptureFixture[str]) -> None:
    fill(3)

    main(["trail", "verify"])

    told = capsys.readouterr().out
    assert "核验通过：3 条逐条相连" in told
    assert TrailEntry.objects.get(sequence=3).hash in told


def test_a_broken_trail_ends_the_command_with_the_first_bad_entry(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(3)
    change(2, username="li")

    with pytest.raises(SystemExit) as left:
        main(["trail", "verify"])

    assert left.value.code == 2
    assert "从第 2 条起不可信" in capsys.readouterr().err


def test_an_export_has_every_entry_and_is_itself_noted(tmp_path: Path) -> None:
    fill(3)

    main(["trail", "export", str(tmp_path / "trail.xlsx")])

    rows = CalamineWorkbook.from_path(tmp_path / "trail.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][0] == "审计记录，共 3 条"
    assert rows[1][0].startswith("核验：整条记录完好；末条第 3 条")
    assert [row[0] for row in rows[3:]] == ["1", "2", "3"]
    last = TrailEntry.objects.latest("sequence")
    assert (last.kind, last.username.split()[0]) == ("export", "命令行")


def test_another_ending_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["trail", "export", str(tmp_path / "trail.csv")])

    assert "应以 .xlsx 结尾" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.csv"))
