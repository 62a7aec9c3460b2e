"""Which headings of a notice are measures, what they are called and who answers for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gengdu.notices import answers, bodies, outline
from gengdu.notices.bodies import Clause
from gengdu.notices.names import Names, split
from gengdu.notices.outline import Node

_BROAD = r"问题|形势|背景|现状|挑战|机遇|困难"
PREFACES = re.compile(
    r"总体要求|总体思路|总体考虑|指导思想|基本原则|工作原则|主要原则|实施原则|重要意义|重大意义|工作回顾|编制依据"
    r"|(?:基本情况|工作基础|发展基础|发展环境)(?:$|[和与及、])"
    rf"|^(?:存在的?|面临的?|主要|当前|突出|工作|发展|现实|时代|和|与|及|{_BROAD})*(?:{_BROAD})$"
)
GOALS = re.compile(
    r"(?<!明确)(?<!落实)(?<!完成)(?<!分解)(?<!细化)(?:工作目标|主要目标|总体目标|发展目标|目标任务|目标要求|阶段目标"
    r"|具体目标|主要指标|行动目标|年度目标|活动目标|建设目标)"
)
SHORT_TITLE = 14
LONGEST_NAME = 20
"""Characters of a title that only names a measure; a longer one may say what is promised."""
LONGEST_PREFACE = 16
NO_MEASURES = re.compile(r"附则|名词解释|联系人|联系方式|附表|实施时间|有效期")


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        number: As printed.
        start, end: In the cleaned text; start is where its number stands.
        clauses: Who answers, in order.
        is_said: Whether prose says so, not brackets or a label.
        doubt: Why somebody should look; empty where nothing is doubtful.
    """

    number: int
    title: str | None
    start: int
    end: int
    node: Node | None
    clauses: tuple[Clause, ...]
    is_said: bool = False
    doubt: str = ""


def measures(text: str, roots: Sequence[Node], names: Names) -> list[Measure]:
    """Return the measures of a notice in order, with who answers for each.

    Args:
        text: The cleaned text, with spaces where tables stand.
        roots: Its outline.
        names: What counts as a body; taught by what is found.
    """
    nodes = [node for root in roots for node in root.walk()]
    for node in nodes:
        _clauses(text, node, names)  # teaches names
    clauses = {id(node): _clauses(text, node, names) for node in nodes}
    several = [node for node in nodes if sum(bool(clauses[id(one)]) for one in node.children) > 1]
    # A notice that names bodies point by point elsewhere does so here, where one point names none.
    lifted = [node for node in nodes if _is_for_all(text, node, clauses)]
    if len(lifted) > len(several):
        for node in lifted:
            _lift(text, node, clauses)
    chosen = _chosen(nodes, {key for key, found in clauses.items() if found})
    owned = [[one for below in node.walk() for one in clauses[id(below)]] for node in chosen]
    is_rare = sum(map(bool, owned)) * 2 < len(chosen)
    first = answers.FIRST if is_rare else answers.LEADING
    told = [
        _measure(node, own, () if own else _said_in_sentences(text, node, names, first))
        for node, own in zip(chosen, owned, strict=True)
    ]
    return doubtful(_with_shared(text, told, names))


_FOR_SEVERAL = re.compile(
    r"(?:上述|以上|前述)?第?(\d{1,2})((?:项)?[、，和及—\-－～~至到]第?\d{1,2}){1,8}[项条点款]?"
    r"(?:任务|工作|措施|内容|举措)?[^，。；\n]{0,6}?(?=由)"
)


def _with_shared(text: str, told: Sequence[Measure], names: Names) -> list[Measure]:
    """Give measures that name nobody what 第1、2项由甲局牵头 says of several at once."""
    shared: dict[int, list[Clause]] = {}
    for found in _FOR_SEVERAL.finditer(text):
        end = text.find("\n", found.end())
        stretch = text[found.end() : end if end >= 0 else len(text)].split("。")[0]
        clauses = list(answers.in_sentences(stretch, found.end(), names))
        for number in _numbers(found[0]):
            shared.setdefault(number, clauses)
    return [
        replace(one, clauses=tuple(shared[one.number]), is_said=True)
        if one.number in shared and not one.clauses else one
        for one in told
    ]  # fmt: skip


