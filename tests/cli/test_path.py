"""`gengdu path` from a file, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gengdu.analytics.quality_balance.school_rows import COLUMNS
from gengdu.cli import main

pytestmark = pytest.mark.xdist_group("cli")
SHORT = "甲小学,primary,primary,1000,42,8,9,0,5000,500,7500,1600000,23,0"
GOOD = "乙小学,primary,primary,1000,42,10,9,0,5000,500,7500,2000000,23,0"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, SHORT, GOOD)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "schools.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]), encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    main(["path", *more])
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    with pytest.raises(SystemExit):
        main(["path", *more])
    return capsys.readouterr().err


def test_the_cheapest_of_the_two_ways_is_taken(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Two lead teachers cost 10,000; 100,000 yuan of equipment and one of them cost more.
    found = json.loads(told(capsys, "--schools", str(file), "--gap", "0", "--json"))

    assert found["passes"]
    assert [(one["action"], one["count"]) for one in found["items"]] == [
        ("name_lead_teacher", 2), ("buy_equipment", 10),
    ]  # fmt: skip
    assert found["cost_yuan"] == found["bound_yuan"] or found["gap"] < 1e-6


def test_a_changed_price_changes_the_way(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = ("--set", "name_lead_teacher_cost=900000", "--set", "buy_equipment_cost=1")
    found = json.loads(told(capsys, "--schools", str(file), *changes, "--json"))

    assert {one["action"]: one["count"] for one in found["items"]} == {
        "name_lead_teacher": 1, "buy_equipment": 40,
    }  # fmt: skip


def test_a_budget_too_small_tells_what_stands_in_the_way(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "--schools", str(file), "--set", "budget_all=5")

    assert "限制内不能全部达标" in said
    assert "经费“全部经费”，至少还差" in said
    assert "甲小学（小学）达标" in said
    assert "示例设置，没有官方数字" in said


def test_what_was_not_reported_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, SHORT, GOOD.replace(",42,10,", ",42,,"))

    assert "乙小学（小学）：骨干教师" in refused(capsys, "--schools", str(path))


def test_a_file_of_nobody_who_is_evaluated_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    point = "丁教学点,teaching_point,primary,49,3,1,1,0,300,0,200,50000,2,1"
    path = written(tmp_path, point)

    with pytest.raises(SystemExit) as ended:
        main(["path", "--schools", str(path)])

    assert ended.value.code == 2
    assert "没有参加评估的小学、初中学段，无从计算" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--set", "prise=1"), "没有名为“prise”的设置。可用的有：budget_all"),
        (("--set", "budget_all=多"), "不是不小于 0 的数"),
        (("--limit", "丙小学,新建教学用房,1"), "没有名为“丙小学”的被评估学校"),
        (("--gap", "much"), "不是 0 到 100 之间的百分数"),
        (("--known", "2026-01-01"), "--known 只用于按底册计算"),
    ],
)
def test_a_wrong_option_is_told(
    file: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert said in refused(capsys, "--schools", str(file), *options)
