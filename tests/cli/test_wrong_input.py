"""Whatever is typed wrongly ends with one Chinese sentence, exit code 2 and no traceback."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gengdu.cli import main
from gengdu.policy import facts
from tests.world import World

Told = Callable[..., str]
pytestmark = pytest.mark.xdist_group("cli")
# Words of click, the database and Python; names of commands and options are English by right.
ENGLISH = re.compile(
    r"\b(?:Error|Usage|Try|No such|Invalid|invalid|Missing|Got|unexpected|requires|argument|Option|"
    r"Traceback|File|table|column|database|unable|expected|is not|does not|None)\b"
)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Type something wrong and return the one sentence it is answered with."""

    def typed(*arguments: str) -> str:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        out, err = capsys.readouterr()
        assert left.value.code == 2
        assert out == ""
        return sentence(err)

    return typed


def sentence(err: str) -> str:
    """Return what was told after checking that it is one Chinese line that says what to do."""
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert re.search("[一-鿿]{4}", lines[0])
    assert not ENGLISH.search(lines[0]), lines[0]
    assert lines[0][-1] in "。？）" or "YAML" in lines[0]
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("nix", ["没有“nix”这个命令", "gengdu --help"], id="unknown command"),
        pytest.param("stat", ["是不是想写 status"], id="command misspelt"),
        pytest.param(
            "status --onn 2025-12-31", ["没有“--onn”这个选项", "--on"], id="unknown option"
        ),
        pytest.param("-x", ["没有“-x”这个选项"], id="unknown short option"),
        pytest.param("status --on", ["选项 --on 后面还要写一个值"], id="option without value"),
        pytest.param("status --json=1", ["选项 --json 后面不用写值"], id="flag with a value"),
        pytest.param("status --measure eleven", ["“eleven”", "整数"], id="no number"),
        pytest.param("status extra", ["多写了“extra”"], id="one too many"),
        pytest.param("indicator a b c", ["多写了“b c”"], id="two too many"),
        pytest.param("indicator x --by person", ["“person”", "school 或 town"], id="no such group"),
        pytest.param("demo --scale 0", ["“0”", "1 到 1000 之间的整数"], id="scale too small"),
        pytest.param("demo --seed x", ["“x”", "整数"], id="seed is no number"),
        pytest.param("serve --port 99999", ["“99999”", "1 到 65535"], id="no such port"),
        pytest.param("serve --port http", ["“http”", "整数"], id="port is no number"),
        pytest.param("status --on 2025-02-30", ["“2025-02-30”不是有效日期"], id="no such day"),
        pytest.param("status --on 2025/12/31", ["2025-12-31 的样式"], id="date in another form"),
        pytest.param("status --known tomorrow", ["“tomorrow”不是有效日期"], id="known is no date"),
        pytest.param("facts principals.young", ["principals.young_leader_share"], id="near facts"),
        pytest.param("facts zzz", ["“zzz”", "gengdu facts"], id="no such fact"),
        pytest.param("indicator", ["请写出指标名称", "--list"], id="missing argument"),
    ],
)
def test_a_slip_is_answered_with_the_value_and_the_way_out(
    told: Told, arguments: str, words: list[str]
) -> None:
    answer = told(*arguments.split())

    for word in words:
        assert word in answer


def test_a_folder_is_no_file_to_write_a_demo_to(told: Told, tmp_path: Path) -> None:
    assert "不能是文件夹" in told("demo", "--out", str(tmp_path))


def test_a_file_that_exists_is_not_overwritten(told: Told, tmp_path: Path) -> None:
    there = tmp_path / "mine.sqlite3"
    there.write_text("precious")

    answer = told("demo", "--out", str(there))

    assert f"{there} 已经存在" in answer
    assert "--replace" in answer
    assert there.read_text() == "precious"


def test_a_misspelt_indicator_is_answered_with_near_ones(district: World, told: Told) -> None:
    answer = told("indicator", "young_leaders_share")

    assert "没有名为“young_leaders_share”的指标" in answer
    assert "young_leader_share" in answer


def test_a_measure_that_does_not_exist_is_answered_with_those_that_do(
    district: World, told: Told
) -> None:
    answer = told("status", "--measure", "21")

    assert "没有第 21 条措施" in answer
    assert "1 至 20" in answer


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", ["status", "indicator young_leader_share"])
def test_a_database_without_schools_says_how_to_get_some(told: Told, arguments: str) -> None:
    answer = told(*arguments.split())

    assert "还没有学校" in answer
    assert "make run" in answer


def in_own_process(root: Path, *arguments: str, **surroundings: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "gengdu.cli", *arguments],
        capture_output=True, text=True, check=False, timeout=240,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1", **surroundings},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.sqlite
def test_where_there_is_no_database_none_is_left_behind(root: Path, tmp_path: Path) -> None:
    code, out, err = in_own_process(root, "status", GENGDU_VAR=str(tmp_path))

    assert (code, out) == (2, "")
    assert "还没有学校" in sentence(err)
    assert list(tmp_path.glob("*.sqlite3")) == []


@pytest.mark.sqlite
def test_a_database_of_something_else_is_told_as_such(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as store:
        store.execute("CREATE TABLE recipes (name text)")

    code, out, err = in_own_process(
        root, "status", GENGDU_VAR=str(tmp_path), GENGDU_DATABASE=str(other)
    )

    assert (code, out) == (2, "")
    assert "数据库还没有建好" in sentence(err)


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_told_as_such(root: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.sqlite3"
    letter.write_text("这不是数据库，是一封信。" * 100, encoding="utf-8")

    code, out, err = in_own_process(
        root, "status", GENGDU_VAR=str(tmp_path), GENGDU_DATABASE=str(letter)
    )

    assert (code, out) == (2, "")
    assert "不是数据库" in sentence(err)


def test_real_use_without_a_key_says_which_setting_is_missing(root: Path, tmp_path: Path) -> None:
    code, _, err = in_own_process(root, "status", GENGDU_VAR=str(tmp_path), GENGDU_DEMO="0")

    assert code == 2
    assert "GENGDU_SECRET_KEY" in sentence(err)


def test_a_malformed_fact_file_is_named(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command reads whatever folder the policy stands in."""
    (tmp_path / "sources.yaml").write_text("a: [\n", encoding="utf-8")
    monkeypatch.setattr(facts, "HERE", tmp_path)
    kept = (facts.plan, facts.built_in)
    for each in kept:
        each.cache_clear()
    try:
        answer = told("facts")
    finally:
        for each in kept:
            each.cache_clear()

    assert answer.startswith("sources.yaml：不是有效的 YAML 文件，第 2 行")


def test_a_fault_of_ours_is_not_hidden_behind_a_sentence() -> None:
    from gengdu.cli.messages import sentence_for

    assert sentence_for(KeyError("x")) is None
    assert sentence_for(ZeroDivisionError()) is None
