"""Questionnaires: questions of a few fixed kinds, checked when written and when answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCALE = ("非常满意", "比较满意", "一般", "不太满意", "很不满意")
"""The five answers of a question on satisfaction, the best first."""
SATISFIED = (0, 1)
"""Which of them count as satisfied, unless the bureau says otherwise."""
KINDS = {"scale": "满意程度（单选五级）", "many": "多选", "text": "简短文字"}
MOST_QUESTIONS = 20
MOST_OPTIONS = 12
LONGEST_TEXT = 300
LONGEST_WORDING = 120
Answers = dict[str, list[int]]
"""The positions chosen, by the key of the question."""


class BadQuestionnaire(ValueError):
    """A questionnaire cannot be used; `faults` says what is wrong, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        key: Names it among its questionnaire's, such as q3.
        kind: Of KINDS.
        wording: As people read it.
        options: What may be ticked; of a scale always the five answers.
        is_needed: Whether nobody can send the questionnaire without it.
    """

    key: str
    kind: str
    wording: str
    options: tuple[str, ...] = ()
    is_needed: bool = False

    @property
    def is_one(self) -> bool:
        """Whether one answer is chosen."""
        return self.kind == "scale"


@dataclass(frozen=True)
class Questionnaire:
    """All questions, and what is counted of them.

    Attributes:
        overall: Key of the question on overall satisfaction.
        satisfied: Positions of its answers that count as satisfied.
    """

    questions: tuple[Question, ...]
    overall: str
    satisfied: tuple[int, ...] = SATISFIED

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "overall": self.overall,
            "satisfied": list(self.satisfied),
            "questions": [
                {"key": one.key, "kind": one.kind, "wording": one.wording,
                 "options": list(one.options), "is_needed": one.is_needed}
                for one in self.questions
            ],
        }  # fmt: skip

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Questionnaire:
        """Return a questionnaire that was kept."""
        questions = tuple(
            Question(one["key"], one["kind"], one["wording"], tuple(one["options"]),
                     one["is_needed"])
            for one in kept["questions"]
        )  # fmt: skip
        return cls(questions, kept["overall"], tuple(kept["satisfied"]))

    def question(self, key: str) -> Question:
        """Return one question by key."""
        return next(one for one in self.questions if one.key == key)

    def is_satisfied(self, answers: Answers) -> bool:
        """Tell whether whoever gave these answers is satisfied on the whole."""
        return answers[self.overall][0] in self.satisfied


def checked(questions: Sequence[Question], overall: str, satisfied: Sequence[int]) -> Questionnaire:
    """Return a questionnaire that can be used; the overall question is always needed.

    Raises:
        BadQuestionnaire: If something is missing or too much.
    """
    faults = list(_faults(questions, overall, satisfied))
    if faults:
        raise BadQuestionnaire(faults)
    found = tuple(
        Question(one.key, one.kind, one.wording.strip(),
                 SCALE if one.kind == "scale" else () if one.kind == "text" else one.options,
                 one.is_needed or one.key == overall)
        for one in questions
    )  # fmt: skip
    return Questionnaire(found, overall, tuple(sorted(set(satisfied))))


def _faults(questions: Sequence[Question], overall: str, satisfied: Sequence[int]) -> Iterator[str]:
    if not questions:
        yield "问卷里一道题也没有，请至少写一道满意程度题"
    if len(questions) > MOST_QUESTIONS:
        yield f"问卷有 {len(questions)} 道题，最多 {MOST_QUESTIONS} 道，请删去一些"
    for number, one in enumerate(questions, 1):
        yield from _faults_of(number, one)
    scales = {one.key for one in questions if one.kind == "scale"}
    if questions and overall not in scales:
        yield "没有指明哪一道是总体满意度题（须是满意程度题），请选定一道"
    if not satisfied or not set(satisfied) < set(range(len(SCALE))):
        yield "没有指明哪些回答算满意，或五级全算满意，请至少选一级、至多选四级"


def _faults_of(number: int, one: Question) -> Iterator[str]:
    wording = one.wording.strip()
    if one.kind not in KINDS:
        yield f"第 {number} 题的题型不认识，请从列出的题型里选"
    if not wording or len(wording) > LONGEST_WORDING:
        yield f"第 {number} 题的题干应为 1 至 {LONGEST_WORDING} 字"
    if one.kind == "many":
        options = [option for option in one.options if option.strip()]
        if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
            yield f"第 {number} 题是多选，选项应为 2 至 {MOST_OPTIONS} 个且不重复，一行一个"


@dataclass(frozen=True)
class Given:
    """What somebody filled in.

    Attributes:
        answers: What was ticked.
        texts: What was written, by the key of the question.
        faults: What is missing or wrong, by the key of the question; with any, nothing counts.
    """

    answers: Answers
    texts: dict[str, str]
    faults: dict[str, str]


def read(form: Questionnaire, posted: Mapping[str, Sequence[str]]) -> Given:
    """Return what somebody filled in, each question by its kind."""
    given = Given({}, {}, {})
    for one in form.questions:
        values = posted.get(one.key, ())
        if one.kind == "text":
            _read_text(one, values, given)
        else:
            _read_ticks(one, values, given)
    return given


def _read_text(one: Question, values: Sequence[str], given: Given) -> None:
    text = (values[0] if values else "").replace("\0", "").strip()
    if len(text) > LONGEST_TEXT:
        given.faults[one.key] = f"这一题写了 {len(text)} 字，最多 {LONGEST_TEXT} 字，请删短一些"
    elif text:
        given.texts[one.key] = text
    elif one.is_needed:
        given.faults[one.key] = "这一题还没有填"


def _read_ticks(one: Question, values: Sequence[str], given: Given) -> None:
    allowed = {str(place): place for place in range(len(one.options))}
    ticked = sorted({allowed[value] for value in values if value in allowed})
    if len(ticked) > 1 and one.is_one:
        given.faults[one.key] = "这一题只能选一项"
    elif ticked:
        given.answers[one.key] = ticked
    elif one.is_needed:
        given.faults[one.key] = "这一题还没有选"


def _scale(key: str, wording: str) -> Question:
    return Question(key, "scale", wording, SCALE)


OWN_WORDING = Questionnaire(
    (
        Question("q1", "scale", "总的来说，您对本地的教育满意吗？", SCALE, is_needed=True),
        _scale("q2", "您对学校的校舍、场地和设备满意吗？"),
        _scale("q3", "您对教师的责任心和教学水平满意吗？"),
        _scale("q4", "您对孩子在校的安全、就餐和交通满意吗？"),
        _scale("q5", "您对学校与家长的沟通满意吗？"),
        _scale("q6", "您对就近入学和招生的公平满意吗？"),
        Question("q7", "many", "您觉得最需要改进的是（可选多项）", (
            "校舍和设备", "师资水平", "课业负担", "课后服务", "在校就餐", "上下学交通",
            "家校沟通", "心理关爱",
        )),
        Question("q8", "text", "您还有什么话想说？（请不要写姓名、电话）"),
    ),
    "q1",
)  # fmt: skip
"""Where a new survey begins; worded by this system, not taken from any official questionnaire."""
