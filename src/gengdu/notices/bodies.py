"""Who answers for a measure: the words of a clause, read as bodies in order with what they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gengdu.notices.names import Names, split, without_notes

OPEN = re.compile(
    r"(?:以及|及其他|及|和|、)?(?:等)?(?:各|其他|其它)?(?:市级|区级|县级|省级|镇直|市|区|县|省|镇|乡|区直|市直|县直|省直|驻区|驻市|驻县)?(?:有关|相关|各有关|各相关)(?:职能|责任|成员|行业|主管|责任)?(?:部门|股室|科室|处室|高校|院校|学校|医院|社会组织|镇街|乡镇|单位|部门单位|部门和单位|单位和部门|委局|委办局|方面|镇街|[一-鿿]{0,4}企业|机构)*"
)
_SAID = (
    r"(?:共同牵头|牵头|责任|主责|主办|主管|协办|配合|承办|参与|参加|参建|协同|协作|协助|支持|指导|监管|监督|实施"
    r"|落实|执行|考核|主要|具体|完成|第一|第二|督导|督办|归口|联络)"
)
LABELS = re.compile(
    r"(?P<opened>[【〔])?(?:(?P<label>"
    rf"(?:{_SAID}{{1,2}}"
    r"(?:(?:单位|部门|站所|科室|股室|处室|科（室）|镇街|乡镇|机构|学校|主体)"
    r"(?:（(?:单位|部门|科室)）)?(?:[和及、](?:单位|部门|科室))?|方)"
    r"|(?:单位|部门|主体|科室|股室|处室)|牵头|配合|主办|协办|责任)"
    r"(?:（[^（）]{1,24}）)?)"
    r"|(?P<other>(?:完成|办理|落实|整改|实施|办结|推进)?(?:时限|期限|时间|进度|时间节点|节点|时间表)"
    r"|(?:牵头|第一|直接|主要|责任|分管|包保|包抓|包联|挂点|挂包|挂钩|联系|配合|督办|主管|参与|具体)?"
    r"(?:省级|市级|区级|县级|镇级|包保|包联)?(?:责任)?"
    r"(?:[县区市局委厅校院处]领导|领导|人|同志|负责人|领导及[一-鿿]{1,4}|人员)"
    r"|联系电话|联系方式|电话|备注|预期成果|完成标志|工作目标|资金来源))"
    r"(?(opened)[】〕][：:]?|[：:])"
)
"""Words before lists of bodies, and before what is none: days and persons."""


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
    (re.compile(r"(?:共同|分别|具体|组织)?(?:负总责|负责|落实|实施|组织实施|承担|承办)(?:落实|实施)?"),
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
    for label, body in _labelled(_OTHERS_AND.sub(r"\1、", _list_alone(text, names))):
        of_label = role_of_label(label)
        if of_label is None and "责任" in label and _OTHER_ROLES.search(text):
            of_label = Role.RESPONSIBLE
        is_sure = is_sure or bool(label)
        found, opened = _units(body, names, of_label)
        units += found
        is_open = is_open or opened
    if not units or not _are_bodies([unit.name for unit in units], names, is_sure=is_sure):
        return None
    lead = LABELS.match(text)
    begin = lead.end() if lead is not None else 0
    return Clause(start + begin, start + len(text), text[begin:], tuple(distinct(units)), is_open)


def _are_bodies(some: Sequence[str], names: Names, *, is_sure: bool) -> bool:
    """Tell whether a list names bodies: most of it, or one of it where the place says so."""
    known = sum(names.is_body(name) for name in some)
    if is_sure or not known:
        return bool(known)
    return known * 5 >= len(some) * 3 or all(names.may_be_body(name) for name in some)


_NO_NAMES = frozenset({"单位", "部门", "机构", "部门单位"})
"""What is left of 等部门和单位."""
_OTHER_ROLES = re.compile(r"牵头|(?:配合|协办|参与|参加|协助)(?:单位|部门|科室)?[：:]")
_LEADS = "\ue000"
"""Stands in a list for （牵头） behind a name."""
_LEADS_SAID = re.compile(r"（(?:牵头|主责|主办)(?:单位|部门)?）")


def _list_alone(text: str, names: Names) -> str:
    """Return the words of a clause without notes and without sentences that name nobody.

    A sentence behind the first goes on with the list only where it has a label or is one of bodies.
    """
    first, *later = without_notes(_LEADS_SAID.sub(_LEADS, text)).split("。")
    kept = [
        one for one in later
        if LABELS.match(one) or all(names.is_body(name) for _at, name, _mark in split(one))
    ]  # fmt: skip
    return "；".join([first, *kept])


def role_of_label(label: str) -> Role | None:
    """Return what a label such as 配合单位 says that those after it do; None where nothing."""
    return next((role for word, role in OF_LABELS if word in label), None)


def distinct(units: Sequence[Unit]) -> list[Unit]:
    """Return bodies in order, each where it is named first."""
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
    for part, mark in whole(split(text.strip("。 "))):
        name, role, opened = part_of(part.replace(_LEADS, ""), names)
        is_open = is_open or opened
        if part.endswith(_LEADS):
            found += with_role(pending, of_label)
            pending, role = [], Role.LEAD
        for one in joined(name, names):
            is_nobody = one in _NO_NAMES or OPEN.fullmatch(one) is not None
            is_open = is_open or is_nobody or one[0] == "各"
            if _NO_NAME.search(one) and not names.is_body(one):
                continue
            if len(one) > 1 and not is_nobody:
                pending.append(one)
        if role is not None or mark in "；;" or not mark:
            found += with_role(pending, role or of_label)
            pending = []
    return found, is_open


_RANKS = {"省": 3, "市": 2, "州": 2, "盟": 2, "地": 2, "县": 1, "区": 1, "旗": 1}
_PLACES = re.compile(
    r"各?(?:设区的?市|县级市|县市区|区县|自治区|直辖市|市（州）|州（市）|县（市）|市州|盟市|旗县|省|市|县|区|乡|镇|州|盟|旗|地|街道){1,2}"
)
_ALSO_RULES = re.compile(r"(?:人民政府|政府|管委会)(?!办|教育)")
_RULES_PLACE = re.compile(r"(?:政府|党委|党工委|管委会|办事处)$")


def whole(parts: Iterable[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
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
    """Tell whether a name goes on after the mark: 各市、县教育局, but not 各乡镇、县教育局."""
    if part.endswith(("党委", "党工委")):
        return _ALSO_RULES.match(following) is not None
    is_place = _PLACES.fullmatch(part.strip()) is not None
    if not is_place or not (is_begun or part.startswith("各") or len(part) == 1):
        return False
    if _PLACES.fullmatch(following.strip()) or _RULES_PLACE.search(following):
        return True
    above = _RANKS.get(part.strip().removeprefix("各")[:1], 0)
    return 0 < _RANKS.get(following[:1], 9) <= above


def with_role(names: Sequence[str], role: Role | None) -> list[Unit]:
    """Return bodies of which one thing is said; several that lead do so together."""
    if role == Role.LEAD and len(names) > 1:
        return [Unit(name, Role.JOINT_LEAD) for name in names]
    return [Unit(name, role) for name in names]


_AND_OTHERS = re.compile(
    r"(?<![高中初同平优上])等(?:\d{1,2}个?|[一二三四五六七八九十]{1,3}个?)?(?:(?:部门|单位|部门单位|部门和单位)"
    r"|[一-鿿]{0,8}(?:机构|高校|院校|企业|组织|医院|协会)|" + OPEN.pattern + ")?$"
)
_OTHERS_AND = re.compile(r"(等(?:有关|相关)?(?:部门|单位))(?:以及|和|及|与)")
_CLOSING_WORDS = re.compile(
    r"(?:(?<![高中初同平优上])等|(?:按照?|依照?)(?:各自)?(?:职责|职能)?(?:分工)?|分别|共同|具体)+$"
)


def part_of(part: str, names: Names, *, may_say: bool = True) -> tuple[str, Role | None, bool]:
    """Return the name in a part of a list, the role said at its end, whether it opens the list.

    Args:
        part: The part.
        names: What counts as a body.
        may_say: Whether what the body does may follow its name in any words.
    """
    text = _BEFORE_NAME.sub("", part.strip(" 　。，；"))
    role = None
    for words, meant in ROLE_WORDS:
        if (found := _at_end(words, text)) is not None:
            text, role = found, meant
            break
    if may_say:
        text, said = _without_predicate(text, names)
        role = role or said
    opened = _AND_OTHERS.search(text)
    is_open = opened is not None
    if opened is not None:
        text = text[: opened.start()]
    if (only := OPEN.fullmatch(text)) is not None and only[0]:
        return "", role, True
    text = _CLOSING_WORDS.sub("", text)
    return text, role, is_open or text.startswith("各")


_BEFORE_NAME = re.compile(
    r"^(?:(?:此项|该项|这项|本项|上述|以上)(?:工作|任务|事项|内容)?由?|由|(?:并|共同)?会同|并联合|联合(?!会|国|社))(?=[一-鿿]{2})"
)
_NO_NAME = re.compile(
    r"^(?:[列排](?:在|名)?(?:第一|首)|第一[位个]|首位|下同|以下|持续|长期|常态化|逐步|逐年|不再|并于|于?\d{1,4}年|于?\d{1,2}月|每[年月季]|全年)"
    r"|为牵头(?:单位|部门)?$|(?:底|月|日)前(?:完成|出台|制定)?"
)
"""What stands in a list of bodies and names none: how it is to be read, or by when."""
_DOES_SOMETHING = re.compile(
    r"按|依|共同|联合|分别|积极|密切|主动|具体|全力|认真|予以|给予|负责|牵头|配合|参与|参加|协|支持|指导|督促|统筹|落实"
    r"|组织|实施|推进|推动|抓|做|发挥|提供|承担|承办|各司其职|各负其责|要|应|须|于|在|每|对|将|根据|结合|监督|建立|建设"
    r"|制[定订]|拟[定订]|开展|加强|完善|研究|深化|引导|鼓励|查处|安排|健全|强化|出台|定期|严格|统一|适时|择优|跟踪|派员|加大|扩大|优化|细化|压实|创新|探索|设立"
)
_ROLES_SAID = (
    ("牵头", Role.LEAD), ("配合", Role.COOPERATE), ("协", Role.COOPERATE), ("支持", Role.COOPERATE),
    ("参", Role.PARTICIPATE), ("负责", Role.RESPONSIBLE), ("落实", Role.RESPONSIBLE),
    ("实施", Role.RESPONSIBLE), ("指导", Role.GUIDE),
)  # fmt: skip


def _without_predicate(text: str, names: Names) -> tuple[str, Role | None]:
    """Return the name that what a body does follows, and the role that this says.

    A name ends where the first words follow that say what is done: 县残联积极做好宣传.
    """
    if names.is_body(text):
        return text, None
    for found in _DOES_SOMETHING.finditer(text[:LONGEST_NAME]):
        name = text[: found.start()]
        if names.is_body(_AND_OTHERS.sub("", name)):
            said = text[found.start() :]
            return name, next((role for word, role in _ROLES_SAID if word in said), None)
    return text, None


LONGEST_NAME = 60


def _at_end(words: re.Pattern[str], text: str) -> str | None:
    """Return a text without some words at its end; None where it does not end with them."""
    for found in words.finditer(text):
        if found.end() == len(text):
            return text[: found.start()]
    return None


_JOINING = re.compile(r"会同|和(?!政府|人民政府)|及|与|以及|联合|同")


def joined(name: str, names: Names) -> list[str]:
    """Return the names that are joined by 和, 会同 and the like, where each is one of a body."""
    for found in _JOINING.finditer(name):
        left, right = name[: found.start()], name[found.end() :]
        if right.startswith("其"):
            continue
        if names.is_body(left) and (names.is_body(right) or len(right) > 2):
            return [left, *joined(right, names)]
    return [name] if name else []
