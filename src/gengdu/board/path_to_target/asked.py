"""What somebody asks on the page: budgets and terms to try out, and changes of admission."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.school_rows import SchoolRow
from gengdu.board.evaluations import STAGES
from gengdu.board.path_to_target.allowed import BUDGETS, SORTS, Allowed
from gengdu.board.path_to_target.words import TEN_THOUSAND

_NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,20})?([eE][+-]?\d{1,2})?")
_COUNT = re.compile(r"\d{1,6}")
MOST_AMOUNT, MOST_COUNT = 10**9, 999_999
"""What an amount and a number of times may be at most: more is a slip of the hand."""
BUDGET = "budget_"
SHIFT = "shift"
OF_SCHOOLS = "of_schools"
_PARTS = re.compile(r"[,，\t]")
MOST_SCENARIOS = 5


_TERMS = (("cost", False), ("each", True), ("together", True))
"""What may be changed of each sort, and whether it is a whole number."""


class Unclear(ValueError):
    """Something that was asked could not be read, so that nothing is computed."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("；".join(faults))


class _NoNumber(ValueError):
    """A text is no number that may stand there; the message says why."""


def names() -> list[str]:
    """Return the name of everything that may be asked for."""
    terms = [f"{sort.name}_{which}" for sort in SORTS for which, _is_whole in _TERMS]
    return [f"{BUDGET}{key}" for key in BUDGETS] + terms


@dataclass(frozen=True)
class Asked:
    """What is asked, with what could not be read.

    Attributes:
        allowed: The terms and budgets asked for.
        faults: Sentences about what could not be read; where there are any, nothing should be
            computed.
    """

    allowed: Allowed
    faults: tuple[str, ...]

    @property
    def understood(self) -> Allowed:
        """The terms and budgets, all of which were read.

        Raises:
            Unclear: If something was not.
        """
        if self.faults:
            raise Unclear(self.faults)
        return self.allowed


def read(query: Mapping[str, str], day: date, schools: Collection[str] | None = None) -> Asked:
    """Read budgets in 万元, changed terms and limits of single schools from an address.

    Args:
        query: What is blank stays as it is, but a blank limit on all together is none.
        day: Whose settings hold otherwise.
        schools: Those that a limit may name; None where they are not known yet.
    """
    faults: list[str] = []
    allowed = Allowed.on(day).changed(dict(_changes(query, faults)))
    budgets = dict(_budgets(query, faults))
    of_schools = _of_schools(query.get(OF_SCHOOLS, ""), schools, faults)
    return Asked(replace(allowed, budgets=budgets, of_schools=of_schools), tuple(faults))


def _changes(
    query: Mapping[str, str], faults: list[str]
) -> Iterator[tuple[tuple[str, str], Fraction | None]]:
    for sort in SORTS:
        for which, is_whole in _TERMS:
            key = f"{sort.name}_{which}"
            text = _plain(query.get(key, ""))
            if text:
                try:
                    yield (sort.name, which), _number(text, is_whole=is_whole)
                except _NoNumber as why:
                    faults.append(_not_read(str(sort.label), text, why))
            elif which == "together" and key in query:
                yield (sort.name, which), None


def _budgets(query: Mapping[str, str], faults: list[str]) -> Iterator[tuple[str, Fraction]]:
    for key, label in BUDGETS.items():
        text = _plain(query.get(f"{BUDGET}{key}", ""))
        if not text:
            continue
        try:
            yield key, _number(text, is_whole=False) * TEN_THOUSAND
        except _NoNumber as why:
            faults.append(_not_read(str(label), text, why))


