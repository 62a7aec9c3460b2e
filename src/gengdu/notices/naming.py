"""What the words of a reading are called in Chinese."""

from __future__ import annotations

KINDS_ZH = {
    "goal": "目标", "condition": "条件", "rule": "规则", "threshold": "界限", "standard": "标准",
    "rate": "标准额", "reference_period": "所引时段", "progress": "已有进展",
}  # fmt: skip
COMPARED_ZH = {
    "at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<", "equal": "=",
    "about": "约", "range": "", "title": "称号", "avoid": "不出现", "start": "起",
    "qualitative": "",
}  # fmt: skip
COMPARISONS_ZH = {
    "at_least": "不低于（≥）", "at_most": "不高于（≤）", "more_than": "超过（>）",
    "less_than": "不满（<）", "equal": "等于（=）", "about": "左右", "range": "介于两数之间",
    "title": "取得称号", "avoid": "不出现", "start": "自某时起", "qualitative": "没有数字",
}  # fmt: skip
FORCES_ZH = {
    "must": "必须", "in_principle": "原则上", "largely": "基本", "generally": "普遍",
    "strive": "争创、力争", "support": "支持、鼓励",
}  # fmt: skip
YEAR_KINDS_ZH = {
    "year": "到某年", "day": "到某日", "relative": "若干年内", "recurring": "每年（期）",
    "start": "自某年起",
}  # fmt: skip
ROLES_ZH = {
    "lead": "牵头", "joint_lead": "共同牵头", "responsible": "负责", "cooperate": "配合",
    "participate": "参与", "guide": "指导",
}  # fmt: skip
