"""Tables Ⅳ to Ⅵ: the guarantee and quality items with their conclusions, and recognition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from gengdu.analytics.quality_balance.county_items import ROMAN
from gengdu.analytics.quality_balance.item_list import item
from gengdu.analytics.verdicts import Verdict
from gengdu.board.quality_balance.form.resources import YES_NO
from gengdu.board.quality_balance.form.template import Filled
from gengdu.board.quality_balance.report import Content, number
from gengdu.documents.official_forms import Number

SUBJECTS = ("语文", "数学", "科学", "体育", "艺术", "德育")
GUARANTEE_ROWS = {f"g{n:02}": n + 2 if n <= 8 else n + 4 for n in range(1, 16)}
QUALITY_ROWS = {f"q{n}": n + 3 for n in range(1, 10)}
"""In which row each item stands."""

Figures = Mapping[str, Fraction | None]
Said = list[str | None]


def _whole(value: Fraction | None) -> str | None:
    return None if value is None else str(Number(value, 0).rounded)


def _percent(part: Fraction | None, of: Fraction | None) -> str | None:
    """Return a share with one decimal place, as tables Ⅳ and Ⅴ ask."""
    if part is None or not of:
        return None
    return str(Number(100 * part / of, 1).rounded)


def _share(value: Fraction | None) -> str | None:
    return None if value is None else str(Number(100 * value, 1).rounded)


def _ratio(part: Fraction | None, of: Fraction | None) -> Fraction | None:
    return None if part is None or not of else part / of


def _over(f: Figures) -> Said:
    return [_whole(f.get(name)) for name in ("primary_over", "junior_over", "combined_over")]


def _special(f: Figures) -> Said:
    funds, pupils = f.get("funds_yuan"), f.get("pupils")
    return [_whole(None if funds is None else funds / 10_000), _whole(pupils),
            _whole(_ratio(funds, pupils))]  # fmt: skip


def _exchange(f: Figures) -> Said:
    eligible, moved, lead = f.get("eligible"), f.get("moved"), f.get("lead")
    return [_whole(eligible), _whole(moved), _percent(moved, eligible), _whole(lead),
            _percent(lead, moved)]  # fmt: skip


def _places(f: Figures) -> Said:
    places, allotted, rural = f.get("places"), f.get("allotted"), f.get("rural")
    return [_whole(places), _whole(allotted), _percent(allotted, places), _whole(rural),
            _percent(rural, allotted)]  # fmt: skip


def _migrants(f: Figures) -> Said:
    names = ("eligible", "public", "bought", "both")
    return [*(_whole(f.get(name)) for name in names), _percent(f.get("both"), f.get("eligible"))]


def _parts(first: str, second: str, *, first_is_done: bool) -> Callable[[Figures], Said]:
    """Return what fills a number, another, and the share of the one that is part."""

    def fill(f: Figures) -> Said:
        one, other = f.get(first), f.get(second)
        part, of = (one, other) if first_is_done else (other, one)
        return [_whole(one), _whole(other), _percent(part, of)]

    return fill


def _disabled(f: Figures) -> Said:
    children, enrolled, special = f.get("children"), f.get("enrolled"), f.get("special")
    return [_whole(children), _whole(enrolled), _percent(enrolled, children), _whole(special),
            _percent(special, enrolled)]  # fmt: skip


FILLS: Mapping[str, Callable[[Figures], Said]] = {
    "g04": _over,
    "g05": lambda f: _over(f)[:2],
    "g06": lambda f: [_whole(f.get("pupils")), _whole(f.get("funds_yuan"))],
    "g07": _special,
    "g08": lambda f: [_whole(f.get("teacher")), _whole(f.get("servant"))],
    "g09": _parts("done", "total", first_is_done=True),
    "g11": _exchange,
    "g12": _parts("total", "done", first_is_done=False),
    "g13": lambda f: [_share(f.get("share_1")), _share(f.get("share_2"))],
    "g14": _places,
    "g15": _migrants,
    "q2": _disabled,
}
"""What stands in the blanks of an item's sentence, from its figures."""


