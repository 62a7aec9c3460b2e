"""Where a notice says who answers: in brackets, on lines of their own, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gengdu.notices import bodies
from gengdu.notices.bodies import LABELS, Clause, Role, Unit
from gengdu.notices.names import BRACKETS, CLOSING, Names, is_also_named, split

_LINE_LABEL = re.compile(r"(?:^|(?<=[。；\n　\t]))" + LABELS.pattern)
LONGEST_CLAUSE = 600


def clauses(text: str, start: int, names: Names) -> list[Clause]:
    """Return the responsibility clauses of a stretch of the cleaned text, in order.

    Args:
        text: The stretch.
        start: Where it begins in the cleaned text.
        names: What counts as a body; taught by what is found.
    """
    found = [*_on_lines(text, start, names), *_behind_dashes(text, start, names)]
    found += [
        one for one in _in_brackets(text, start, names)
        if not any(other.start <= one.start < other.end for other in found)
    ]  # fmt: skip
    found = [one for one in found if not (len(found) > 1 and _only_names(text, one, start))]
    return sorted(found, key=lambda one: one.start)


def _only_names(text: str, clause: Clause, start: int) -> bool:
    """Tell whether brackets only give the words before them another name: 职业学校（职教中心）."""
    opened = clause.start - start - 1
    is_bracketed = opened > 0 and text[opened] in BRACKETS
    return is_bracketed and len(clause.units) == 1 and text[:opened].endswith(_NAMED_ANEW)


_NAMED_ANEW = ("学校", "中心", "院", "园", "所", "站", "机构", "基地", "平台")


_NO_CLAUSE = re.compile(
    r"抄送|抄报|附件|联系人|联系电话|此件|信息公开|公开|注[：:]|见|详见|来源|印章"
)


def _in_brackets(text: str, start: int, names: Names) -> Iterator[Clause]:
    for opened, closed in _bracketed(text):
        inside = text[opened + 1 : closed]
        if not 2 <= len(inside) <= LONGEST_CLAUSE or not _may_answer(text, opened, closed):
            continue
        clause = bodies.parse(inside, start + opened + 1, names)
        if clause is not None:
            if len(clause.units) > 1:
                names.learned.update(unit.name for unit in clause.units)
            yield clause


def _may_answer(text: str, opened: int, closed: int) -> bool:
    """Tell whether brackets may say who answers: they end a sentence or say who leads."""
    inside = text[opened + 1 : closed]
    if _NO_CLAUSE.match(inside) or LABELS.fullmatch(text[opened : closed + 1]):
        return False
    before, after = text[opened - 1 : opened], text[closed + 1 : closed + 2]
    if before and before not in "。；！\n" and is_also_named(inside):
        return False
    ends = before in tuple("。；！") or after in ("", "\n", "。", "；")
    return ends or LABELS.match(inside) is not None or "牵头" in inside


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of outermost brackets that are closed again."""
    stack: list[tuple[str, int]] = []
    for place, one in enumerate(text):
        if one in BRACKETS:
            stack.append((one, place))
        elif one in CLOSING:
            if stack and stack[-1][0] == CLOSING[one]:
                opened = stack.pop()[1]
                if not stack:
                    yield opened, place
            else:
                stack.clear()
        elif one == "\n":
            stack.clear()


def _on_lines(text: str, start: int, names: Names) -> Iterator[Clause]:
    """Yield what stands after 责任单位： at the head of a line; such lines in a row are one."""
    end = 0
    for found in _LINE_LABEL.finditer(text):
        if found.start() < end or _is_bracketed(text, found.start()):
            continue
        end = _end_of_labelled(text, found.end())
        clause = bodies.parse(text[found.start() : end], start + found.start(), names, is_sure=True)
        if clause is not None:
            yield clause


_DASHED = re.compile(r"^[ \t　]*(?:——|——|--|—)(?=[一-鿿])", re.MULTILINE)


