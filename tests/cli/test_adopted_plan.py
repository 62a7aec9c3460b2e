"""A plan that was adopted is put in force, and indicators, ledgers and pages follow it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_wrong_input import in_own_process

NOTICE = """示例县教育振兴行动方案
示例县人民政府办公室
2024年5月10日

一、主要任务
（一）学校
1.新建学校。2025年6月底前，新建改扩建学校12所。（责任单位：县发展改革局、县教育体育局）
2.建设绿色校园。到2026年，乡村绿色校园占乡村学校的比例达到95%以上。（牵头单位：县教育体育局；配合单位：县财政局）
（二）校长教师
3.选优配强校长。到2027年，45周岁以下乡村学校校长（含副校长）达到60%以上。（责任单位：县教育体育局）
"""
ASKED = """
import json, django
django.setup()
from gengdu.analytics import cards
from gengdu.policy import facts, notice
from gengdu.chapters.delivery.task_ledger import rights
from gengdu.records.ledgers import ledgers
every = cards.cards()
lead = next(one for one in ledgers() if one.key == "improvement_tasks").by_key["lead"].kind
print(json.dumps({
    "plan": facts.plan().id,
    "green": [every["green_share"].measure, every["green_share"].compared_with],
    "young": every["young_leader_share"].measure,
    "no promise": every["reading_district_share"].compared_with,
    "left out": "class_hundred_share" in every,
    "titles": next(one for one in ledgers() if one.key == "campus_titles").place.number,
    "no place": next(one for one in ledgers() if one.key == "family_stations").place.number,
    "words": notice.measure_text(3)[:9],
    "body of ours": [facts.body_zh("boyu_town"), lead.shown("boyu_town")],
    "body of neither": facts.body_zh("nobody"),
    "who assigns": facts.body_zh(rights.bureau()),
    "standard": "quality_balance.indicators_met" in facts.plan().facts,
}))
"""


@pytest.fixture(scope="module")
def var(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data in which a notice of another district was adopted."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    code, out, err = in_own_process(
        root, "plan", "adopt", str(folder / "notice.txt"), "--id", "county_plan", "--short",
        "教育振兴", "--area", "示例县", "--carry-over", GENGDU_VAR=str(folder),
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "GENGDU_PLAN=county_plan" in out
    return folder


@pytest.mark.sqlite
def test_indicators_and_ledgers_stand_under_the_measure_whose_promise_they_count(
    root: Path, var: Path
) -> None:
    env = {
        **os.environ, "GENGDU_VAR": str(var), "GENGDU_PLAN": "county_plan",
        "DJANGO_SETTINGS_MODULE": "gengdu.site.settings", "PYTHONPATH": str(root / "src"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=env, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)

    assert found == {
        "plan": "county_plan",
        "green": [2, "campus_titles.green_share"],
        "young": 3,
        "no promise": None,
        "left out": False,
        "titles": 2,
        "no place": 0,
        "words": "3.选优配强校长。",
        "body of ours": ["泊于镇", "泊于镇"],
        "body of neither": "nobody",
        "who assigns": "县教育体育局",
        "standard": True,
    }


@pytest.mark.sqlite
def test_a_plan_that_is_not_there_is_refused_by_name(root: Path, var: Path) -> None:
    code, out, err = in_own_process(
        root, "facts", GENGDU_VAR=str(var), GENGDU_PLAN="../county_plan"
    )

    assert (code, out) == (2, "")
    assert "没有编号为“../county_plan”的方案" in err


@pytest.mark.sqlite
def test_the_plans_are_listed_whatever_plan_was_asked_for(root: Path, var: Path) -> None:
    code, out, err = in_own_process(root, "plan", "list", GENGDU_VAR=str(var), GENGDU_PLAN="nope")

    assert code == 0
    assert "county_plan" in out
    assert "GENGDU_PLAN=nope" in err


@pytest.mark.sqlite
def test_a_doubt_names_the_item_it_is_about(root: Path, var: Path) -> None:
    (var / "vague.txt").write_text(NOTICE.replace("2025年6月底前，", ""), encoding="utf-8")
    _, out, _ = in_own_process(
        root, "plan", "adopt", str(var / "vague.txt"), "--id", "vague_plan", "--short",
        "教育振兴", "--area", "示例县", "--carry-over", GENGDU_VAR=str(var),
    )  # fmt: skip

    [doubt] = [line for line in out.splitlines() if "没有写期限" in line]
    assert "新建改扩建学校" in doubt


@pytest.mark.sqlite
def test_adopting_twice_changes_nothing(root: Path, var: Path) -> None:
    place = var / "plans" / "county_plan"
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}

    code, _, err = in_own_process(
        root, "plan", "adopt", str(var / "notice.txt"), "--id", "county_plan", "--short", "别的",
        "--area", "示例县", GENGDU_VAR=str(var),
    )  # fmt: skip

    assert code == 2
    assert "没有覆盖" in err
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before
