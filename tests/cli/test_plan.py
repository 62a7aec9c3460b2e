"""`gengdu plan read`: our own notice, read from its file."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from gengdu.cli.commands import gengdu
from gengdu.cli.plan import _in_options
from gengdu.notices import adopting, reading
from gengdu.notices.adopting import Lack
from gengdu.policy import facts

NOTICE = Path(facts.__file__).parent / "plan" / "notice.txt"


def said(*arguments: str) -> str:
    result = CliRunner().invoke(gengdu, ["plan", "read", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_every_measure_of_our_notice_is_there_with_its_bodies_in_order() -> None:
    found = json.loads(said(str(NOTICE), "--json"))
    plan = facts.plan()

    read = {
        one["no"]: (one["title"], [name for body in one["bodies"] for name in body["units"]])
        for one in found["measures"]
    }

    assert read == {
        measure.number: (measure.label_zh, [plan.bodies[key] for key in measure.bodies])
        for measure in plan.measures if measure.number
    }  # fmt: skip


def test_places_are_those_of_the_file_itself() -> None:
    found, text = json.loads(said(str(NOTICE), "--json")), NOTICE.read_text(encoding="utf-8")

    assert found["text"] == text
    for target in found["targets"]:
        assert text[target["start"] : target["end"]] == target["text"]
    for measure in found["measures"]:
        for body in measure["bodies"]:
            assert text[body["start"] : body["end"]] == body["raw"]


def test_the_table_names_measures_leads_and_targets() -> None:
    printed = said(str(NOTICE))

    assert "措施 20 条" in printed
    assert "教育分局" in printed


def test_what_is_doubtful_stands_first_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text(
        "甲县工作方案\n一、任务\n1.建设[示范]学校。新建3所。（县教育局）\n2.改造厕所。（县卫健局）\n"
        "4.培训教师。（县教育局等部门）\n",
        encoding="utf-8",
    )

    printed = said(str(file))

    assert printed.index("培训教师") < printed.index("建设[示范]学校")
    assert "编号从2跳到4" in printed
    assert "没有写期限" in printed


def test_what_is_no_notice_is_refused_with_the_way_out(tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    result = CliRunner().invoke(gengdu, ["plan", "read", str(picture)])

    assert result.exit_code == 2
    assert "请" in result.output


def test_what_the_page_calls_a_field_is_told_as_an_option() -> None:
    made = adopting.draft(reading.read(NOTICE.read_text(encoding="utf-8")))
    said = _in_options(made)

    assert said(Lack("", "请选“沿用自带方案的口径”，或在正文里标出", True)) == (
        "请加 --carry-over，或在正文里标出"
    )