def _numbers(words: str) -> list[int]:
    """Return the numbers that some words name.

    >>> _numbers("第1、3项"), _numbers("上述3—5项任务")
    ([1, 3], [3, 4, 5])
    """
    every = [int(one) for one in re.findall(r"\d{1,2}", words)]
    if re.search(r"[—\-－～~至到]", words) and len(every) == 2:
        return list(range(every[0], every[1] + 1))
    return every


def _measure(node: Node, own: Sequence[Clause], said: Sequence[Clause]) -> Measure:
    title = _title(node, own)
    cut = title is not None and len(node.title) > outline.LONGEST_TITLE
    return Measure(
        node.number, title, node.start, node.end, node, (*own, *said), is_said=bool(said),
        doubt="首句太长，标题只取到第一个逗号" if cut else "",
    )  # fmt: skip


def doubtful(some: Sequence[Measure]) -> list[Measure]:
    """Return measures in order with what is doubtful about them: their numbers, who answers."""
    named = sum(bool(one.clauses) for one in some)
    found: list[Measure] = []
    for one in some:
        before = found[-1] if found else None
        doubts = [one.doubt] if one.doubt else []
        if before is not None and one.number > before.number + 1:
            doubts.append(f"编号从{before.number}跳到{one.number}，请核对有没有漏读")
        if not one.clauses and named * 2 > len(some):
            doubts.append("没有读出责任单位")
        if one.is_said:
            doubts.append("责任单位由正文语句读出")
        found.append(replace(one, doubt="；".join(doubts)) if doubts else one)
    return found


def _is_for_all(text: str, node: Node, clauses: dict[int, list[Clause]]) -> bool:
    """Tell whether a clause on a line of its own below the last point answers for all of them.

    That may be so where there are several points and no other of them names anybody.
    """
    *others, last = node.children or [node]
    if not others or clauses[id(node)] or any(clauses[id(one)] for one in others):
        return False
    return bool(_on_own_line(text, last, clauses))


def _on_own_line(text: str, node: Node, clauses: dict[int, list[Clause]]) -> list[Clause]:
    return [
        one for one in clauses[id(node)]
        if text.rfind("\n", node.text_start, one.start) > node.text_start
    ]  # fmt: skip


def _lift(text: str, node: Node, clauses: dict[int, list[Clause]]) -> None:
    """Give a heading what stands on a line of its own below its last point."""
    last = node.children[-1]
    own = _on_own_line(text, last, clauses)
    clauses[id(node)] = own
    clauses[id(last)] = [one for one in clauses[id(last)] if one not in own]


def _clauses(text: str, node: Node, names: Names) -> list[Clause]:
    return answers.clauses(text[node.text_start : node.own_end], node.text_start, names)


def _said_in_sentences(text: str, node: Node, names: Names, first: frozenset[str]) -> list[Clause]:
    """Return who is said to answer where a measure has no brackets and no labels."""
    if (named := _named_by_title(text, node, names)) is not None:
        return [named]
    stretch = text[node.text_start : node.end]
    found = list(answers.in_sentences(stretch, node.text_start, names, first))
    if first == answers.FIRST:
        return found
    every = list(answers.in_sentences(stretch, node.text_start, names))
    if found:  # where one sentence says who leads, the next ones say who else is responsible
        return [one for one in every if one.start >= found[0].start]
    several = [one for one in every if len(one.units) >= SEVERAL]
    return several or list(answers.urged(stretch, node.text_start, names, SEVERAL))


def _named_by_title(text: str, node: Node, names: Names) -> Clause | None:
    """Return the bodies that a heading consists of: （一）县教育局：负责牵头抓总."""
    every = [part for _at, part, _mark in split(node.title, "、")]
    if text[node.title_end : node.title_end + 1] != "：" or not all(map(names.is_body, every)):
        return None
    return bodies.parse(node.title, node.text_start, names, is_sure=True)


SEVERAL = 3
"""From how many bodies on a sentence that says who is responsible is surely about who answers."""


