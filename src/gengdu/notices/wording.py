"""The words of a clause for what is measured and of whom."""

from __future__ import annotations

import re

_IS_NAMED_AFTER = re.compile(r"(?!以|并|且|和|及|到|至|用)[一-鿿“]{2}")
_NEXT_NUMBER = re.compile(r"[、和及](?=[^、，]{0,2}\d)")
_FORCE_WORDS = re.compile(
    r"原则上|力争|争取|确保|努力|基本(?!公共|办学|医疗|养老|生活|康复|药物|公卫|农田|均衡|保障|建设|标准|条件|要求)|普遍|实现|一般|要(?=达)"
)
_VERB_AT_END = re.compile(
    r"(?:全部|均|都)?(?:分别)?(?:稳定|保持|控制|提高|提升|增加|扩大|下降|降低|降|升|达到?|不)?(?:到|至|在|达到?|为|占)?$"
)
_FROM_BASE = re.compile(r"[由从][^，；。]{0,12}\d[^，；。]{0,12}(?=提高|提升|增加|降|减|压减|扩大)")
"""Where a number comes from: 补贴标准由300元提高到500元 is about the 补贴标准."""
_ONLY_WHO = re.compile(
    r"[各每全所有乡农城镇村县区市州旗义务教育中小幼儿]{0,8}(?:学校|幼儿园|园|单位|村|镇)"
)
_ACTS = re.compile(
    r"建[立成有设]|设[立置有]|配[备齐]|开[设展齐]|成立|形成|落实|推行|实行|完成|接入"
)
"""各学校普遍建立家长委员会 is about the committees."""
_SAYS_NOTHING = re.compile(
    r"(?:（?其中|每(?:[次人校班期天日周月年]|学期|学年|季度|[个所家名]?[县区市校人村镇](?:（[^（）]{1,6}）)?)"
    r"|累计|新增|共|完成|分别|全部|至少|一般|再)+"
)
_PLACE = (
    "乡镇|省|学校|高中|初中|小学|中学|幼儿园|园|村|镇|乡|县|区|市|州|街道|社区|支部|共同体|教共体|学区|单位|班|校"
    "|书屋|企业|机构|空间|网点|站点"
)
_SCOPE = re.compile(
    r"全省|全市|全县|全区|全镇|全国|全州|县域内?|市域内?|城乡|乡村|农村|城区|镇区"
    r"|每名[一-鿿]{0,6}?(?:学生|儿童|教师|幼儿|老年人|居民)"
    rf"|[各每][个所家名]?[一-鿿]{{0,10}}?(?:{_PLACE})(?![一-鿿]?[校园])(?:（[^（）]{{1,6}}）)?"
)


def indicator(before: str, after: str, *, is_count: bool) -> str:
    """Return the words for what a number measures; empty where a clause only gives the number.

    Args:
        before: The words before the number, without times.
        after: The words after it.
        is_count: Whether it counts things, whose name may follow: 建成10所特色学校.

    >>> indicator("义务教育巩固率达到", "", is_count=False)
    '义务教育巩固率'
    >>> indicator("建成", "特色学校", is_count=True), indicator("其中", "", is_count=True)
    ('特色学校', '')
    """
    named = _VERB_AT_END.sub("", _FORCE_WORDS.sub("", _FROM_BASE.sub("", before)))
    named = named.strip(" 　，、").removeprefix("其中").lstrip("，、")
    after = _NEXT_NUMBER.split(after.removeprefix("的"))[0]
    if is_count and _IS_NAMED_AFTER.match(after):
        return after
    is_who = _ONLY_WHO.fullmatch(named) is not None and _ACTS.match(after) is not None
    if not named or is_who:
        return after if len(after) > 1 else ""
    return "" if _SAYS_NOTHING.fullmatch(named) else named


def scope_of(words: str) -> str:
    """Return of whom or of where a clause speaks; empty where it does not say.

    >>> scope_of("全市平均达到95%"), scope_of("每个党支部每年培育1个品牌"), scope_of("达到95%")
    ('全市', '每个党支部', '')
    """
    found = _SCOPE.search(words)
    return found[0] if found else ""
