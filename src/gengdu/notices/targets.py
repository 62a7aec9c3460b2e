"""What a notice promises: clauses with a number to reach, a word of completeness or a deadline.

A sentence is cut into clauses; each clause is read by named rules over its tokens. The deadline at
the head of a sentence holds for the clauses after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from gengdu.notices import deadlines, promises, tokens, wording
from gengdu.notices.deadlines import Time, Use, YearKind
from gengdu.notices.promises import Kind, Target, force_of, kind_of
from gengdu.notices.quantities import Quantity, after_base, beside, is_one, quantities
from gengdu.notices.sentences import Clause, clauses, sentences
from gengdu.notices.wording import scope_of

NO_DEADLINE = "没有写期限"
FROM_ITS_DAY = "期限从发文起算，请核对是哪一年"
_FOR_WHOM = re.compile(r"(?:^|[前内底年中，、])[为给向对]$")
"""Before the first of several numbers: 为60所学校更换课桌椅1.5万套 counts the desks."""
_MEASURES_NOTHING = frozenset(
    {"年", "月", "日", "天", "岁", "周岁", "级", "类", "期", "届", "个月"}
)
_AROUND = ("内", "外", "范围", "以外")
"""Behind a distance: 1公里内网吧."""
LONGEST_INDICATOR, LONGEST_FORCE = 60, 120
"""Characters before a number in which what it measures, and how strictly, may be said."""

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
    is_gone = False
    for sentence, at in sentences(text, start):
        if promises.NOTE.match(sentence):
            continue
        reader = _Reader(
            sentence, at, issued, head, is_preface=is_preface, sets_goals=sets_goals,
            is_gone=is_gone and promises.BEGINS_TASK.match(sentence) is None,
        )  # fmt: skip
        found += reader.read()
        head = reader.leaves
        is_gone = reader.tells_of_the_past and "\n" not in sentence
        if sets_goals and "\n" not in sentence:
            head = reader.year or head
    return found, head


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
        is_preface: bool, sets_goals: bool, is_gone: bool,
    ) -> None:  # fmt: skip
        self._text, self._start = sentence, start
        self._is_preface, self._sets_goals = is_preface, sets_goals
        self._clauses = clauses(sentence, start)
        every = tokens.scan(sentence, start)
        self._times = deadlines.times(every, sentence, start, issued)
        self._head = carried
        self._progress = self._is_gone = is_gone
        self._condition: Clause | None = None
        self._spoken = ""
        self._pending: tuple[Clause, Time | None] | None = None
        self._given = carried
        self._has_goal = self._pays = False

    @cached_property
    def _counts(self) -> bool:
        """Whether any clause of the sentence has a number to reach."""
        every = (one for clause in self._clauses for one in quantities(clause))
        return any(one.is_sure and not one.describes for one in every)

    def read(self) -> list[Target]:
        found: list[Target] = []
        for clause in self._clauses:
            found += self._clause(clause)
            if clause is self._clauses[0]:
                self._is_gone = self._is_gone or self._progress
        return found

    @property
    def tells_of_the_past(self) -> bool:
        """Whether it begins with what was reached, and stays with it: so does what follows."""
        return self._is_gone and self._progress

    @property
    def leaves(self) -> Time | None:
        """The deadline that holds for what follows: announced by a colon, else as it was given."""
        is_announced = bool(self._clauses) and self._clauses[-1].mark == "："
        if is_announced and self._head is not None:
            return self._head
        return self._given

    @property
    def year(self) -> Time | None:
        """The year that the sentence sets, which holds for the next ones of a list of goals."""
        is_year = self._head is not None and self._head.kind == YearKind.YEAR
        return self._head if is_year else None

    def _own_times(self, clause: Clause) -> list[Time]:
        return [
            one for one in self._times
            if clause.start <= one.start < clause.end and not self._is_stage(clause, one)
        ]  # fmt: skip

    def _is_stage(self, clause: Clause, time: Time) -> bool:
        """Tell whether a time only names a stage: 部署启动（2024年3月—4月）."""
        opened = clause.text.rfind("（", 0, max(0, time.start - clause.start))
        return opened >= 0 and promises.ONLY_TIME.fullmatch(clause.text, opened) is not None

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
        if deadline is not None and self._comes_again(deadline, clause, headed):
            time: Time | None = deadline
        else:
            time = _best(deadline, headed, self._head)
        described, wanted = self._sorted(clause)
        scope = scope_of(clause.text)
        made = [
            self._numbered(
                clause,
                span,
                each or self._time_in(span, one, own) or time,
                one,
                scope,
                is_due=deadline is not None or headed is not None,
            )
            for one, span, each in zip(
                wanted,
                self._spans(clause, start, wanted),
                _respective(clause, own, wanted),
                strict=True,
            )
        ]
        self._has_goal = self._has_goal or any(one.kind == Kind.GOAL for one in made)
        if not made:
            made = self._unnumbered(clause, start, time, is_dated=bool(own) or is_headed)
        beside = [self._beside(clause, one) for one in described]
        if not made and (rule := self._rule(clause)) is not None:
            made = [rule]
        self._condition = clause if described else None
        self._spoken = made[-1].indicator if made else clause.text
        return [*made, *beside, *self._references(clause)]

    def _comes_again(self, deadline: Time, clause: Clause, headed: Time | None) -> bool:
        """Tell whether 每年 and the like say when, whatever deadline stands before them.

        到2025年，学生每周阅读不少于2小时 is due in 2025, 8月底前完成改造，每学期检查1次 never ends.
        """
        if not deadline.every:
            return False
        if deadline.start == clause.start:
            return True
        if deadline.year is not None or headed is not None or self._head is self._given:
            return False
        is_within = deadline.every in ("day", "week", "month", "term", "quarter")
        return not (is_within and self._head is not None and self._head.kind == YearKind.YEAR)

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
        return promises.IN_TITLE.search(self._text[max(0, at - 80) : at]) is not None

    def _note_progress(self, clause: Clause, own: Sequence[Time]) -> None:
        if promises.FROM_NOW.search(clause.text):
            self._progress, self._head = False, None
        elif any(one.use == Use.PROGRESS for one in own) or promises.NOW.search(clause.text):
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
        if len(rest.strip(" 　、到力争确保")) <= 2:
            return True
        return own[-1].end == clause.end and promises.ONLY_WHO.fullmatch(rest) is not None

    def _sorted(self, clause: Clause) -> tuple[list[Quantity], list[Quantity]]:
        """Return the numbers that only describe, and those that are to be reached."""
        inside_time = [(one.start, one.end) for one in self._times]
        every = [
            one for one in quantities(clause)
            if not any(a <= one.start < b for a, b in inside_time)
        ]  # fmt: skip
        every = after_base(clause, every)
        is_part = self._has_goal and (clause.text.startswith("其中") or clause.text[0].isdigit())
        wanted = [
            one for one in beside(clause, every)
            if not one.describes and (one.is_sure or self._goes_on(one, clause, is_part=is_part))
            and not is_one(one, clause)
        ]  # fmt: skip
        if promises.FOLLOWS_RULES.search(clause.text):
            wanted = [one for one in wanted if one.rule not in ("complete", "generally")]
        numbers = [one for one in wanted if one.rule not in ("complete", "generally")]
        before = clause.text[: numbers[0].start - clause.start] if len(numbers) > 1 else ""
        if _FOR_WHOM.search(before) and not numbers[0].unit.endswith(("%", "‰", "元")):
            numbers = numbers[1:]
        return [one for one in every if one.describes], numbers or wanted[-1:]

    def _time_in(self, span: tuple[int, int], one: Quantity, own: Sequence[Time]) -> Time | None:
        """Return the year beside a number: 2025年完成300个、2026年完成200个 has two."""
        near = [
            time for time in own
            if time.rule == "by_year" and time.use == Use.DEADLINE
            and span[0] <= time.start and time.end <= one.start
        ]  # fmt: skip
        return near[-1] if len(own) > 1 and near else None

    def _goes_on(self, one: Quantity, clause: Clause, *, is_part: bool) -> bool:
        """Tell whether a number goes on with a list of goals: 服务人才2000名，转化成果1000项."""
        after = clause.text[one.end - clause.start :]
        if not one.unit or one.unit in _MEASURES_NOTHING or after.startswith(_AROUND):
            return False
        return is_part or (self._has_goal and one.end == clause.end)

    def _spans(
        self, clause: Clause, start: int, wanted: Sequence[Quantity]
    ) -> list[tuple[int, int]]:
        """Return where the words of each number begin and end: A达到90%、B达到85% has two."""
        if len(wanted) < 2 or "分别" in clause.text:
            return [(start, clause.end)] * len(wanted)
        cuts = [start]
        for left, right in pairwise(wanted):
            between = clause.text[left.end - clause.start : right.start - clause.start]
            comma = max(between.rfind("、"), between.rfind("和"), between.rfind("及"))
            if between.startswith("、"):  # 督导员50名、中级人才及管理人才100名
                comma = 0
            cuts.append(left.end + comma + 1 if comma >= 0 else left.end)
        return list(pairwise([*cuts, clause.end]))

    def _numbered(
        self, clause: Clause, span: tuple[int, int], time: Time | None, one: Quantity, scope: str,
        *, is_due: bool,
    ) -> Target:  # fmt: skip
        begin, end = span
        at = one.end - clause.start
        said = self._text[max(0, begin - self._start) : max(0, clause.start - self._start)]
        force = force_of(said + clause.text[max(0, at - LONGEST_FORCE) : at])
        kind = Kind.PROGRESS if self._progress else kind_of(one, clause, time, is_due=is_due)
        if kind == Kind.GOAL and one.unit.endswith("元") and self._is_paid(clause, time):
            kind = Kind.RATE
        self._pays = self._pays or kind == Kind.RATE
        doubts = self._doubts(one, time) if kind == Kind.GOAL else []
        return Target(
            begin, end, self._indicator(clause, one, max(begin, clause.start)), scope,
            *_when(self._progress_time() or time if kind == Kind.PROGRESS else time),
            promises.compared(one, clause, kind), one.value, one.unit, force, kind,
            "；".join(doubts), time.words if time is not None else "",
        )  # fmt: skip

    def _is_paid(self, clause: Clause, time: Time | None) -> bool:
        """Tell whether an amount goes on with what is paid: 补贴分四档，每人每月分别为300元."""
        if self._pays:
            return True
        is_dated = time is not None and time.kind != YearKind.RECURRING
        said = self._text[: clause.end - self._start]
        return not is_dated and promises.is_paid_to_each(clause.text, said)

    def _doubts(self, one: Quantity, time: Time | None) -> list[str]:
        """Return why somebody should look at a goal."""
        found = []
        if time is None:
            found.append(NO_DEADLINE)
        elif time.kind == YearKind.RELATIVE and time.year is None:
            found.append(FROM_ITS_DAY)
        elif time is self._given:
            found.append("期限承自上文")
        if one.is_assumed:
            found.append("没有写“以上”“不少于”，按至少读")
        return found

    def _progress_time(self) -> Time | None:
        return next((one for one in self._times if one.use == Use.PROGRESS), None)

    def _unnumbered(
        self, clause: Clause, start: int, time: Time | None, *, is_dated: bool
    ) -> list[Target]:
        """Read a title to be won, or what is dated and has no number."""
        words = clause.text
        if self._progress:
            return []
        strives = promises.STRIVE_TITLE.search(words)
        won = strives or (promises.TITLE.search(words) if time is not None else None)
        if won is not None:
            return self._titles(clause, start, time if is_dated or not strives else None, won.end())
        if time is None or not self._may_promise(time):
            return []
        is_told = is_dated and (
            time.rule in promises.TOLD or promises.LASTS.search(self._words_of(time))
        )
        is_carried = not is_dated and (
            promises.BY_SOMEBODY.search(words) or promises.ONLY_SERVES.search(words)
        )
        if promises.NO_GOAL.search(words) or is_carried:
            return []
        result = promises.ACHIEVED.search(words)
        is_result = result is not None and (is_dated or result.start() > 0)
        if not (is_told or self._sets_goals or is_result):
            return []
        comparison = "start" if time.kind == YearKind.START else "qualitative"
        return [self._dated(clause, start, time, comparison)]

    def _titles(self, clause: Clause, start: int, time: Time | None, won: int) -> list[Target]:
        """Read 创建为优质均衡发展县和普及普惠县 as two titles, each with its own words."""
        words = clause.text
        parting = promises.TWO_TITLES.search(words)
        cuts = [0, parting.end(), len(words)] if parting is not None else [0, len(words)]
        return [
            Target(
                start if begin == 0 else clause.start + begin, clause.start + end,
                (words[won:end] if begin == 0 else "") or words[begin:end], scope_of(words),
                *_when(time), "title", (Fraction(1),), "", force_of(words), Kind.GOAL, "",
                time.words if time is not None else "",
            )
            for begin, end in pairwise(cuts)
        ]  # fmt: skip

    def _may_promise(self, time: Time) -> bool:
        """Tell whether a time may make a clause without a number a promise."""
        is_again = any(one.rule == "day_again" for one in self._times)
        if self._is_preface and is_again and promises.HANDS_IN.search(self._text):
            return True
        if time.rule == "day_again" or (self._is_preface and self._counts):
            return True
        if self._is_preface:
            return time.kind == YearKind.DAY and promises.HANDS_IN.search(self._text) is not None
        return time.kind != YearKind.RECURRING

    def _words_of(self, time: Time) -> str:
        return self._text[time.start - self._start : time.end - self._start]

    def _rule(self, clause: Clause) -> Target | None:
        """Read 连续任职满2个任期的校长，原则上应交流 as a rule for all whom the condition meets."""
        above = self._condition
        if above is None or promises.MUST_DO.search(clause.text) is None:
            return None
        return Target(
            above.start, clause.end, clause.text, scope_of(clause.text), None, None, "", "at_least",
            (Fraction(100),), "%", force_of(clause.text), Kind.RULE, "按对符合条件者的要求读",
        )  # fmt: skip

    def _dated(self, clause: Clause, start: int, time: Time, comparison: str) -> Target:
        return Target(
            start, clause.end, clause.text, scope_of(clause.text), *_when(time), comparison, (), "",
            force_of(clause.text), Kind.GOAL, "没有数字", time.words,
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
            if one.rule == "span" and promises.IN_TITLE.search(clause.text[max(0, at - 80) : at]):
                assert one.year is not None
                assert one.first_year is not None
                years = (Fraction(one.first_year), Fraction(one.year))
                yield Target(
                    one.start, one.end, "", "", one.year, YearKind.YEAR, "", "range", years, "年",
                    "must", Kind.REFERENCE, "",
                )  # fmt: skip

    def _indicator(self, clause: Clause, one: Quantity, start: int) -> str:
        """Return the words for what is measured; where a clause has none, those before it."""
        at = one.start - clause.start
        words = clause.text[max(0, start - clause.start, at - LONGEST_INDICATOR) : at]
        for time in self._own_times(clause):
            words = words.replace(self._words_of(time), "")
        end = one.end - clause.start
        after = clause.text[end : end + LONGEST_INDICATOR]
        is_count = one.rule in ("number", "range") and one.unit not in ("%", "‰")
        if not words.strip(" 　，、") and len(after) > 1 and not is_count:
            return clause.text
        return wording.indicator(words, after, is_count=is_count) or self._spoken or clause.text


def _respective(
    clause: Clause, own: Sequence[Time], wanted: Sequence[Quantity]
) -> Sequence[Time | None]:
    """Return the year of each number of 2024年、2025年分别改造320座、280座; else None for each."""
    years = [one for one in own if one.rule == "by_year" and one.use == Use.DEADLINE]
    is_so = len(years) == len(wanted) > 1 and "分别" in clause.text
    return years if is_so and years[-1].end <= wanted[0].start else [None] * len(wanted)


def _when(time: Time | None) -> tuple[int | None, YearKind | None, str]:
    if time is None:
        return None, None, ""
    return time.year, time.kind, time.every