def _title(node: Node, own: Sequence[Clause]) -> str | None:
    """Return a measure's title: a long first sentence is cut at its first comma.

    None for an article that begins with its text.
    """
    if node.style == "article" and node.title_end - node.text_start > SHORT_TITLE:
        return None
    title = node.title
    if (closing := re.search(r"[（〔【]([^（〔【]*)[）〕】]$", title)) and any(
        one.start >= node.text_start + closing.start() and one.end <= node.title_end for one in own
    ):
        title = title[: closing.start()]
    if len(title) > outline.LONGEST_TITLE:
        title = re.split(r"[，,]", title)[0]
    return title.strip(" 　")


def _chosen(nodes: Sequence[Node], with_bodies: set[int]) -> list[Node]:
    """Return the headings that are measures: those that bodies answer for, and their likes.

    Where no body is named, the measures are the deepest headings with titles in the sections that
    neither introduce nor set goals.
    """
    working = [node for node in nodes if not _is_preface(node)]
    if with_bodies:
        style = _commonest([node for node in working if id(node) in with_bodies])
        alike = _alike(working, *style)
        some = [one for node in alike for one in _points(node, with_bodies)]
        lone = [
            node for node in working
            if id(node) in with_bodies and node.style != style[0]
            and not any(above in some for above in node.ancestors)
            and not any(below in some for below in node.walk())
        ]  # fmt: skip
        found = sorted([*some, *_with_siblings(lone, some)], key=lambda node: node.start)
    else:
        found = _untold(working)
    return _from_the_first(nodes, found)


def _from_the_first(nodes: Sequence[Node], found: list[Node]) -> list[Node]:
    """Return measures with the one that they go on from: 1、发展目标 before 2、发展教育.

    Its title alone would tell a list of goals; the numbers tell a measure like the others.
    """
    if not found or found[0].number != 2:
        return found
    at = next(at for at, node in enumerate(nodes) if node is found[0])
    before = nodes[at - 1] if at else found[0]
    is_first = before.style == found[0].style and before.number == 1 and not before.children
    is_beside = is_first and before.parent is found[0].parent and before.depth > 0
    return [before, *found] if is_beside else found


def _with_siblings(lone: Sequence[Node], some: Sequence[Node]) -> list[Node]:
    """Return headings that bodies answer for with those beside them for which none does."""
    taken = {id(node) for node in some}
    found = {id(node): node for node in lone}
    for node in lone:
        for beside in node.parent.children if node.parent is not None else ():
            is_free = not any(id(below) in taken for below in beside.walk())
            if beside.style == node.style and is_free and not _is_preface(beside):
                found.setdefault(id(beside), beside)
    return list(found.values())


def _alike(working: Sequence[Node], style: str, depth: int) -> list[Node]:
    """Return the headings of a style so deep, and those that go on with their numbers."""
    found: list[Node] = []
    for node in working:
        if node.style != style:
            continue
        goes_on = bool(found) and node.number == found[-1].number + 1
        if node.depth >= depth or goes_on:
            found.append(node)
    return found


def _points(node: Node, with_bodies: set[int]) -> Sequence[Node]:
    """Return the points below a heading where each of several names its own bodies, else it."""
    each = [id(child) in with_bodies for child in node.children]
    return node.children if len(each) > 1 and all(each) else [node]


def _commonest(nodes: Sequence[Node]) -> tuple[str, int]:
    counted = Counter(node.style for node in nodes)
    style = counted.most_common(1)[0][0] if counted else ""
    return style, min((node.depth for node in nodes if node.style == style), default=0)


def _untold(working: Sequence[Node]) -> list[Node]:
    titled = [node for node in working if node.title and node.style not in ("said", "circled")]
    by_style = Counter(node.style for node in titled if not node.children or node.depth)
    if not by_style:
        return [node for node in working if not node.children]
    for style in ("number", "bracketed", "article", "named", "ideograph"):
        some = [node for node in titled if node.style == style]
        if len(some) >= 3 and by_style.get(style):
            return some
    return [node for node in titled if not node.children]


def _is_preface(node: Node) -> bool:
    """Tell whether a heading introduces, sets goals or closes; so does all below it."""
    return any(
        is_about(words, one) for one in (node, *node.ancestors)
        for words in (PREFACES, GOALS, NO_MEASURES)
    )  # fmt: skip


def is_about(words: re.Pattern[str], node: Node) -> bool:
    """Tell whether a short title has some words: 明确目标任务，促进发展 is a measure."""
    return 1 < len(node.title) <= LONGEST_PREFACE and words.search(node.title) is not None
