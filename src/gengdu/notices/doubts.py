"""Why somebody should look at a clause that says who answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gengdu.notices.bodies import Clause, Role
from gengdu.notices.names import Names

LONGEST_NAME = 24
_LEADS = (Role.LEAD, Role.JOINT_LEAD)


def of_clauses(every: Sequence[Clause], text: str) -> dict[tuple[int, int], str]:
    """Return what is doubtful about the clauses of a document, by their start and end.

    Args:
        every: All clauses of the document.
        text: The cleaned text.
    """
    times = Counter(unit.name for one in every for unit in one.units)
    several = [one for one in every if len(one.units) > 1]
    is_told = sum(map(_says_who_leads, several)) * 2 > len(several)
    found = {}
    for one in every:
        reasons = [
            *_strange(one, times, text),
            *(["没有写明谁牵头，按第一个读"] if is_told and _is_silent(one) else []),
        ]
        found[one.start, one.end] = "；".join(reasons)
    return found


def _says_who_leads(one: Clause) -> bool:
    return any(unit.role in _LEADS for unit in one.units)


def _is_silent(one: Clause) -> bool:
    return len(one.units) > 1 and not _says_who_leads(one)


def _strange(one: Clause, times: Counter[str], text: str) -> list[str]:
    """Return the names that no other place confirms, and those too long to be one."""
    found, names = [], Names()
    for unit in one.units:
        if len(unit.name) > LONGEST_NAME:
            found.append(f"“{unit.name}”太长，可能不止一个单位")
        elif names.may_be_body(unit.name):
            continue
        elif times[unit.name] == 1 and text.count(unit.name) == 1:
            found.append(f"“{unit.name}”不像单位名称，全文只出现一次")
    return found
