"""What the demo's school plans say: goals, duties and safeguards, the same for a school each time.

A later version of a plan keeps most of the earlier one, so that a comparison shows what changed.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

from gengdu.demo.school_list import Spec

DUTIES = Path(__file__).parent / "data" / "plan_duties.csv"
SECTIONS = ("all_staff", "whole_process", "all_round")
LEFT_OUT = 0.15
"""How many of the duties that never change a school does without."""

GOALS = {
    "school": (
        "以立德树人为根本任务，把“五育”并举落到{name}的每一天：校园处处能育人、教职工人人会育人、"
        "课程门门讲育人。",
        "三年内：学生品德评价优良率达到{share}%，家访覆盖全部学生，"
        "乡土课程成为学校特色，家长满意度稳步提高。",
    ),
    "kindergarten": (
        "以游戏为基本活动，让{name}的幼儿亲近自然、爱说爱问、会自理、懂礼貌。",
        "三年内：一日生活常规达成率达到{share}%，家园共育活动覆盖全部家庭，"
        "形成以赶海、种植为特色的园本活动。",
    ),
}
GOAL_ADDED = {
    2: "本次修订：落实育人导师和成长档案，家长学校每学期由2次增加到3次。",
    3: "本次修订：校外辅导员增加到5人以上，网络素养、心理评估按学期安排。",
}
SAFEGUARDS = (
    "成立由{head}任组长的工作小组，每学期研究不少于两次，每月通报一次进展。",
    "经费：从公用经费中安排不少于{share_of_budget}%用于育人活动和教师培训。",
    "评价：各项任务完成情况纳入教职工年度考核，学期末向教职工大会和家长委员会报告。",
)
SAFEGUARD_ADDED = "档案：过程材料按任务归档，随时可查，每学期末自查一次。"


@cache
def _duties() -> tuple[dict[str, str], ...]:
    with DUTIES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def of_plan(spec: Spec, name: str, version: int) -> dict[str, str]:
    """Return the texts of one version of a school's plan, by column."""
    kind = "kindergarten" if spec.is_kindergarten else "school"
    taste = Random(f"plan:{spec.key}")
    shares = {"share": 90 + taste.randrange(8), "share_of_budget": 3 + taste.randrange(4)}
    head = "园长" if spec.is_kindergarten else "党组织书记、校长"
    goals = [line.format(name=name, **shares) for line in GOALS[kind]]
    safeguards = [line.format(head=head, **shares) for line in SAFEGUARDS]
    if version > 1:
        goals.append(GOAL_ADDED[version])
        safeguards.append(SAFEGUARD_ADDED)
    texts = {"goals": "\n".join(goals), "safeguards": "\n".join(safeguards)}
    for section in SECTIONS:
        kept = [
            duty
            for duty in _duties()
            if duty["section"] == section
            and duty["schools"] in ("all", kind)
            and (taste.random() >= LEFT_OUT or duty["due_1"] != duty["due_2"])
        ]
        texts[section] = "\n".join(
            f"{duty['task']}｜{duty['who']}｜{duty[f'due_{version}']}"
            for duty in kept
            if duty[f"due_{version}"]
        )
    return texts
