"""What somebody asks on the page: budgets and terms to try out, and changes of admission."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from gengdu.analytics.quality_balance.school_rows import SchoolRow
from gengdu.board.evaluations import STAGES
from gengdu.board.path_to_target.allowed import BUDGETS, SORTS, Allowed
from gengdu.board.path_to_target.words import TEN_THOUSAND

_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,4})?")
_COUNT = re.compile(r"\d{1,6}")
BUDGET = "budget_"
SHIFT = "shift"
MOST_SCENARIOS = 5


_TERMS = (("cost", _AMOUNT), ("each", _COUNT), ("together", _COUNT))


def names() -> list[str]:
    """Return the name of everything that may be asked for."""
    terms = [f"{sort.name}_{which}" for sort in SORTS for which, _form in _TERMS]
    return [f"{BUDGET}{key}" for key in BUDGETS] + terms


@dataclass(frozen=True)
class Asked:
    """What is asked, with what could not be read.

    Attributes:
        allowed: The terms and budgets asked for.
        faults: Sentences about what was left as it is.
    """

    allowed: Allowed
    faults: tuple[str, ...]


def read(query: Mapping[str, str], day: date) -> Asked:
    """Read budgets in 万元 and changed terms from an address; what is blank stays as it is."""
    faults: list[str] = []
    allowed = Allowed.on(day)
    changes: dict[tuple[str, str], Fraction | None] = {}
    for sort in SORTS:
        for which, form in _TERMS:
            text = query.get(f"{sort.name}_{which}", "").strip().replace(",", "")
            if text and form.fullmatch(text):
                changes[sort.name, which] = Fraction(text)
            elif text:
                faults.append(_not_a_number(str(sort.label), text))
    budgets = {}
    for key, label in BUDGETS.items():
        text = query.get(f"{BUDGET}{key}", "").strip().replace(",", "")
        if text and _AMOUNT.fullmatch(text):
            budgets[key] = Fraction(text) * TEN_THOUSAND
        elif text:
            faults.append(_not_a_number(str(label), text))
    return Asked(replace(allowed.changed(changes), budgets=budgets), tuple(faults))


def _not_a_number(about: str, text: str) -> str:
    return _("“%(about)s”的“%(text)s”不是不小于 0 的数，按原来的数计算") % {
        "about": about, "text": text[:20],
    }  # fmt: skip


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