def table_four(content: Content) -> Filled:
    """Fill table Ⅳ."""
    filled = Filled.begin("表Ⅳ")
    _items(filled, content, GUARANTEE_ROWS)
    return filled


def table_five(content: Content) -> Filled:
    """Fill table Ⅴ."""
    filled = Filled.begin("表Ⅴ")
    _items(filled, content, QUALITY_ROWS)
    return filled


def _items(filled: Filled, content: Content, rows: Mapping[str, int]) -> None:
    found = {one["key"]: one for one in content["items"]}
    for key, row in rows.items():
        listed = item(key)
        assert listed is not None
        one = found.get(key)
        what = f"{listed.number}. {listed.label_zh}"
        if one is None:
            filled.leave_open(f"B{row}", what, "一校一行的表里没有")
            continue
        _conclusion(filled, f"B{row}", one, content)
        verdict = Verdict(one["verdict"])
        if verdict in YES_NO:
            filled.cells[f"C{row}"] = YES_NO[verdict]
        for missing in one["missing"] or ([] if verdict in YES_NO else ["没有报齐"]):
            filled.leave_open(f"B{row}", what, missing)


def _conclusion(filled: Filled, where: str, one: dict[str, Any], content: Content) -> None:
    """Fill the sentence of an item, or state its conclusion where the form leaves that free."""
    figures = {name: number(text) for name, text in one["figures"].items()}
    if one["key"] == "q1":
        filled.blanks(where, _cohort(figures, one))
    elif one["key"] == "q9":
        filled.blanks(where, _monitored(content))
    elif one["key"] in FILLS:
        filled.blanks(where, FILLS[one["key"]](figures))
        if one["statement"]:
            filled.cells[where] = f"{filled.cells[where]}；{one['statement']}"
    elif one["statement"] or one["verdict"] != Verdict.UNKNOWN:
        filled.cells[where] = one["statement"] or one["said"]


def _cohort(f: Figures, one: dict[str, Any]) -> Said:
    names = ("graduates", "graduates_first_year", "graduates_moved_in", "graduates_died",
             "graduates_moved_out")  # fmt: skip
    share = number(one["values"][0]) if one["values"] else None
    return [*(_whole(f.get(name)) for name in names), _share(share)]


def _monitored(content: Content) -> Said:
    found = {one["subject"]: one for one in content["monitoring"]}
    said: Said = []
    for subject in SUBJECTS:
        one = found.get(subject)
        level = one["level"] if one else None
        apart = number(one["difference"]) if one else None
        said.append(None if level is None else ROMAN[level])
        said.append(None if apart is None else str(Number(apart, 3).rounded))
    return said


_SURVEY = (("B", "sent", "问卷总数"), ("C", "valid", "回收有效问卷数"),
           ("D", "satisfied", "满意问卷数"), ("F", "visited", "实地走访人数"),
           ("G", "visited_satisfied", "走访满意人数"))  # fmt: skip
_SATISFIED = (("E", "satisfied", "valid", "问卷满意度"),
              ("H", "visited_satisfied", "visited", "走访满意度"))  # fmt: skip


def table_six(content: Content) -> Filled:
    """Fill table Ⅵ: everybody in row 6, parents in row 7; shares with one decimal place."""
    filled = Filled.begin("表Ⅵ")
    missing = "台账“社会认可度调查结果”没有填，或没有批准"
    for row, group, label in ((6, "all", "全部对象"), (7, "parents", "家长")):
        one = content["survey"][group] or {}
        for letter, name, head in _SURVEY:
            filled.number(f"{letter}{row}", one.get(name), 0, f"{label}{head}", missing)
        for letter, part, of, head in _SATISFIED:
            some, all_of = one.get(part), one.get(of)
            share = None if some is None or not all_of else Fraction(100 * some, all_of)
            filled.number(f"{letter}{row}", share, 1, f"{label}{head}", missing)
    return filled
