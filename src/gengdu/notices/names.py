"""What counts as the name of a body, and what kind of body it is.

A body is told by how its name ends; a document's own clauses teach names that end otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gengdu.notices.words import any_of

ENDINGS = any_of("bodies")
BRACKETS = {"（": "）", "〔": "〕", "【": "】", "[": "]", "［": "］", "〖": "〗", "﹝": "﹞"}
CLOSING = {closing: opening for opening, closing in BRACKETS.items()}
_BODY = re.compile(rf"[一-鿿A-Za-z0-9（）、·“”]{{0,40}}(?:{ENDINGS})")
_BESIDE = re.compile(rf"[一-鿿A-Za-z0-9·]{{1,24}}(?:{any_of('bodies_beside_others')})")
_NO_BODY = re.compile(
    r"(?:其中|包括|含|见|如|即|以下|以上|试行|暂行|下同|简称|全(?!国)|本|该|不|另|此件|第.{1,4}[章条款项])"
)
_SAYS = re.compile(
    r"牵头|会同|负责(?!人)|按照?(?:各自)?职责|推动|要求|督促|查处|\d年|[年月]底|日前"
)
_BRACKETED = re.compile(r"[（〔][^（）〔〕]*[）〕]")
_NAMED_ALSO = re.compile(
    r"（(?:[市区县乡镇街道村居盟旗州团场办事处管委会园所室院局厅站、和]{1,16}|社区|学校|幼儿园|党组|党工委|工委|管委会)）"
)
_NOTE = re.compile(r"第一|列|牵头|下同|简称|排名|首位|以下|含")
_KIND_OF_BODIES = re.compile(rf"(?:{ENDINGS}|{any_of('bodies_beside_others')}|地|方)$")
LONGEST_KIND = 14
"""Characters of a kind of bodies, such as 各中小学校."""


class Kind(StrEnum):
    """What kind of body a name is of."""

    DEPARTMENT = "department"
    TOWN = "town"
    GOVERNMENT = "government"
    VILLAGE = "village"
    SCHOOL = "school"
    COMPANY = "company"


_KINDS = (
    (Kind.COMPANY, re.compile(r"(?:公司|集团|银行|支行|分行|联社|企业|农商行|商行|电网|国网)$")),
    (Kind.SCHOOL, re.compile(
        r"(?:学校|中学|小学|幼儿园|大学|学院|高校|院校|中心校|职教中心|高中|初中|[一二三四五六七八九十\d]中)$")),
    (Kind.VILLAGE, re.compile(
        r"(?:村|社区|居|村委会|居委会|村民委员会|居民委员会|村居)(?:党组织|党支部|两委)?$")),
    (Kind.TOWN, re.compile(
        r"(?:镇|乡|街道|镇街|乡镇|苏木|街道办事处|街道办|镇政府|乡政府|街办|办事处|镇区)"
        r"(?:党委|党工委|、)*(?:人民政府|政府)?$")),
    (Kind.GOVERNMENT, re.compile(
        r"(?:县|区|市|州|盟|旗|省|自治区|直辖市|县市区|区县|市州|各级|地方|各地|开发区|高新区|新区)"
        r"(?:党委|党工委|、|和)*(?:人民政府|政府|管委会|管理委员会)?$")),
)  # fmt: skip


def kind_of(name: str) -> Kind:
    """Return what kind of body a name is of.

    >>> [kind_of(name).value for name in ("崮山镇", "各乡镇（街道）", "各县（市、区）人民政府")]
    ['town', 'town', 'government']
    >>> [kind_of(name).value for name in ("县教育局", "国网例山县供电公司", "各中小学校")]
    ['department', 'company', 'school']
    """
    bare = _BRACKETED.sub("", name)
    return next((kind for kind, words in _KINDS if words.search(bare)), Kind.DEPARTMENT)


@dataclass
class Names:
    """What counts as the name of a body in one document."""

    learned: set[str] = field(default_factory=set)

    def is_body(self, name: str) -> bool:
        """Tell whether a name is one of a body."""
        if len(name) < 2 or _NO_BODY.match(name) or name.count("“") != name.count("”"):
            return False
        if _SAYS.search(name):
            return False
        bare = _BRACKETED.sub("", name)
        if name[0] == "各" and len(name) <= LONGEST_KIND and _KIND_OF_BODIES.search(bare):
            return True
        return name in self.learned or is_body_by_ending(bare)

    def may_be_body(self, name: str) -> bool:
        """Tell whether a name may be one of a body where others beside it are, such as 体协."""
        return self.is_body(name) or (
            not _NO_BODY.match(name) and _BESIDE.fullmatch(_BRACKETED.sub("", name)) is not None
        )


def is_body_by_ending(name: str) -> bool:
    """Tell whether a name ends as those of bodies do."""
    return _BODY.fullmatch(name) is not None


def split(text: str, marks: str = "、，；,;　\t\n ") -> Iterator[tuple[int, str, str]]:
    """Yield each part of a list with its place and the mark after it; brackets hold together."""
    depth, at = 0, 0
    for place, one in enumerate(text):
        if one in BRACKETS:
            depth += 1
        elif one in CLOSING:
            depth = max(0, depth - 1)
        elif one in marks and not depth:
            yield at, text[at:place], one
            at = place + 1
    yield at, text[at:], ""


def without_notes(text: str) -> str:
    """Return a list without what stands in brackets in it, but for 县（市、区） and the like.

    >>> without_notes("教育分局（列第一位为牵头部门，下同）、各县（市、区）政府")
    '教育分局、各县（市、区）政府'
    >>> without_notes("各市水利（水务）局、教科院（所）")
    '各市水利（水务）局、教科院（所）'
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
                goes_on = text[place + 1 : place + 2] in tuple(
                    "局厅委部办院室处科"
                )  # 水利（水务）局
                made.append(inside if goes_on or _belongs(inside) else "")
                at = place + 1
    return "".join([*made, text[at:]]) if depth == 0 else text


def is_also_named(inside: str) -> bool:
    """Tell whether words in brackets only widen the name before them: 乡镇（街道）."""
    return _NAMED_ALSO.fullmatch(f"（{inside}）") is not None


def _belongs(bracketed: str) -> bool:
    """Tell whether brackets belong to a name: （市、区）, and another name of the body itself."""
    if _NAMED_ALSO.fullmatch(bracketed):
        return True
    parts = re.split(r"[、，]", bracketed[1:-1])
    return all(_OFFICE.fullmatch(one) or _is_other_name(one) for one in parts)


_OFFICE = re.compile(r"[一-鿿]{1,6}办")


def _is_other_name(one: str) -> bool:
    is_body = is_body_by_ending(one) or _BESIDE.fullmatch(one) is not None
    return len(one) > 2 and is_body and not _NOTE.search(one)
