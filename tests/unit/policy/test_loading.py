"""One malformed file for each way of being wrong; refused by file, key and expectation."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from gengdu.policy import facts, loading
from gengdu.policy.loading import MalformedFact

MALFORMED = Path(__file__).parent / "malformed"
POLICY = Path(facts.__file__).parent

# File → what its message says beside the file's name: key, what was found, what was expected.
MESSAGES = {
    "date_in_other_form": ("facts.young_leader_share.values", "from", "2023/06/30"),
    "due_before_from": ("young_leader_share", "期限 2022-12-31 早于起算日 2023-06-30"),
    "empty": ("文件", "键与值"),
    "impossible_date": ("young_leader_share.due", "2026-02-29", "没有这一天"),
    "missing_lead": ("缺少“lead”",),
    "missing_unit": ("facts.young_leader_share", "缺少'unit'"),
    "no_quote_no_grade": ("young_leader_share", "没有原文引语", "grade"),
    "no_values": ("facts.young_leader_share.values", "项数至少 1"),
    "not_a_mapping": ("文件", "键与值"),
    "not_utf8": ("不是 UTF-8 编码",),
    "not_yaml": ("不是有效的 YAML 文件，第 ",),
    "repeated_key": ("第 13 行", "重复出现键“unit”"),
    "share_over_one": ("young_leader_share", "50", "0 到 1"),
    "unknown_key": ("facts.young_leader_share", "不认识的键“colour”", "只能用：label_zh"),
    "unknown_lead": ("责任单位“education_office”", "plan.yaml"),
    "unknown_partner": ("责任单位“gushan_village”", "plan.yaml"),
    "unknown_source": ("young_leader_share", "来源“edz_2023_99”", "sources.yaml"),
    "value_as_text": ("young_leader_share.values", "50%", "应为数字或空"),
    "value_not_finite": ("young_leader_share.value", "inf", "数"),
    "values_from_one_day": ("young_leader_share", "从早到晚", "不得重复"),
    "values_out_of_order": ("young_leader_share", "从早到晚"),
    "wrong_force": ("facts.young_leader_share.force", "mostly", "in_principle"),
    "wrong_name": ("YoungLeaders", "[a-z]"),
}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A small policy folder: the real sources, outline and goals, and no measure."""
    for name in ("sources.yaml", "plan/plan.yaml", "plan/goals.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(POLICY / name, tmp_path / name)
    (tmp_path / "plan" / "c4_workforce").mkdir()
    (tmp_path / "standards").mkdir()
    return tmp_path


def add_measure(policy: Path, source: Path, name: str = "m11_principals.yaml") -> None:
    shutil.copy(source, policy / "plan" / "c4_workforce" / name)


def test_every_malformed_file_has_its_message_here() -> None:
    assert {path.stem for path in MALFORMED.glob("*.yaml")} == set(MESSAGES)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_malformed_file_is_refused_by_name_key_and_expectation(policy: Path, name: str) -> None:
    add_measure(policy, MALFORMED / f"{name}.yaml")

    with pytest.raises(MalformedFact) as refused:
        facts.load(policy)

    message = str(refused.value)
    assert message.startswith("m11_principals.yaml：")
    assert "\n" not in message
    for words in MESSAGES[name]:
        assert words in message


def real_measure() -> Path:
    return POLICY / "plan" / "c4_workforce" / "m11_principals.yaml"


def test_the_small_folder_is_sound(policy: Path) -> None:
    add_measure(policy, real_measure())

    assert facts.load(policy).fact("principals.young_leader_share").unit == "share"


def test_a_standard_may_not_take_the_name_of_a_fact_of_the_plan(policy: Path) -> None:
    add_measure(policy, real_measure())
    shutil.copy(real_measure(), policy / "standards" / "principals.yaml")

    with pytest.raises(
        MalformedFact, match=r"principals\.yaml：“principals\.\w+”在别的文件里已经有了"
    ):
        facts.load(policy)


def test_two_measures_may_not_share_a_name(policy: Path) -> None:
    add_measure(policy, real_measure())
    add_measure(policy, real_measure(), "m12_principals.yaml")

    with pytest.raises(MalformedFact, match=r"m12_principals\.yaml：.*已经有了"):
        facts.load(policy)


def test_two_measures_may_not_share_a_number(policy: Path) -> None:
    add_measure(policy, real_measure())
    add_measure(policy, real_measure(), "m12_leaders.yaml")

    with pytest.raises(MalformedFact, match=r"m12_leaders\.yaml：.*第 11 条"):
        facts.load(policy)


def test_a_source_without_its_parts_is_refused(policy: Path) -> None:
    (policy / "sources.yaml").write_text("edz_2023_23: {title: 通知}\n", encoding="utf-8")

    with pytest.raises(MalformedFact, match=r"sources\.yaml：.*edz_2023_23.*issuer"):
        facts.load(policy)


def test_a_day_is_left_as_the_text_it_is_written_in(tmp_path: Path) -> None:
    file = tmp_path / "days.yaml"
    file.write_text("day: 2023-06-30\nnumber: 0.1\n", encoding="utf-8")

    assert loading.read_yaml(file) == {"day": "2023-06-30", "number": 0.1}


def test_a_number_is_exactly_what_is_written() -> None:
    assert facts.value("goals.degree_ratio", on=date(2025, 1, 1)) == Fraction(101, 100)
