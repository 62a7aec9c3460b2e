"""What a notice promises: clauses with a number to reach, a word of completeness or a deadline.

A sentence is cut into clauses; each clause is read by named rules over its tokens. The deadline at
the head of a sentence holds for the clauses after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from gengdu.notices import deadlines, tokens
from gengdu.notices.deadlines import Time, Use, YearKind
from gengdu.notices.quantities import Quantity, quantities
from gengdu.notices.sentences import Clause, clauses, sentences
from gengdu.notices.words import any_of


class Kind(StrEnum):
    """What a number of a notice is (style.md §6, and figures already reached)."""

    GOAL = "goal"
    CONDITION = "condition"
    RULE = "rule"
    THRESHOLD = "threshold"
    RATE = "rate"
    REFERENCE = "reference_period"
    PROGRESS = "progress"


@dataclass(frozen=True)
class Target:
    """One thing that a notice promises, or a number that it names beside its promises.

    Attributes:
        start, end: In the cleaned text.
        indicator: The words for what is measured.
        scope: Of whom or of where.
        doubt: Why somebody should look; empty where nothing is doubtful.
    """

    start: int
    end: int
    indicator: str
    scope: str
    year: int | None
    year_kind: YearKind | None
    every: str
    comparison: str
    value: tuple[Fraction, ...]
    unit: str
    force: str
    kind: Kind
    doubt: str


# Numbers that count

_FROM_TO = re.compile(
    r"[从由][^，；。]{0,40}?(?:提高|提升|增加|扩大|下降|降低|减少|增长|升|降|压减|缩小|达)[到至]?"
)


def _after_base(clause: Clause, every: list[Quantity]) -> list[Quantity]:
    """Return the numbers that 从38%提高到50% comes to, without those it comes from."""
    found = _FROM_TO.search(clause.text)
    if found is None:
        return every
    turn = clause.start + found.end()
    after = [one for one in every if one.end > turn]
    return after or every


def _is_one(one: Quantity, clause: Clause) -> bool:
    """Tell whether a number is the 1 of 选派1名副校长, which counts nothing."""
    is_single = one.value == (Fraction(1),) and one.unit in ("名", "人", "位")
    return is_single and not re.search(r"[每各]|至少|不少于", clause.text)


# Force

_FORCES = (
    ("strive", re.compile(r"争创|力争|争取|努力|争当|争做")),
    ("in_principle", re.compile(r"原则上")),
    ("largely", re.compile(r"基本")),
    ("generally", re.compile(r"普遍")),
    ("support", re.compile(r"支持|鼓励|倡导|探索")),
)
_NOT_LARGELY = re.compile(
    r"基本(?:公共|办学|办园|医疗|养老|建设|条件|标准|均衡|生活|保障|要求|职业|药物|工资|医疗保险|农田|医保|知识|素质|技能|制度|装备|情况|原则)"
)


def force_of(text: str) -> str:
    """Return how strictly a clause promises.

    >>> force_of("原则上达到50%以上"), force_of("基本实现全覆盖"), force_of("改善基本办学条件")
    ('in_principle', 'largely', 'must')
    """
    bare = _NOT_LARGELY.sub("", text)
    return next((force for force, words in _FORCES if words.search(bare)), "must")


# Titles and what is dated without a number

_TITLE = re.compile(
    r"(?:争创|争取创建|争当|争做|创建为|创建成为|创成|建成|创建|获评|争取入选|入选|通过|成功创建)[^，；。]{0,30}?"
    r"(?:国家级?|省级?|市级?|全国|全省|全市|示范|先进|优质均衡|普及普惠|文明)[^，；。]{0,30}?(?:校园|学校|县|市|区|乡镇|镇|单位|基地|试点|称号|园|校|工程|计划|成果|名校|认定|评估)"
)
_STRIVE_TITLE = re.compile(r"争创|争取[^，；。]{0,10}入选|争当")
ACHIEVED = re.compile(rf"(?:{any_of('thoroughly')})[^，；。]{{0,12}}|(?:{any_of('achieved')})")

# Reading a stretch


def targets(
    text: str, start: int, issued: date | None, *, is_preface: bool = False,
    sets_goals: bool = False, head: Time | None = None,
) -> tuple[list[Target], Time | None]:  # fmt: skip
    """Return what a stretch of the cleaned text promises, in order, and the deadline it leaves.

    Args:
        text: The stretch.
        start: Where it begins in the cleaned text.
        issued: The day of the notice.
        is_preface: Whether it only introduces: there a deadline alone promises nothing.
        sets_goals: Whether it is a list of goals: there whatever a deadline heads is one.
        head: The deadline that the words above it leave, such as 到2025年，实现以下目标：.

    Returns:
        The targets; and the deadline that holds for the headings below it, where it ends with a
        colon, else the one it was given.
    """
    found: list[Target] = []
    for sentence, at in sentences(text, start):
        reader = _Reader(sentence, at, issued, head, is_preface=is_preface, sets_goals=sets_goals)
        found += reader.read()
        head = reader.leaves
    return found, head


_EACH_GETS = re.compile(r"每(?:生|人|班|校|名[一-鿿]{1,6})(?:每(?:年|月|天|学期|学年))?")
_AMOUNT = re.compile(r"标准|补助|补贴|津贴|经费|奖励")


def _kind_of(one: Quantity, clause: Clause, time: Time | None) -> Kind:
    """Tell a goal from a rate, such as 补助标准每生每年300元, which no day is set for."""
    is_money = one.unit.endswith("元") and _EACH_GETS.search(clause.text) is not None
    is_dated = time is not None and time.kind != YearKind.RECURRING
    if is_money and not is_dated and _AMOUNT.search(clause.text):
        return Kind.RATE
    return Kind.GOAL


def _best(*times: Time | None) -> Time | None:
    """Return the first time that names a year or a day, else the first: 每年 is none of these."""
    given = [one for one in times if one is not None]
    dated = (one for one in given if one.kind != YearKind.RECURRING)
    found = next(dated, given[0] if given else None)
    again = next((one.every for one in given if one.every), "")
    return replace(found, every=again) if found is not None and again else found


def time_of(words: str, issued: date | None) -> Time | None:
    """Return the deadline that some words name, such as 2025年底."""
    found = deadlines.times(tokens.scan(words), words, 0, issued)
    return next((one for one in found if one.use == Use.DEADLINE), None)


class _Reader:
    """Reads one sentence, from its head on."""

    def __init__(
        self, sentence: str, start: int, issued: date | None, carried: Time | None, *,
        is_preface: bool, sets_goals: bool,
    ) -> None:  # fmt: skip
        self._text, self._start = sentence, start
        self._is_preface, self._sets_goals = is_preface, sets_goals
        self._clauses = clauses(sentence, start)
        every = tokens.scan(sentence, start)
        self._times = deadlines.times(every, sentence, start, issued)
        self._head = carried
        self._progress = False
        self._pending: tuple[Clause, Time | None] | None = None
        self._given = carried

    def read(self) -> list[Target]:
        found: list[Target] = []
        for clause in self._clauses:
            found += self._clause(clause)
        return found

    @property
    def leaves(self) -> Time | None:
        """The deadline that holds for what follows: announced by a colon, else as it was given."""
        is_announced = bool(self._clauses) and self._clauses[-1].mark == "："
        if is_announced and self._head is not None:
            return self._head
        return self._given

    def _own_times(self, clause: Clause) -> list[Time]:
        return [
            one for one in self._times
            if clause.start <= one.start < clause.end and not self._is_stage(clause, one)
        ]  # fmt: skip

    def _is_stage(self, clause: Clause, time: Time) -> bool:
        """Tell whether a time only names a stage: 部署启动（2024年3月—4月）."""
        at = time.start - clause.start
        return at > 0 and clause.text[at - 1] == "（" and clause.text.endswith("）")

    def _clause(self, clause: Clause) -> list[Target]:
        own = self._own_times(clause)
        deadline = self._deadline(own)
        self._note_progress(clause, own)
        if self._is_only_time(clause, own):
            self._pending = (clause, deadline)
            return []
        start = self._pending[0].start if self._pending is not None else clause.start
        headed = self._pending[1] if self._pending is not None else None
        is_headed, self._pending = self._pending is not None, None
        if deadline is not None and deadline.every and deadline.start == clause.start:
            time: Time | None = deadline
        else:
            time = _best(deadline, headed, self._head)
        described, wanted = self._sorted(clause)
        force, scope = force_of(clause.text), _scope(clause.text)
        made = [self._numbered(clause, start, time, one, force, scope) for one in wanted]
        made = self._apart(clause, made, wanted)
        if not made and (other := self._unnumbered(clause, start, time, bool(own) or is_headed)):
            made = [other]
        beside = [self._beside(clause, one) for one in described]
        return [*made, *beside, *self._references(clause)]

    def _deadline(self, own: Sequence[Time]) -> Time | None:
        dated = [one for one in own if one.use == Use.DEADLINE and not self._is_named(one)]
        if not dated:
            return None
        by_rank = (
            [one for one in dated if one.year is not None],
            [one for one in dated if one.kind != YearKind.RECURRING], dated,
        )  # fmt: skip
        best = next(some[0] for some in by_rank if some)
        every = next((one.every for one in dated if one.every), "")
        best = replace(best, every=every)
        if best.kind in (YearKind.YEAR, YearKind.DAY, YearKind.RELATIVE):
            self._head = best
        return best

    def _is_named(self, time: Time) -> bool:
        """Tell whether a time only stands in the name of a document."""
        at = time.start - self._start
        return _IN_TITLE.search(self._text[max(0, at - 80) : at]) is not None

    def _note_progress(self, clause: Clause, own: Sequence[Time]) -> None:
        if any(one.use == Use.PROGRESS for one in own) or _NOW.search(clause.text):
            self._progress = True
        elif any(one.use == Use.DEADLINE and one.kind != YearKind.RECURRING for one in own):
            self._progress = False

    def _is_only_time(self, clause: Clause, own: Sequence[Time]) -> bool:
        """Tell whether a clause is nothing but a time, such as 到2025年，."""
        if not own:
            return False
        rest = clause.text
        for one in own:
            rest = rest.replace(self._text[one.start - self._start : one.end - self._start], "", 1)
        return len(rest.strip(" 　、到力争确保")) <= 2

    def _sorted(self, clause: Clause) -> tuple[list[Quantity], list[Quantity]]:
        """Return the numbers that only describe, and those that are to be reached."""
        inside_time = [(one.start, one.end) for one in self._times]
        every = [
            one for one in quantities(clause)
            if not any(a <= one.start < b for a, b in inside_time)
        ]  # fmt: skip
        every = _after_base(clause, every)
        wanted = [
            one for one in every if not one.describes and one.is_sure and not _is_one(one, clause)
        ]
        numbers = [one for one in wanted if one.rule not in ("complete", "generally")]
        return [one for one in every if one.describes], numbers or wanted[-1:]

    def _apart(
        self, clause: Clause, made: list[Target], wanted: Sequence[Quantity]
    ) -> list[Target]:
        """Give each of several numbers its own words: A达到90%、B达到85%."""
        if len(made) < 2 or "分别" in clause.text:
            return made
        cuts = [made[0].start]
        for left, right in pairwise(wanted):
            between = clause.text[left.end - clause.start : right.start - clause.start]
            comma = max(between.rfind("、"), between.rfind("和"), between.rfind("及"))
            cuts.append(left.end + comma + 1 if comma >= 0 else left.end)
        ends = [*cuts[1:], clause.end]
        return [
            replace(one, start=cut, end=end, indicator=self._indicator(clause, quantity, cut))
            for one, quantity, cut, end in zip(made, wanted, cuts, ends, strict=True)
        ]

    def _numbered(
        self, clause: Clause, start: int, time: Time | None, one: Quantity, force: str, scope: str
    ) -> Target:
        kind = Kind.PROGRESS if self._progress else _kind_of(one, clause, time)
        doubts = self._doubts(one, time) if kind == Kind.GOAL else []
        return Target(
            start, clause.end, self._indicator(clause, one, clause.start), scope,
            *_when(time if kind == Kind.GOAL else self._progress_time() or time),
            one.comparison, one.value, one.unit, force, kind, "；".join(doubts),
        )  # fmt: skip

    def _doubts(self, one: Quantity, time: Time | None) -> list[str]:
        """Return why somebody should look at a goal."""
        found = []
        if time is None:
            found.append("没有写期限")
        elif time.kind == YearKind.RELATIVE and time.year is None:
            found.append("期限从发文起算，请核对是哪一年")
        elif time is self._given:
            found.append("期限承自上文")
        if one.is_assumed:
            found.append("没有写“以上”“不少于”，按至少读")
        return found

    def _progress_time(self) -> Time | None:
        return next((one for one in self._times if one.use == Use.PROGRESS), None)

    def _unnumbered(
        self, clause: Clause, start: int, time: Time | None, is_dated: bool
    ) -> Target | None:
        """Read a title to be won, or what is dated and has no number."""
        words = clause.text
        if self._progress:
            return None
        title = _TITLE.search(words)
        strives = _STRIVE_TITLE.search(words)
        won = strives or (title if time is not None else None)
        if won is not None:
            when = time if is_dated or not strives else None
            return Target(
                start, clause.end, words[won.end() :] or words, _scope(words),
                *_when(when), "title", (Fraction(1),), "", force_of(words), Kind.GOAL, "",
            )  # fmt: skip
        if time is None or self._is_preface or time.kind == YearKind.RECURRING:
            return None
        is_told = is_dated and time.rule in ("by_year", "month", "since", "five_year_plan")
        if _IN_FORCE.search(words) or not (is_told or self._sets_goals or ACHIEVED.search(words)):
            return None
        if time.kind == YearKind.START:
            return self._dated(clause, start, time, "start")
        return self._dated(clause, start, time, "qualitative")

    def _dated(self, clause: Clause, start: int, time: Time, comparison: str) -> Target:
        return Target(
            start, clause.end, clause.text, _scope(clause.text), *_when(time), comparison, (), "",
            force_of(clause.text), Kind.GOAL, "没有数字",
        )  # fmt: skip

    def _beside(self, clause: Clause, one: Quantity) -> Target:
        text = self._text[one.start - self._start : one.end - self._start]
        return Target(
            one.start, one.end, text, "", None, None, "", one.comparison, one.value, one.unit,
            "must", Kind.CONDITION, "",
        )  # fmt: skip

    def _references(self, clause: Clause) -> Iterator[Target]:
        for one in self._own_times(clause):
            at = one.start - clause.start
            if one.rule == "span" and _IN_TITLE.search(clause.text[max(0, at - 80) : at]):
                assert one.year is not None
                assert one.first_year is not None
                years = (Fraction(one.first_year), Fraction(one.year))
                yield Target(
                    one.start, one.end, "", "", one.year, YearKind.YEAR, "", "range", years, "年",
                    "must", Kind.REFERENCE, "",
                )  # fmt: skip

    def _indicator(self, clause: Clause, one: Quantity, start: int) -> str:
        """Return the words before a number, without time, force and verb."""
        at = one.start - clause.start
        words = clause.text[max(0, start - clause.start, at - LONGEST_INDICATOR) : at]
        for time in self._own_times(clause):
            words = words.replace(self._text[time.start - self._start : time.end - self._start], "")
        named = _VERB_AT_END.sub("", _FORCE_WORDS.sub("", words)).strip(" 　，、")
        after = clause.text[one.end - clause.start :].removeprefix("的")
        if one.rule == "number" and one.unit not in ("%", "‰") and _IS_NAMED_AFTER.match(after):
            return after
        return named or clause.text


_IN_FORCE = re.compile(r"有效期|起施行|起实施|起执行|日起试行|印发之日")
_IS_NAMED_AFTER = re.compile(r"(?!以|并|且|和|及|到|至|用)[一-鿿“]{2}")
LONGEST_INDICATOR = 60
_IN_TITLE = re.compile(r"《[^》]*$")
_NOW = re.compile(
    r"目前|现有|已(?:达|建|有|完成|实现|经|累计)|累计(?:已|完成|建成)|(?<![比较])(?:上年|去年)|以来"
)
_FORCE_WORDS = re.compile(r"原则上|力争|争取|确保|努力|基本|普遍|实现|要(?=达)")
_VERB_AT_END = re.compile(
    r"(?:分别)?(?:稳定|保持|控制|提高|提升|增加|扩大|下降|降低|降|升|达到?|不)?(?:到|至|在|达到?|为|占)?$"
)
_SCOPE = re.compile(
    r"全省|全市|全县|全区|全镇|全国|县域内?|市域内?|城乡|乡村|农村|城区|镇区|[各每]所?[一-鿿]{0,6}(?:学校|园|镇|村|县)"
)


def _scope(words: str) -> str:
    found = _SCOPE.search(words)
    return found[0] if found else ""


def _when(time: Time | None) -> tuple[int | None, YearKind | None, str]:
    if time is None:
        return None, None, ""
    return time.year, time.kind, time.every
