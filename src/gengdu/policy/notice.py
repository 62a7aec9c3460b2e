"""Compares the recorded quotes with the notice, so that no promise is missed or misquoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from gengdu.policy import facts, loading

HERE = facts.BUILT_IN
PLACES = "places.yaml"
"""Where an adopted plan keeps the places of its measures: number → start, end in `text()`."""

_CONVERSION_MARK = re.compile(r"\[bookmark:[^\]]*\]|\s+")
_MEASURE_START = re.compile(r"(?<!\d)(\d{1,2})\.(?=[一-鿿])")

_HEADING = re.compile(
    r"第?[一二三四五六七八九十]+[、.\uff0e章节]|[（(][一二三四五六七八九十]+[）)]"
)
_CLOSING = "。；：！？）"
_INSIDE = re.compile(r"[，。；]")

# What a careful reader marks: years and other digits, words of completeness, and promised results.
PROMISING_WORDS = re.compile(
    r"\d+|全部|全覆盖|每[^，。；、]{0,4}[一1]|争创|争取|不再新增|确保|创建为|纳入"
    r"|全面建立|普遍|原则上|不断|必须|逐步建成|配齐"
)


def plain(text: str) -> str:
    """Return a text without white space and the marks that conversion left in it."""
    return _CONVERSION_MARK.sub("", text)


@dataclass(frozen=True)
class Exempt:
    """Words of the notice that promise nothing, with the reason."""

    quote: str
    reason: str


@cache
def text() -> str:
    """Return the whole notice of the plan in force as one line, without white space."""
    return plain((facts.plan().folder / "notice.txt").read_text(encoding="utf-8"))


@cache
def sections() -> dict[int, tuple[int, int]]:
    """Return where each measure stands in the notice: number → (start, end); 0 is 一、工作目标."""
    places = facts.plan().folder / PLACES
    if places.exists():
        kept: dict[int, list[int]] = loading.read_yaml(places)
        return {
            number: (start, _before_headings(start, end)) for number, (start, end) in kept.items()
        }
    whole = text()
    spans = {0: (whole.index("一、工作目标"), whole.index("二、主要任务"))}
    starts = []
    position = spans[0][1]
    for number in range(1, 100):
        found = next(
            (m for m in _MEASURE_START.finditer(whole, position) if int(m[1]) == number), None
        )
        if found is None:
            break
        starts.append(found.start())
        position = found.end()
    ends = [*starts[1:], len(whole)]
    heading = re.compile(r"（[一二三四五六]）|三、工作保障")
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        match = heading.search(whole, start, end)
        spans[number] = (start, match.start() if match and match.start() < end else end)
    return spans


@cache
def _lines() -> tuple[str, ...]:
    """Return the lines of the notice, each without white space; empty ones are left out."""
    printed = (facts.plan().folder / "notice.txt").read_text(encoding="utf-8")
    return tuple(line for each in printed.splitlines() if (line := plain(each)))


def _line_ends() -> tuple[int, ...]:
    return tuple(accumulate(map(len, _lines())))


@cache
def breaks() -> tuple[int, ...]:
    """Return where in `text()` lines end, but for those that end within a sentence."""
    ends = zip(_lines(), _line_ends(), strict=True)
    return tuple(end for line, end in ends if line[-1] in _CLOSING or not _INSIDE.search(line))


def _before_headings(start: int, end: int) -> int:
    """Return where a stretch ends without the headings of what comes next, each on its own line."""
    for line, line_end in reversed(list(zip(_lines(), _line_ends(), strict=True))):
        is_last = line_end == end and line_end - len(line) > start
        if is_last and _HEADING.match(line) and "。" not in line:
            end -= len(line)
    return end


def measure_text(number: int) -> str:
    """Return the words of one measure (0: the goals), without white space."""
    start, end = sections()[number]
    return text()[start:end]


@cache
def exempt() -> tuple[Exempt, ...]:
    """Return the short list of words that are no promise, each with its reason."""
    return tuple(
        Exempt(**item) for item in loading.read_yaml(facts.plan().folder / "no_promise.yaml")
    )


def misquoted(plan: facts.Plan) -> list[str]:
    """Return the facts whose quote does not stand in the text of their own measure."""
    return [
        f"{fact.name}：{value.quote}"
        for measure in plan.measures
        for fact in measure.facts
        for value in fact.values
        if value.quote is not None and plain(value.quote) not in measure_text(measure.number)
    ]


def _recorded(plan: facts.Plan) -> list[tuple[int, int]]:
    spans = []
    for measure in plan.measures:
        start, end = sections()[measure.number]
        for fact in measure.facts:
            for value in fact.values:
                spans += _places(plain(value.quote or ""), start, end)
    for item in exempt():
        spans += _places(plain(item.quote), 0, len(text()))
    return spans


def _places(quote: str, start: int, end: int) -> list[tuple[int, int]]:
    if not quote:
        return []
    found, position = [], text().find(quote, start, end)
    while position >= 0:
        found.append((position, position + len(quote)))
        position = text().find(quote, position + 1, end)
    return found


def unrecorded(plan: facts.Plan) -> list[str]:
    """Return each promising word of the notice that no recorded quote and no exemption covers.

    The number at the head of a measure is no promise and is passed over.
    """
    covered = _recorded(plan)
    heads = {start for start, _ in sections().values()}
    missing = []
    for match in PROMISING_WORDS.finditer(text()):
        if match.start() in heads:
            continue
        if not any(start <= match.start() and match.end() <= end for start, end in covered):
            around = text()[max(0, match.start() - 20) : match.end() + 20]
            missing.append(f"“{match[0]}”见于：…{around}…")
    return missing
