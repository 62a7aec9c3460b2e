"""By when: years, days, what comes again, so many years from the notice; each form a named rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gengdu.notices import numerals
from gengdu.notices.tokens import Token


class YearKind(StrEnum):
    """How a deadline is told."""

    YEAR = "year"
    DAY = "day"
    RELATIVE = "relative"
    RECURRING = "recurring"
    START = "start"


class Use(StrEnum):
    """What a point in time does in its sentence."""

    DEADLINE = "deadline"
    PROGRESS = "progress"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Time:
    """A point or stretch of time that a sentence names.

    Attributes:
        rule: Which of RULES found it.
        year: None where only the day of the notice, or nothing, fixes it.
        every: What comes again: year, school_year, term, month and so on.
        words: Its own words, such as 2025年9月底前.
        start, end: Of its words with 到, 底前 and the like.
    """

    rule: str
    use: Use
    kind: YearKind
    year: int | None
    start: int
    end: int
    first_year: int | None = None
    every: str = ""
    words: str = ""


_SINCE = re.compile(r"(?:年)?(?:度)?(?:秋季学期|春季学期|秋季|春季)?(?:起|开始|始)")
_AGO = re.compile(r"(?:年)?(?:底|末)?以来")
_BY = re.compile(
    r"(?:年)?(?:底之?前|年底前|末之?前|底|末|前|之前|年底|年末|期间|上半年|下半年|[春秋]季学期|学年|开学)*"
)
_OF_THOSE = re.compile(
    r"(?:年)?(?:度)?(?:底)?(?:以前|之前|以后|之后|前|后)?(?:建成|入学|毕业|出生|参加工作|入职|认定|取得|开工|核定|确定)[^，；。]{0,8}的"
)
_BEFORE_PROGRESS = re.compile(r"(?:截至|截止到?|截至到)$")
_BEFORE_BASE = re.compile(r"(?:较|(?<!占)比|与)$")
_CHANGES = re.compile(r"[末底]?(?:提高|提升|增|上升|下降|降|减)")
SHORTENED = re.compile(r"(?:压缩|缩短|控制|降低?|减少?)[至到在]$")
"""Before a time that is to become so short: 办理时限压缩至3个工作日以内."""
_OF_WHOM = re.compile(r"(?:的|龄)?(?:婴|幼儿|儿童|新生|毕业生)")
_BEFORE_GONE = re.compile(r"(?:近|过去|以往|之前)$")
_BEFORE_OF = re.compile(r"[从由]$")
_BEFORE_FROM = re.compile(r"(?:自|从)$")
_BEFORE_BY = re.compile(r"(?:力争|争取|确保)?(?:截至|到|至|于|在)?$")
EVERY = {"年": "year", "学年": "school_year", "学期": "term", "季度": "quarter", "月": "month",
         "个月": "month", "周": "week", "半年": "half_year", "年度": "year", "旬": "ten_days",
         "天": "day", "日": "day"}  # fmt: skip


def plan_end(text: str) -> int | None:
    """Return the last year of a five-year plan.

    >>> plan_end("十四五"), plan_end("十五五")
    (2025, 2030)
    """
    found = re.search(r"十([一二三四五六])五", text)
    if found is None:
        return None
    return 2005 + 5 * numerals.DIGITS[found[1]]


def of_token(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Return the time a token names; None where it names none that says when something is due.

    Args:
        token: Of the kinds D, S, Y, F, R, I or A.
        before: What stands before it in its sentence.
        after: What stands after it there.
        issued: The day of the notice, which fixes 今年 and 年底前.
    """
    rule = RULES.get(token.kind)
    return None if rule is None else rule(token, before, after, issued)


def _with_words(token: Token, before: str, after: str) -> tuple[int, int]:
    """Return where a time begins and ends with the words that belong to it."""
    lead = _BEFORE_BY.search(before)
    trail = _BY.match(after)
    length = len(lead[0]) if lead else 0
    return token.start - length, token.end + (trail.end() if trail else 0)