def _number(text: str, *, is_whole: bool) -> Fraction:
    """Return the number of a text, also of 1e9.

    Raises:
        _NoNumber: If it is none, or none that may stand there.
    """
    if not _NUMBER.fullmatch(text):
        raise _NoNumber(_("不是不小于 0 的数"))
    number, most = Fraction(text), MOST_COUNT if is_whole else MOST_AMOUNT
    if number < 0:
        raise _NoNumber(_("小于 0，应为不小于 0 的数"))
    if is_whole and number.denominator != 1:
        raise _NoNumber(_("不是整数，应为整数"))
    if number > most:
        raise _NoNumber(_("太大，应不超过 %(most)s") % {"most": f"{most:,}"})
    return number


def _plain(text: str) -> str:
    return text.strip().replace(",", "")


def _of_schools(
    text: str, schools: Collection[str] | None, faults: list[str]
) -> dict[tuple[str, str], int]:
    """Read limits of single schools: a line each, of school, action and number."""
    by_label = {str(sort.label): sort.name for sort in SORTS}
    found = {}
    for line in filter(str.strip, text.splitlines()):
        parts = [part.strip() for part in _PARTS.split(line.strip())]
        school, label, most = parts if len(parts) == 3 else ("", "", "")
        if schools is not None and school and school not in schools:
            faults.append(_("没有名为“%(school)s”的被评估学校") % {"school": school})
        elif label not in by_label:
            faults.append(
                _("“%(line)s”没有读懂，应为：学校，措施，数量；措施可填：%(labels)s")
                % {"line": line.strip()[:40], "labels": "、".join(by_label)}
            )
        else:
            try:
                found[by_label[label], school] = int(_number(most, is_whole=True))
            except _NoNumber as why:
                faults.append(_not_read(f"{school}，{label}", most, why))
    return found


def _not_read(about: str, text: str, why: _NoNumber) -> str:
    return _("“%(about)s”的“%(text)s”%(why)s") % {"about": about, "text": text[:20], "why": why}


@dataclass(frozen=True)
class Shift:
    """Pupils of a stage who are admitted to another school: what a change of zones would do."""

    stage: str
    giver: str
    taker: str
    pupils: int

    @property
    def said(self) -> str:
        """The shift in words."""
        return _("%(stage)s：%(pupils)s 名学生由%(giver)s划到%(taker)s") % {
            "stage": STAGES[self.stage], "pupils": self.pupils, "giver": self.giver,
            "taker": self.taker,
        }  # fmt: skip

    def done(self, rows: Sequence[SchoolRow]) -> list[SchoolRow]:
        """Return the rows after the shift.

        Raises:
            ValueError: If a school is not there or has no pupil left; the message says so.
        """
        at = {(row.school, row.stage.value): number for number, row in enumerate(rows)}
        for name in (self.giver, self.taker):
            if (name, self.stage) not in at:
                raise ValueError(
                    _("%(school)s没有%(stage)s的学生，请重新选择。")
                    % {"school": name, "stage": STAGES[self.stage]}
                )
        if self.giver == self.taker:
            raise ValueError(_("两所学校相同，请重新选择。"))
        giver, taker = at[self.giver, self.stage], at[self.taker, self.stage]
        after = list(rows)
        left = after[giver].pupils - self.pupils
        if left <= 0:
            raise ValueError(
                _("%(school)s只有 %(count)s 名学生，划不出 %(asked)s 名。")
                % {"school": self.giver, "count": left + self.pupils, "asked": self.pupils}
            )
        after[giver] = replace(after[giver], pupils=left)
        after[taker] = replace(after[taker], pupils=after[taker].pupils + self.pupils)
        return after


def shifts(texts: Sequence[str], names: Mapping[int, str]) -> Iterator[Shift]:
    """Read shifts as they stand in an address: stage, ids of both schools, pupils, by dashes."""
    for text in texts[:MOST_SCENARIOS]:
        parts = text.split("-")
        if len(parts) != 4 or parts[0] not in STAGES or not all(map(_COUNT.fullmatch, parts[1:])):
            continue
        giver, taker, pupils = map(int, parts[1:])
        if giver in names and taker in names and pupils:
            yield Shift(parts[0], names[giver], names[taker], pupils)
