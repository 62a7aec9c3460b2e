"""Which known promises a target of another notice means."""

from __future__ import annotations

import pytest

from gengdu.notices import proposing, reading
from gengdu.policy import facts, notice


def first(words: str, compare: str = "at_least", unit: str = "%") -> str | None:
    found = proposing.proposals(words, compare, unit)
    return found[0].name if found else None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("到2026年，乡镇学校绿色校园创建率达到100%", "campus_titles.green_share"),
        ("2024年，45周岁以下校长占比达到60%以上", "principals.young_leader_share"),
        ("农村专任教师本科以上学历占比达到90%", "teacher_development.rural_bachelor_share"),
        ("通过国家学前教育普及普惠县评估验收", "goals.universal_preschool_county"),
        ("村（社区）家庭教育指导服务站点覆盖率达到80%", "family_education.station_share"),
    ],
)
def test_a_target_in_other_words_is_known_again(words: str, name: str) -> None:
    assert first(words) == name


@pytest.mark.parametrize(
    "words", ["营养改善计划供餐质量全部达标", "完成村卫生室改造30所", "", "％"]
)
def test_nothing_is_proposed_for_what_is_not_known(words: str) -> None:
    assert first(words) is None


def test_a_rise_is_not_proposed_for_what_should_fall() -> None:
    words = "城市与农村义务教育教师本科及以上学历比例之比"

    assert first(words, "at_most", "") == "goals.degree_ratio"
    assert first(words, "at_least", "") != "goals.degree_ratio"


def test_a_number_of_things_is_not_proposed_for_a_share() -> None:
    assert first("创建乡村绿色校园10所", "at_least", "所") is None


def test_the_words_that_both_have_are_the_reason() -> None:
    [one, *_others] = proposing.proposals("乡村绿色校园占比达到90%", "at_least", "%")

    assert "绿色校园" in one.reason_zh


def test_the_targets_of_our_own_notice_are_known_again() -> None:
    found = reading.read((notice.HERE / "notice.txt").read_text(encoding="utf-8"))
    goals = [one for one in found.as_data()["targets"] if one["kind"] == "goal"]

    right = [first(one["text"], one["comparison"], one["unit"]) in _meant(one["text"])
             for one in goals]  # fmt: skip

    assert sum(right) >= len(goals) - 4


def _meant(text: str) -> set[str]:
    words = notice.plain(text)
    return {
        fact.name
        for fact in facts.plan().promises
        for value in fact.values
        if value.quote
        and (notice.plain(value.quote) in words or words in notice.plain(value.quote))
    }


def test_a_year_proposes_nothing_and_that_in_the_name_of_a_promise_must_be_the_same() -> None:
    words = "到2025年，全区义务教育优质均衡发展格局基本形成"
    found = proposing.proposals(words, "qualitative", "")

    assert "goals.balanced_2035" not in [one.name for one in found]
    assert not any("20" in one.reason_zh for one in found)
    assert first("到2035年，城乡教育优质均衡发展", "qualitative", "") == "goals.balanced_2035"