def _year(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 到2025年, 2025年底前, 2023年起, 截至2022年底, 较2020年."""
    year = int(token.text[:4])
    if _OF_THOSE.match(after):
        return Time("of_those", Use.REFERENCE, YearKind.YEAR, year, token.start, token.end)
    is_base = _BEFORE_BASE.search(before) or (before.endswith("占比") and _CHANGES.match(after))
    is_base = is_base or re.match(r"[末底]?(?:的?水平)?的?基础上", after)
    if is_base or (_BEFORE_OF.search(before) and after.startswith("的")):
        return Time("base_year", Use.REFERENCE, YearKind.YEAR, year, token.start, token.end)
    if (since := _SINCE.match(after)) is not None:
        begin = token.start - (1 if _BEFORE_FROM.search(before) else 0)
        return Time("since", Use.DEADLINE, YearKind.START, year, begin, token.end + since.end())
    if (ago := _AGO.match(after)) is not None:
        return Time("ago", Use.PROGRESS, YearKind.YEAR, year, token.start, token.end + ago.end())
    start, end = _with_words(token, before, after)
    is_progress = _BEFORE_PROGRESS.search(before) or (issued is not None and year < issued.year)
    use = Use.PROGRESS if is_progress else Use.DEADLINE
    kind = YearKind.DAY if token.kind == "D" else YearKind.YEAR
    return Time("by_year", use, kind, year, start, end)


def _span(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 2023—2025年 as lasting until its last year."""
    years = [int(one) for one in re.findall(r"(?:19|20)\d\d", token.text)]
    if _BEFORE_BASE.search(before):
        return Time("base_year", Use.REFERENCE, YearKind.YEAR, years[1], token.start, token.end)
    is_past = issued is not None and years[1] < issued.year
    use = Use.PROGRESS if is_past else Use.DEADLINE
    end = token.end + (match.end() if (match := _BY.match(after)) else 0)
    return Time("span", use, YearKind.YEAR, years[1], token.start, end, years[0])


def _five_year_plan(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read “十四五”末 and “十四五”期间 as its last year."""
    year = plan_end(token.text)
    if token.text.endswith("规划") and not after.startswith(("期", "末")):
        return None
    if year is None or (re.match(r"[^，。；]{0,12}规划(?!期)", after) and "末" not in token.text):
        return None
    use = Use.PROGRESS if issued is not None and year < issued.year else Use.DEADLINE
    start, end = _with_words(token, before, after)
    return Time("five_year_plan", use, YearKind.YEAR, year, start, end)


def _recurring(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 每年, 每学期."""
    unit = token.text.removeprefix("每")
    return Time("recurring", Use.DEADLINE, YearKind.RECURRING, None, token.start, token.end,
                every=EVERY.get(unit, "year"))  # fmt: skip


def _day_again(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 每月10日前, 每季度末月25日前."""
    unit = next(word for word in ("季度", "学期", "周", "月", "年") if word in token.text[:4])
    return Time("day_again", Use.DEADLINE, YearKind.RECURRING, None, token.start, token.end,
                every=EVERY[unit])  # fmt: skip


def _within(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 5年内, 三个月内; 近6个月内 is gone by, 6个月内婴儿 says of whom."""
    if SHORTENED.search(before):
        return None
    is_of_them = _BEFORE_GONE.search(before) or _OF_WHOM.match(after)
    use = Use.REFERENCE if is_of_them else Use.DEADLINE
    return Time("within", use, YearKind.RELATIVE, None, token.start, token.end,
                words=token.text)  # fmt: skip


def _by_the_notice(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 今年, 明年, 年底前 by the year of the notice."""
    later = {"明年": 1, "后年": 2}.get(token.text, 0)
    year = None if issued is None else issued.year + later
    start, end = _with_words(token, before, after)
    return Time("by_the_notice", Use.DEADLINE, YearKind.RELATIVE, year, start, end)


def _month(token: Token, before: str, after: str, issued: date | None) -> Time | None:
    """Read 5月底前 and 上半年, which the year around them completes."""
    start, end = _with_words(token, before, after)
    is_term = token.text.endswith("学期") and not re.search(r"[前起始]", after[:4])
    is_said = "半年" in token.text or "季" in token.text or _DONE_IN.match(after)
    if is_term or (end == token.end and not is_said):
        return None
    is_yearly = re.search(r"每(?:学)?年$", before) is not None
    year = None if issued is None or is_yearly else issued.year
    return Time("month", Use.DEADLINE, YearKind.DAY, year, start, end)


_DONE_IN = re.compile(r"(?:完成|开展|组织|召开|举办|启动|进行|上报|报送)")

Rule = Callable[[Token, str, str, date | None], Time | None]
NEAR = 24
"""How many characters around a token its rule looks at."""
RULES: dict[str, Rule] = {
    "Y": _year, "D": _year, "S": _span, "F": _five_year_plan, "R": _recurring, "E": _day_again,
    "I": _within, "A": _by_the_notice, "M": _month,
}  # fmt: skip


def times(tokens: Sequence[Token], text: str, start: int, issued: date | None) -> list[Time]:
    """Return the times that a sentence names, in order.

    Args:
        tokens: Of the sentence.
        text: The sentence.
        start: Where it begins in the cleaned text.
        issued: The day of the notice.
    """
    found: list[Time] = []
    for token in tokens:
        at, end = token.start - start, token.end - start
        before, after = text[max(0, at - NEAR) : at], text[end : end + NEAR]
        if (time := of_token(token, before, after, issued)) is not None:
            said = time.words or text[time.start - start : time.end - start]
            found.append(replace(_in_stage(time, token, found), words=said))
    return list(_lasting(found))


def _in_stage(time: Time, token: Token, before: Sequence[Time]) -> Time:
    """Return a month in the year said before it: （2024年3月—2025年6月）：5月底前 is in 2025."""
    said = [one for one in before if one.year is not None and one.rule in ("by_year", "span")]
    if time.rule != "month" or time.year is None or not said:
        return time
    return replace(time, year=said[-1].year)


def _lasting(some: Sequence[Time]) -> Iterator[Time]:
    """Yield times with 2012年起 and 5年内 behind it as one: due in the last of the five years."""
    held: Time | None = None
    for one in some:
        years = _YEARS_WITHIN.match(one.words) if one.rule == "within" else None
        if held is not None and years is not None and one.start <= held.end + 1:
            last = (held.year or 0) + (numerals.whole(years[1]) or 1) - 1
            held = replace(
                held,
                rule="by_year",
                kind=YearKind.YEAR,
                year=last,
                end=one.end,
                first_year=held.year,
            )
            continue
        if held is not None:
            yield held
        held = one if one.rule == "since" else None
        if held is None:
            yield one
    if held is not None:
        yield held


_YEARS_WITHIN = re.compile(rf"(\d{{1,2}}|[{numerals.CHARACTERS}]{{1,3}})年")
