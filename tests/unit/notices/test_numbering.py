"""Measures that a notice counts anew in each section."""

from __future__ import annotations

from typing import Any

from gengdu.notices import adopting, numbering, reading

LINES = (
    "甲县工作方案", "一、学校", "1.建设学校。新建3所。（县教育局）",
    "2.培训教师。每年100人。（县教育局）",
    "二、健康", "1.改造厕所。改造5处。（县卫健局）", "2.体检。每年不少于1次。（县卫健局）",
)  # fmt: skip


def draft() -> dict[str, Any]:
    return adopting.draft(reading.read("\n".join(LINES)))


def numbers(data: dict[str, Any], name: str, key: str) -> list[int]:
    return [one[key] for one in data[name]]


def test_in_a_plan_they_count_on_and_targets_go_with_them() -> None:
    of = draft()
    assert numbering.repeats(of)

    made = numbering.renumbered(of)

    assert numbers(made, "measures", "no") == [1, 2, 3, 4]
    assert [numbering.measure_of(made, one)["title"] for one in made["targets"]] == [  # type: ignore[index]
        "建设学校", "培训教师", "改造厕所", "体检",
    ]  # fmt: skip
    assert not numbering.repeats(made)
    assert numbers(of, "measures", "no") == [1, 2, 1, 2]


def test_what_counts_on_already_stays_as_it_is() -> None:
    made = numbering.renumbered(draft())

    assert list(numbering.in_order(made)) == []