def _behind_dashes(text: str, start: int, names: Names) -> Iterator[Clause]:
    """Yield ——县教育局、县财政局 on a line of its own, where most of it is known for bodies."""
    for found in _DASHED.finditer(text):
        stop = text.find("\n", found.end())
        line = text[found.end() : stop if stop >= 0 else len(text)].rstrip()
        if "。" in line or "：" in line or len(line) > LONGEST_CLAUSE:
            continue
        clause = bodies.parse(line, start + found.end(), names)
        if clause is not None:
            yield clause


def _is_bracketed(text: str, place: int) -> bool:
    """Tell whether a place stands in brackets that were opened on its line."""
    line = text[max(text.rfind("\n", 0, place) + 1, place - LONGEST_CLAUSE) : place]
    return any(line.count(one) > line.count(other) for one, other in BRACKETS.items())


_STOP = re.compile(r"[。\n]")
_BLANK = re.compile(r"[\n 。]+")


def _end_of_labelled(text: str, place: int) -> int:
    """Return the end of a labelled list and of the labelled ones that follow it at once."""
    while True:
        stop = _STOP.search(text, place)
        if stop is None:
            return len(text)
        blank = _BLANK.match(text, stop.start())
        following = blank.end() if blank else stop.start()
        if LABELS.match(text, following) is None:
            return stop.start()
        place = following


# In sentences

_DOES = re.compile(
    r"(?P<lead>(?:共同|联合|分别)?牵头)|(?P<with>会同)"
    r"|(?P<responsible>(?:具体|分别|共同)?(?:负责|落实|承办|实施|组织实施)|按照?(?:各自)?职责|统筹)"
    r"|(?P<cooperate>(?:积极|密切)?(?:配合|协助|协同|提供)|(?:给予|派员)?支持|做好)"
    r"|(?P<participate>参与|参加)|(?P<guide>指导)"
)
_DOES_ROLES = {
    "lead": Role.LEAD, "with": Role.LEAD, "responsible": Role.RESPONSIBLE,
    "cooperate": Role.COOPERATE, "participate": Role.PARTICIPATE, "guide": Role.GUIDE,
}  # fmt: skip
LONGEST_SENTENCE = 600


FIRST = frozenset({"lead", "with", "responsible"})
LEADING = frozenset({"lead", "with"})


