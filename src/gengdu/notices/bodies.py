"""Who answers for a measure: clauses in brackets, on lines of their own, in sentences.

A body is told by how its name ends; a document's own clauses teach names that end otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gengdu.notices.words import any_of

ENDINGS = any_of("bodies")
_BODY = re.compile(rf"[一-鿿A-Za-z0-9（）、·“”]{{0,40}}(?:{ENDINGS})")
_NO_BODY = re.compile(
    r"(?:其中|包括|含|见|如|即|以下|以上|试行|暂行|下同|简称|全(?!国)|本|该|不|另|此件|第.{1,4}[章条款项])"
)
OPEN = re.compile(
    r"(?:以及|及其他|及|和|、)?(?:等)?(?:各|其他|其它)?(?:市|区|县|省|区直|市直|县直|省直|驻区|驻市|驻县)?(?:有关|相关|各有关|各相关)(?:职能|责任|成员|行业|主管)?(?:部门|股室|科室|处室|高校|院校|学校|医院|社会组织|镇街|乡镇|单位|部门单位|部门和单位|单位和部门|委局|委办局|方面|镇街|企业|机构)*"
)
LABELS = re.compile(
    r"(?P<label>"
    r"(?:牵头|责任|主责|主办|协办|配合|承办|参与|参加|协同|协助|支持|指导|实施|主要|完成|第一)?"
    r"(?:牵头|责任|落实)?"
    r"(?:(?:单位|部门)(?:（(?:单位|部门)）)?(?:[和及](?:单位|部门))?|主体|科室|股室|处室))[：:]"
    r"|(?P<other>(?:完成|办理|落实|整改|实施)?(?:时限|期限|时间|进度|时间节点)"
    r"|(?:牵头|责任|分管|包保|联系|配合)?(?:领导|人)|联系电话)[：:]"
)
"""Words before lists of bodies, and before what is none: days and persons."""
BRACKETS = {"（": "）", "〔": "〕", "【": "】", "[": "]"}
_CLOSING = {closing: opening for opening, closing in BRACKETS.items()}
_NAMED_ALSO = re.compile(
    r"（(?:[市区县乡镇街道村盟旗州团场办事处管委会园、和]{1,16}|社区|学校|幼儿园|党组|党工委|工委|管委会)）"
)
_BRACKETED = re.compile(r"（[^（）]*）")


class Role(StrEnum):
    """What a body does in a measure."""

    LEAD = "lead"
    JOINT_LEAD = "joint_lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"
    PARTICIPATE = "participate"
    GUIDE = "guide"


ROLE_WORDS = (
    (re.compile(r"(?:按照?(?:各自)?职责(?:分工)?)?(?:共同|联合|分别)?牵头(?:负责|落实|实施|组织实施|推进)?"),
     Role.LEAD),
    (re.compile(r"(?:按照?|依)?(?:照)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?"
                r"(?:负责|落实|配合|推进|做好[一-鿿]{0,8}工作)(?:落实)?"),
     Role.RESPONSIBLE),
    (re.compile(r"(?:积极|密切)?(?:配合|协同|协助|协作)(?:落实|实施|做好)?"), Role.COOPERATE),
    (re.compile(r"(?:共同|积极)?(?:参与|参加)(?:落实|实施)?"), Role.PARTICIPATE),
    (re.compile(r"(?:负责)?(?:业务)?指导"), Role.GUIDE),
    (re.compile(r"(?:共同|分别|具体|组织)?(?:负总责|负责|落实|实施|组织实施|承担)(?:落实|实施)?"),
     Role.RESPONSIBLE),
)  # fmt: skip
OF_LABELS = (("牵头", Role.LEAD), ("主责", Role.LEAD), ("主办", Role.LEAD), ("第一", Role.LEAD),
             ("配合", Role.COOPERATE), ("协", Role.COOPERATE), ("支持", Role.COOPERATE),
             ("参", Role.PARTICIPATE), ("指导", Role.GUIDE))  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """One body as it is named, and what is said that it does; None where nothing is said."""

    name: str
    role: Role | None


@dataclass(frozen=True)
class Clause:
    """One place where a notice says who answers.

    Attributes:
        start, end: Of the words that name them, in the cleaned text, brackets left out.
        is_open: Whether it goes on with 等有关部门 or names a kind of bodies by 各.
    """

    start: int
    end: int
    raw: str
    units: tuple[Unit, ...]
    is_open: bool

    @property
    def lead(self) -> str | None:
        """The body that leads: the one that is said to, else the first-named."""
        said = [unit.name for unit in self.units if unit.role in (Role.LEAD, Role.JOINT_LEAD)]
        every = [*said, *(unit.name for unit in self.units)]
        return every[0] if every else None

    @property
    def roles(self) -> dict[str, Role]:
        """What each body does; who is not said to do anything leads if first, else cooperates."""
        lead = self.lead
        return {
            unit.name: unit.role or (Role.LEAD if unit.name == lead else Role.COOPERATE)
            for unit in self.units
        }


LONGEST_KIND = 14
"""Characters of a kind of bodies, such as 各中小学校."""


@dataclass
class Names:
    """What counts as the name of a body in one document."""

    learned: set[str] = field(default_factory=set)

    def is_body(self, name: str) -> bool:
        """Tell whether a name is one of a body."""
        if len(name) < 2 or _NO_BODY.match(name) or name.count("“") != name.count("”"):
            return False
        if name in self.learned or (name[0] == "各" and len(name) <= LONGEST_KIND):
            return True
        return _BODY.fullmatch(_BRACKETED.sub("", name)) is not None


def split(text: str, marks: str = "、，；,;　\t\n ") -> Iterator[tuple[int, str, str]]:
    """Yield each part of a list with its place and the mark after it; brackets hold together."""
    depth, at = 0, 0
    for place, one in enumerate(text):
        if one in BRACKETS:
            depth += 1
        elif one in _CLOSING:
            depth = max(0, depth - 1)
        elif one in marks and not depth:
            yield at, text[at:place], one
            at = place + 1
    yield at, text[at:], ""


def without_notes(text: str) -> str:
    """Return a list without what stands in brackets in it, but for 县（市、区） and the like.

    >>> without_notes("教育分局（列第一位为牵头部门，下同）、各县（市、区）政府")
    '教育分局、各县（市、区）政府'
    """
    made, depth, at = [], 0, 0
    for place, one in enumerate(text):
        if one == "（":
            if depth == 0:
                made.append(text[at:place])
                opened = place
            depth += 1
        elif one == "）" and depth:
            depth -= 1
            if depth == 0:
                inside = text[opened : place + 1]
                made.append(inside if _belongs(inside) else "")
                at = place + 1
    return "".join([*made, text[at:]]) if depth == 0 else text


def _belongs(bracketed: str) -> bool:
    """Tell whether brackets belong to a name: （市、区）, and another name of the body itself."""
    if _NAMED_ALSO.fullmatch(bracketed):
        return True
    parts = bracketed[1:-1].split("、")
    return all(len(one) > 2 and _BODY.fullmatch(one) and not _NOTE.search(one) for one in parts)


_NOTE = re.compile(r"第一|列|牵头|下同|简称|排名|首位|以下")


def parse(text: str, start: int, names: Names, *, is_sure: bool = False) -> Clause | None:
    """Return who is named by the words of a clause; None where they name nobody.

    Args:
        text: What stands in the brackets or after the label, of the cleaned text.
        start: Where it begins there.
        names: What counts as a body.
        is_sure: Whether a label or the place says that bodies are named.
    """
    units: list[Unit] = []
    is_open = False
    for label, body in _labelled(_OTHERS_AND.sub(r"\1、", without_notes(text))):
        of_label = role_of_label(label)
        if of_label is None and "责任" in label and "牵头" in text:
            of_label = Role.RESPONSIBLE
        is_sure = is_sure or bool(label)
        found, opened = _units(body, names, of_label)
        units += found
        is_open = is_open or opened
    known = sum(names.is_body(unit.name) for unit in units)
    if not units or not (known if is_sure else known * 5 >= len(units) * 3):
        return None
    lead = LABELS.match(text)
    begin = lead.end() if lead is not None else 0
    return Clause(start + begin, start + len(text), text[begin:], tuple(_distinct(units)), is_open)


def role_of_label(label: str) -> Role | None:
    """Return what a label such as 配合单位 says that those after it do; None where nothing."""
    return next((role for word, role in OF_LABELS if word in label), None)


def _distinct(units: Sequence[Unit]) -> list[Unit]:
    return list({unit.name: unit for unit in reversed(units)}.values())[::-1]


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield each label with the list after it; an empty label for what stands before any.

    What stands after a label for days or persons is left out.
    """
    at, label, is_other = 0, "", False
    for found in LABELS.finditer(text):
        if not is_other and text[at : found.start()].strip("，；。、　 "):
            yield label, text[at : found.start()]
        at, label, is_other = found.end(), found["label"] or "", found["other"] is not None
    if not is_other:
        yield label, text[at:]


