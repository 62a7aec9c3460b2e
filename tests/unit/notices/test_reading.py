"""A notice read whole: which headings are measures, and who answers for which."""

from __future__ import annotations

from gengdu.notices import reading
from gengdu.notices.reading import Reading


def read(*lines: str) -> Reading:
    return reading.read("\n".join(lines))


def answers_of(found: Reading) -> dict[str | None, list[str]]:
    return {
        one.title: [unit.name for clause in one.clauses for unit in clause.units]
        for one in found.measures
    }


def test_one_sentence_may_answer_for_several_measures() -> None:
    found = read(
        "一、重点任务", "1.改善环境。加强巡查。", "2.减轻负担。控制作业。",
        "第1、2项由县教育局负责，县财政局配合。", "3.开展监测。建立档案。",
        "上述3—4项任务由县卫健局牵头。", "4.规范市场。开展检查。",
    )  # fmt: skip

    assert answers_of(found) == {
        "改善环境": ["县教育局", "县财政局"], "减轻负担": ["县教育局", "县财政局"],
        "开展监测": ["县卫健局"], "规范市场": ["县卫健局"],
    }  # fmt: skip


def test_a_measure_that_goes_on_with_the_numbers_is_one_though_nobody_is_named() -> None:
    found = read(
        "二、任务", "（一）底座", "1.建设云。抓好建设。（县大数据局）",
        "2.打通数据。抓好共享。（县大数据局）", "三、保障", "3.加强统筹。定期调度。",
    )  # fmt: skip

    assert [one.number for one in found.measures] == [1, 2, 3]


def test_prose_about_a_task_does_not_keep_a_table_from_being_the_plan() -> None:
    found = read(
        "一、任务", "序号\t任务\t责任单位", "1\t建设学校\t县教育局", "2\t改造厕所\t县卫健局",
        "二、要求", "由县教育局牵头，县财政局配合，定期通报。",
    )  # fmt: skip

    assert [one.title for one in found.measures] == ["建设学校", "改造厕所"]
