"""Tells the line breaks a writer made from those that a page put inside sentences."""

from __future__ import annotations

import re

import numpy as np

from gengdu.notices.code_points import Codes, Counts, Flags, any_of, codes_of

_NUMERAL = "一二三四五六七八九十百零〇"
NUMBERED = re.compile(
    rf"(?:第[{_NUMERAL}\d]{{1,7}}[条章节编](?![件款例])"
    rf"|[{_NUMERAL}]{{1,4}}、(?![{_NUMERAL}][、年])"
    rf"|[(（][{_NUMERAL}\d]{{1,4}}[)）]、?"
    r"|\d{1,3}(?:[.．](?!\d)|、(?!\d)|[)）])"
    r"|[\u2460-\u2473\u2474-\u249b])"
)
_LABEL = re.compile(
    r"[(（【〔]?(?:附件|附：|附表|(?:责任|牵头|主责|配合|参加|参与|协办|主办|承办|考核|落实|指导|分管|包保|联系)"
    r"(?:责任)?(?:单位|部门|科室|股室|处室|站所|主体|领导|人|科|[：:])|完成时[限间]|抄送|抄报|主送|签发|印发|此件|公开方式)"
)
_PAIRS = re.compile(
    r"(?:索引号|发布机构|发文机关|发布机关|成文日期|发布日期|生成日期|主题分类|主题词|主题|文号|发文字号|有效性|信息来源|来源"
    r"|信息名称|名称|标题|公开类别|公开方式|体裁分类|服务对象)[：:]"
)
"""What a web page says of a notice above it: no sentence, though it has a colon."""
_YEAR_DIGIT, _DAY_DIGIT = r"[\d二〇○零一三四五六七八九]", r"[\d一二三四五六七八九十]"
_DATE = re.compile(
    rf"{_YEAR_DIGIT}{{4}}年{_DAY_DIGIT}{{1,3}}月{_DAY_DIGIT}{{1,3}}日(?:印发)?$", re.MULTILINE
)
_ANEW = re.compile("|".join(form.pattern for form in (NUMBERED, _LABEL, _DATE)), re.MULTILINE)

_SIGNED = re.compile(
    rf"(?:\n+[^\n，。；：、]{{4,40}}){{0,3}}\n+{_YEAR_DIGIT}{{4}}年{_DAY_DIGIT}{{1,3}}月{_DAY_DIGIT}{{1,3}}日(?:\n|$)"
)
"""Below a name that signs: other names, then the day."""
_LONGEST_NAME = 40
_LONGEST_HEADING = 35
_WRAP_FROM, _WRAP_TO, _WRAP_SHARE = 28, 140, 0.4
_NEAR = 4
"""How many columns a full line may lack, since some marks may not begin or end a line."""
_UNFINISHED = "、，,（(《“‘〔【"
_FINISHED = "。！？!?"
_RESTING = "；：;:」）〕】)]"


class Lines:
    """The lines of a text, and which of the breaks between them the writer did not make.

    Attributes:
        text: Without indents and with at most one blank line in a row.
        breaks: Offsets of the line feeds, in order.
        opens: Which characters open an indented line.
        widths: Of each line as it was given, in columns; the last line has one too.
    """

    def __init__(self, text: str, breaks: Counts, opens: Flags, widths: Counts) -> None:
        self.text, self.opens = text, opens
        codes = codes_of(text)
        self.breaks: list[int] = breaks.tolist()
        self.stops = self._counted(codes, "，。；：,;")
        self.tabs = self._counted(codes, "\t")
        self.widths: list[int] = widths.tolist()
        self.full = _wrap_width(widths)
        possible = (codes[breaks - 1] != 10) & (codes[breaks + 1] != 10) & ~opens[breaks + 1]
        possible &= ~any_of(codes[breaks - 1], _FINISHED)
        self.possible: list[bool] = (possible & self._may_run(codes, breaks, possible)).tolist()

    def _may_run(self, codes: Codes, breaks: Counts, possible: Flags) -> Flags:
        """Return the breaks before which something since the last sure break may run on."""
        sure = np.where(possible, -1, breaks)
        since = np.maximum.accumulate(np.concatenate([[-1], sure[:-1]])) + 1
        opened = np.concatenate([[0], np.cumsum(self.opens)])
        runs = (self.stops[breaks] > self.stops[since]) | (opened[breaks] > opened[since])
        return np.asarray(runs | any_of(codes[breaks - 1], _UNFINISHED))

    @staticmethod
    def _counted(codes: Codes, marks: str) -> Counts:
        counted = np.cumsum(any_of(codes, marks), dtype=np.int64)
        return np.concatenate([np.zeros(1, dtype=np.int64), counted])

    def joined(self) -> list[int]:
        """Return the breaks to take out."""
        found, paragraph, line = [], 0, 0
        for number, at in enumerate(self.breaks):
            if self.possible[number] and self._joins(paragraph, line, at, number):
                found.append(at)
            else:
                paragraph = at + 1
            line = at + 1
        return found

    def _joins(self, paragraph: int, line: int, at: int, number: int) -> bool:
        following = self.breaks[number + 1] if number + 1 < len(self.breaks) else len(self.text)
        if self.tabs[following] > self.tabs[line] or self._starts_anew(at + 1):
            return False
        if self._signs(at + 1, following):
            return False
        last = self.text[at - 1]
        if last in _UNFINISHED:
            return True
        if self.full and self.widths[number] >= self.full:
            return self._runs(paragraph, at) or bool(self.opens[paragraph])
        if last in _RESTING or not self._runs(paragraph, at) or _PAIRS.match(self.text, line):
            return False
        return not self._is_heading(paragraph, line, at)

    def _signs(self, start: int, end: int) -> bool:
        """Tell whether a line of a name alone stands above the day that a notice is signed on."""
        is_name = end - start <= _LONGEST_NAME and self.stops[end] == self.stops[start]
        return is_name and _SIGNED.match(self.text, end) is not None

    def _starts_anew(self, start: int) -> bool:
        return _ANEW.match(self.text, start) is not None

    def _runs(self, start: int, end: int) -> bool:
        """Whether these characters are a sentence under way, not a title."""
        return bool(self.stops[end] > self.stops[start])

    def _is_heading(self, paragraph: int, line: int, at: int) -> bool:
        if paragraph != line:
            return False
        if _LABEL.match(self.text, line):
            return True
        if not NUMBERED.match(self.text, line) or at - line > _LONGEST_HEADING:
            return False
        return not any(mark in self.text[line:at] for mark in "。；：")


def _wrap_width(widths: Counts) -> int:
    """Return from which width on a page broke a line, 0 if each line is as long as it likes."""
    widths = widths[widths >= _WRAP_FROM]
    if len(widths) < 6:
        return 0
    widest = int(np.percentile(widths, 90))
    close = np.count_nonzero(np.abs(widths - widest) <= _NEAR)
    return widest - _NEAR if widest <= _WRAP_TO and close >= _WRAP_SHARE * len(widths) else 0