def _units(text: str, names: Names, of_label: Role | None) -> tuple[list[Unit], bool]:
    """Return the bodies of a list, and whether it is open-ended."""
    found: list[Unit] = []
    pending: list[str] = []
    is_open = False
    for part, mark in _whole(split(text.strip("。 "))):
        name, role, opened = _part(part)
        is_open = is_open or opened
        for one in _joined(name, names):
            is_open = is_open or OPEN.fullmatch(one) is not None
            if len(one) > 1 and not OPEN.fullmatch(one):
                pending.append(one)
        if role is not None or mark in "；;" or not mark:
            found += _with_role(pending, role or of_label)
            pending = []
    return found, is_open


_PLACES = re.compile(r"各?(?:省|市|县|区|乡|镇|州|盟|地|街道|市（州）|县（市）|自治区|直辖市){1,2}")


def _whole(parts: Iterable[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a list with the marks after them.

    各市、县（区）政府 is one part, and so is 各乡镇党委、政府.
    """
    every, held = list(parts), ""
    for place, (_at, part, mark) in enumerate(every):
        following = every[place + 1][1] if place + 1 < len(every) else ""
        if mark == "、" and _goes_on(part, following, is_begun=bool(held)):
            held += part + mark
        else:
            yield held + part, mark
            held = ""


def _goes_on(part: str, following: str, *, is_begun: bool) -> bool:
    """Tell whether a name goes on after the mark."""
    if part.endswith("党委"):
        return following in ("政府", "人民政府")
    is_place = _PLACES.fullmatch(part.strip()) is not None
    return is_place and (is_begun or part.startswith("各") or len(part) == 1)


def _with_role(names: Sequence[str], role: Role | None) -> list[Unit]:
    if role == Role.LEAD and len(names) > 1:
        return [Unit(name, Role.JOINT_LEAD) for name in names]
    return [Unit(name, role) for name in names]


_AND_OTHERS = re.compile(
    r"等(?:\d{1,2}个?|[一二三四五六七八九十]{1,3}个?)?(?:(?:部门|单位|部门单位|部门和单位)"
    r"|[一-鿿]{0,8}(?:机构|高校|院校|企业|组织|医院|协会)|" + OPEN.pattern + ")?$"
)
_OTHERS_AND = re.compile(r"(等(?:有关|相关)?(?:部门|单位))(?:以及|和|及|与)")
_CLOSING_WORDS = re.compile(r"(?:等|按|分别|共同)+$")


def _part(part: str) -> tuple[str, Role | None, bool]:
    """Return the name in a part of a list, the role said at its end, whether it opens the list."""
    text = part.strip(" 　。，；").removeprefix("由")
    role = None
    for words, meant in ROLE_WORDS:
        if (found := _at_end(words, text)) is not None:
            text, role = found, meant
            break
    opened = _AND_OTHERS.search(text)
    is_open = opened is not None
    if opened is not None:
        text = text[: opened.start()]
    if (only := OPEN.fullmatch(text)) is not None and only[0]:
        return "", role, True
    text = _CLOSING_WORDS.sub("", text)
    return text, role, is_open or text.startswith("各")


def _at_end(words: re.Pattern[str], text: str) -> str | None:
    """Return a text without some words at its end; None where it does not end with them."""
    for found in words.finditer(text):
        if found.end() == len(text):
            return text[: found.start()]
    return None


_JOINING = re.compile(r"会同|和(?!政府|人民政府)|及|与|以及|联合|同")


def _joined(name: str, names: Names) -> list[str]:
    """Return the names that are joined by 和, 会同 and the like, where each is one of a body."""
    for found in _JOINING.finditer(name):
        left, right = name[: found.start()], name[found.end() :]
        if names.is_body(left) and (names.is_body(right) or len(right) > 2):
            return [left, *_joined(right, names)]
    return [name] if name else []


_LINE_LABEL = re.compile(r"(?:^|(?<=[。；\n　\t]))" + LABELS.pattern)


def clauses(text: str, start: int, names: Names) -> list[Clause]:
    """Return the responsibility clauses of a stretch of the cleaned text, in order.

    Args:
        text: The stretch.
        start: Where it begins in the cleaned text.
        names: What counts as a body; taught by what is found.
    """
    found = list(_on_lines(text, start, names))
    found += [
        one for one in _in_brackets(text, start, names)
        if not any(other.start <= one.start < other.end for other in found)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.start)


def _in_brackets(text: str, start: int, names: Names) -> Iterator[Clause]:
    for opened, closed in _bracketed(text):
        inside = text[opened + 1 : closed]
        before = text[opened - 1] if opened else ""
        after = text[closed + 1 : closed + 2]
        ends = before in "。；！" or after in ("", "\n", "。", "；")
        if not ends or len(inside) < 2 or len(inside) > 400:
            continue
        clause = parse(inside, start + opened + 1, names)
        if clause is not None:
            if len(clause.units) > 1:
                names.learned.update(unit.name for unit in clause.units)
            yield clause


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of outermost brackets that are closed again."""
    stack: list[tuple[str, int]] = []
    for place, one in enumerate(text):
        if one in BRACKETS:
            stack.append((one, place))
        elif one in _CLOSING:
            if stack and stack[-1][0] == _CLOSING[one]:
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
        clause = parse(text[found.start() : end], start + found.start(), names, is_sure=True)
        if clause is not None:
            yield clause


def _is_bracketed(text: str, place: int) -> bool:
    """Tell whether a place stands in brackets that were opened on its line."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return any(line.rfind(one) > line.rfind(other) for one, other in BRACKETS.items())


_BLANK = re.compile(r"[\n ]+")


def _end_of_labelled(text: str, place: int) -> int:
    """Return the end of a labelled line and of the labelled lines that follow it at once."""
    while True:
        end = text.find("\n", place)
        if end < 0:
            return len(text)
        blank = _BLANK.match(text, end)
        following = blank.end() if blank else end
        if LABELS.match(text, following) is None:
            return end
        place = following


# In sentences

_DOES = re.compile(
    r"(?P<lead>(?:共同|联合|分别)?牵头)|(?P<with>会同)|(?P<responsible>(?:具体|分别|共同)?(?:负责|落实|承办|实施)|按照?(?:各自)?职责|统筹)"
    r"|(?P<cooperate>(?:积极|密切)?(?:配合|协助|协同|提供)|(?:给予|派员)?支持|做好)|(?P<participate>参与|参加)|(?P<guide>指导)"
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
    at = 0
    for sentence in re.split(r"(?<=[。！\n])", text):
        if len(sentence) <= LONGEST_SENTENCE and _DOES.search(sentence):
            yield from _in_sentence(sentence, start + at, names, first)
        at += len(sentence)


def _in_sentence(
    sentence: str, start: int, names: Names, first: frozenset[str]
) -> Iterator[Clause]:
    units: list[Unit] = []
    begin = end = 0
    is_open = False
    for at, part, _mark in split(sentence, "，；。\n"):
        found = _said(part, names, first if not units else None)
        if found is None:
            if units:
                break
            continue
        named, length, offset, opened = found
        if not units:
            begin = at + offset
        units += named
        end, is_open = at + length, is_open or opened
    if units:
        raw = sentence[begin:end]
        yield Clause(start + begin, start + end, raw, tuple(_distinct(units)), is_open)


def _said(
    part: str, names: Names, first: frozenset[str] | None
) -> tuple[list[Unit], int, int, bool] | None:
    """Return the bodies that a clause says do something, where its words end and where they begin.

    None where it names none; the first clause must say who leads or is responsible.
    """
    does = _DOES.search(part)
    if does is None:
        return None
    said = str(does.lastgroup)
    by = part.rfind("由", 0, does.start())
    who = part[by + 1 : does.start()]
    if first is not None and said not in first:
        return None
    left, is_open = _list_of(who, names)
    if not left:
        return None
    units = _with_role(left, _DOES_ROLES[said])
    end = len(part)
    if said == "with":
        right, opened = _list_of(_names_at(part[does.end() :], names), names)
        units += [Unit(name, None) for name in right]
        is_open = is_open or opened
    return units, end, max(by, 0), is_open


def _list_of(text: str, names: Names) -> tuple[list[str], bool]:
    """Return the bodies of a list in a sentence; none where any part of it is no body."""
    found: list[str] = []
    is_open = False
    for _at, part, _mark in split(text, "、"):
        name, _role, opened = _part(part)
        is_open = is_open or opened
        for one in _joined(name, names):
            if not names.is_body(one):
                return [], False
            found.append(one)
    return found, is_open


def _names_at(text: str, names: Names) -> str:
    """Return the longest beginning of a text that is a list of bodies."""
    best, does = "", _DOES.search(text)
    for end in range(2, min(does.start() if does else len(text), 60) + 1):
        if all(names.is_body(one) for _at, one, _mark in split(text[:end], "、")):
            best = text[:end]
    return best