def in_sentences(
    text: str, start: int, names: Names, first: frozenset[str] = FIRST
) -> Iterator[Clause]:
    """Yield 由甲局牵头，乙局、丙局配合: clauses in a row that name bodies and what they do.

    Args:
        text: A stretch of the cleaned text that names nobody in brackets or after a label.
        start: Where it begins there.
        names: What counts as a body.
        first: What the first of them may be said to do; LEADING where other measures of the
            document name theirs in brackets.
    """
    for at, sentence in _sentences(text):
        if len(sentence) <= LONGEST_SENTENCE and _DOES.search(sentence):
            yield from _in_sentence(sentence, start + at, names, first)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a stretch with their places in it, their stops included."""
    at = 0
    for sentence in re.split(r"(?<=[。！\n])", text):
        yield at, sentence
        at += len(sentence)


_MUST = re.compile(r"(?:要|应当?|须|必须)(?=[一-鿿])")


def urged(text: str, start: int, names: Names, fewest: int) -> Iterator[Clause]:
    """Yield 县委编办、县财政局、县人社局要优先支持: sentences that begin with so many bodies."""
    for at, sentence in _sentences(text):
        must = _MUST.search(sentence[:LONGEST_LIST])
        who = sentence[: must.start()] if must is not None else ""
        named, is_open = _list_of(who, names)
        if len(named) >= fewest:
            units = tuple(Unit(name, None) for name in named)
            yield Clause(start + at, start + at + len(who), who, units, is_open)


def _in_sentence(
    sentence: str, start: int, names: Names, first: frozenset[str]
) -> Iterator[Clause]:
    """Yield who is named by the clauses of a sentence, what stands between them left out."""
    units: list[Unit] = []
    begin = end = 0
    is_open = False
    waiting: list[str] = []  # 县教育局，县财政局 of 县教育局，县财政局配合
    for at, part, _mark in split(sentence, "，；。\n"):
        found = _said(part, names, first if not units else None)
        if found is None and units:
            found = _acting(part, names)
        if found is None:
            waiting = _list_of(part, names)[0] if units else []
            continue
        named, length, offset, opened = found
        if not units:
            begin = at + offset
        units += [*(Unit(name, named[0].role) for name in waiting), *named]
        waiting = []
        end, is_open = at + length, is_open or opened
    if units:
        raw = sentence[begin:end]
        yield Clause(start + begin, start + end, raw, tuple(bodies.distinct(units)), is_open)


def _said(
    part: str, names: Names, first: frozenset[str] | None
) -> tuple[list[Unit], int, int, bool] | None:
    """Return the bodies that a clause says do something, where its words end and where they begin.

    None where it names none; the first clause must say who leads or is responsible.
    """
    for does in _DOES.finditer(part):
        said = str(does.lastgroup)
        by = part.rfind("由", 0, does.start())
        who = _MODAL.sub("", part[by + 1 : does.start()])
        left, is_open = _list_of(who, names)
        goes_on = said == "with" and first is None and not who
        if not (left or goes_on):
            continue
        is_urged = who != part[by + 1 : does.start()] and all(one[0] == "各" for one in left)
        if first is not None and (said not in first or is_urged):
            return None
        units = bodies.with_role(left, _DOES_ROLES[said])
        end = len(part)
        if said == "with":
            beside = _names_at(part[does.end() :], names)
            right, opened = _list_of(beside, names)
            units += [Unit(name, None) for name in right]
            is_open = is_open or opened
            end = does.end() + len(beside)
            if not right and not left:
                continue
        return units, end, max(by, 0), is_open
    return None


_ACTS = re.compile(
    r"(?![将把逐使让被与同按经建加推各])[一-鿿（）]{1,24}"
    r"(?:局|委|部|厅|署|办|办公室|法院|检察院|联|集团|公司|大队|支队|总队|中心|管委会|办事处|机构|部门|银行|残联|妇联|组)"
)
"""Names that are surely of bodies where nothing but what they do says so."""


def _acting(part: str, names: Names) -> tuple[list[Unit], int, int, bool] | None:
    """Return the bodies that a clause behind the first says do anything at all.

    市场监管局及其派出机构依法查处违规行为 goes on with who answers.
    """
    *before, last = [one for _at, one, _mark in split(part, "、")]
    name, role, is_open = bodies.part_of(last, names)
    every = [found for one in (*before, name) for found in bodies.joined(one, names)]
    if name == last or not every or not all(_ACTS.fullmatch(one) for one in every):
        return None
    return [Unit(one, role) for one in every], part.index(last) + len(name), 0, is_open


_MODAL = re.compile(r"(?:要|将会?|应当?|须|负责|积极|主动|及时|具体|分别)+$")


def _list_of(text: str, names: Names) -> tuple[list[str], bool]:
    """Return the bodies of a list in a sentence; none where too much of it is no body."""
    found: list[str] = []
    is_open = False
    for part, _mark in bodies.whole(split(text, "、")):
        name, _role, opened = bodies.part_of(part, names, may_say=False)
        is_open = is_open or opened
        found += bodies.joined(name, names)
    is_open = is_open or any(one[0] == "各" for one in found)
    known = sum(names.is_body(one) for one in found)
    is_list = found and names.is_body(found[0]) and known * 3 >= len(found) * 2
    return (found, is_open) if is_list and all(map(names.may_be_body, found)) else ([], False)


def _names_at(text: str, names: Names) -> str:
    """Return the beginning of a text that is a list of bodies: 县住建局、县应急局对校舍开展排查."""
    end = 0
    for at, part, _mark in split(text[:LONGEST_LIST], "、"):
        if names.is_body(part):
            end = at + len(part)
            continue
        name, _role, _opened = bodies.part_of(part, names)
        if name != part and names.is_body(name):
            return text[: at + len(name)]
        cut = next((n for n in range(len(part), 1, -1) if names.is_body(part[:n])), 0)
        return text[: at + cut] if cut else text[:end]
    return text[:end]


LONGEST_LIST = 120
