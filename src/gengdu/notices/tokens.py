"""The words of a notice that carry its meaning: numbers, years, comparisons, force.

All other text is told by one kind as well, so that tokens together are the whole of a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from gengdu.notices import numerals
from gengdu.notices.words import any_of

_N = f"[{numerals.CHARACTERS}]"
_ONE_UNIT = any_of("units")
_UNIT = rf"/(?:10|十)万|[万亿](?:{_ONE_UNIT})|{_ONE_UNIT}|[万亿]"
_COUNTED = any_of("counted")

# One alternative for each kind, the longer before the shorter; all bounded, so scanning is linear.
_KINDS = (
    ("D", r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日|份)?"),  # a day or month
    (
        "M",
        r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}日|份)?(?=底|前|末|中旬|上旬|下旬|起|完成|开展|组织|召开|举办|启动|进行|上报|报送)|(?:上|下)半年|[一二三四]季度末?|[春秋]季学期",
    ),
    ("S", r"(?:19|20)\d\d年?[—\-－～~至到]{1,2}(?:19|20)\d\d年?"),  # a span of years
    ("Y", r"(?:19|20)\d\d(?:—\d\d)?学?年度?"),  # a year
    ("F", r"[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间|规划)?末?"),  # a five-year plan
    (
        "E",
        r"每(?:个?月|季度(?:末月|最后一个?月)?|年|学期|周)(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日之?前|[月年]?[底末](?:之?前)?)",
    ),  # a day that comes again
    (
        "R",
        r"每(?:[二两三四五六\d]|半)?个?(?:学年|学期|季度|年度|年|月|周(?!岁)|天|日|旬)|逐年|年度内?",
    ),  # what comes again
    (
        "I",
        rf"(?:\d{{1,2}}|{_N}{{1,3}})(?:年|个月|个?学年|个?学期|天|个工作日|日)(?:左右|之)?(?:内|以内)"
        rf"|(?:用|利用|通过|经过)(?:\d|{_N})年(?:左右)?的?(?:时间|努力)"
        rf"|(?<![每第前近去上满达\d])(?:\d|{_N})年(?=共?(?:累计|安排|投入|培[训养育]|轮训|扶持|新[建增]|[改扩]建|建成|改造|实现|完成|打造|推广))",
    ),
    (
        "A",
        r"(?:今年|明年|后年|本年度|年内|年底前|学年内|近期|当年)",
    ),  # a day that the document's own date fixes
    (
        "Q",
        rf"(?:{_N}{{1,3}}分之(?:{_N}{{1,6}}|\d{{1,3}}(?:\.\d{{1,3}})?)|一半|半数|[一二三四五六七八九]成[一二三四五六七八九半]?)",
    ),
    ("W", r"翻(?:一|两|二)番"),
    (
        "G",
        rf"(?:\d{{1,6}}(?:\.\d{{1,4}})?(?:%|元|万元)?[—\-－～~至到]{{1,2}}\d{{1,6}}(?:\.\d{{1,4}})?)(?:%|‰|(?:{_UNIT}))",
    ),
    ("P", r"\d{1,4}(?:\.\d{1,2})?[:：∶]\d{1,4}(?:\.\d{1,2})?"),  # a ratio, or a time of day
    ("N", rf"(?:\d{{1,12}}(?:,\d{{3}}){{0,3}}(?:\.\d{{1,6}})?)(?:%|‰|(?:{_UNIT}))?"),
    ("C", rf"{_N}{{1,6}}(?:{_COUNTED})"),  # a number in words with what it counts
    ("a", r"(?:及|或)?以上|以上"),  # at least, after a number
    ("b", r"以下|以内|之内|之下"),  # at most, after a number
    ("c", r"左右|上下"),  # about, after a number
    ("d", r"不少于|不低于|不小于|不得少于|不得低于|至少|最低|达到或超过|≥|大于等于|满(?=\d)"),
    (
        "e",
        r"不超过|不高于|不大于|不多于|不得超过|不得高于|至多|最多|最高|≤|控制到|控制在|压减到|压缩到|降低到|下降到|降至|降到|减少到|减至",
    ),
    ("f", r"超过|高于|多于|大于|突破|超"),
    ("g", r"少于|低于|小于|不满|不足|未满"),
    ("h", r"约|大约|近"),
    ("i", r"分别(?:达到|达|不低于|提高到|提升至|为|控制在)?|各"),
    (
        "k",
        r"全面覆盖|(?<!健)全覆盖|基本覆盖|应[一-鿿]{1,2}尽[一-鿿]{1,2}|清零|全部|所有|零增长|零发生",
    ),
    ("m", r"普遍"),
    ("n", r"原则上"),
    ("o", r"基本"),
    ("p", r"争创|力争|争取|努力|争当|争做"),
    ("q", r"支持|鼓励|引导|倡导|探索"),
    ("s", r"目前|现有|截至|截止|累计|已经|上年|去年|以来|[已](?=[一-鿿\d])"),
)
_SCAN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
PLAIN = "x"
STOPS = "，；：。！？、（）〔〕【】“”《》\t\n"


@dataclass(frozen=True)
class Token:
    """One word that carries meaning, or the text between two.

    Attributes:
        kind: One letter; x for other text, a mark of punctuation for itself.
        start: Its place in the cleaned text.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends; exclusive."""
        return self.start + len(self.text)


def carries_meaning(text: str) -> bool:
    """Tell whether there is any token but plain text in it."""
    return _SCAN.search(text) is not None


def scan(text: str, start: int = 0) -> list[Token]:
    """Return the tokens of a text in order; together they are the whole of it.

    >>> [(t.kind, t.text) for t in scan("到2026年达到50%以上")]
    [('x', '到'), ('Y', '2026年'), ('x', '达到'), ('N', '50%'), ('a', '以上')]
    """
    made: list[Token] = []
    at = 0
    for found in _SCAN.finditer(text):
        made += _plain(text[at : found.start()], start + at)
        assert found.lastgroup is not None
        made.append(Token(found.lastgroup, found[0], start + found.start()))
        at = found.end()
    return made + _plain(text[at:], start + at)


_PLAIN = re.compile(f"[{STOPS}]|[^{STOPS}]+")


def _plain(text: str, start: int) -> list[Token]:
    return [
        Token(one[0] if one[0] in STOPS else PLAIN, one[0], start + one.start())
        for one in _PLAIN.finditer(text)
    ]


_QUANTITY = re.compile(r"(.*?)(%|‰|" + _UNIT + r")?")


def quantity(text: str) -> tuple[Fraction | None, str]:
    """Return the number and the unit of a token of kind N or C, as printed.

    >>> quantity("50%"), quantity("1.01"), quantity("两个")
    ((Fraction(50, 1), '%'), (Fraction(101, 100), ''), (Fraction(2, 1), '个'))
    """
    found = _QUANTITY.fullmatch(text)
    assert found is not None
    return numerals.number(found[1]), found[2] or ""
