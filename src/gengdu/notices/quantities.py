"""The numbers of a clause with how they compare; each form a named rule over its tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from gengdu.notices import numerals, tokens
from gengdu.notices.deadlines import SHORTENED
from gengdu.notices.sentences import Clause
from gengdu.notices.tokens import Token
from gengdu.notices.words import any_of


@dataclass(frozen=True)
class Quantity:
    """A number of a clause with how it compares.

    Attributes:
        rule: Which rule read it.
        value: As printed; a range has two.
        start, end: With its comparison.
        is_sure: Whether a comparison, a verb or the unit says that it is to be reached.
        describes: Whether it only describes something, such as 45周岁以下 of heads.
        is_assumed: Whether nothing says that it is the least: 合格率100%.
    """

    rule: str
    value: tuple[Fraction, ...]
    unit: str
    comparison: str
    start: int
    end: int
    is_sure: bool
    describes: bool = False
    is_assumed: bool = False


REACHING = re.compile(any_of("reaching"))
FALLING = re.compile(r"(?:降|减|压缩|控制|缩小)[至到低少轻为在][^，；。]{0,6}$")
_EACH = re.compile(
    r"(?:每|各)(?:[所个名人户家县镇乡村校园班区市位生处座台]|街道|半年"
    r"|[两二三四五六半\d]?个?(?:年|月|周|学期|学年|季度|天|日|旬))"
    r"[^，；。]{0,18}$|各(?:开展|组织|举办|召开|进行|安排)[一-鿿]{0,4}$"
)
_NUMBER_OF_THING = re.compile(
    r"(?:第|附件|附表|表|图|专栏|类|号|〔|\[|G|高质量|“|\"|\+|N|×|《[^》]{0,40})$"
)
_CODE_AFTER = re.compile(r"(?:来(?!自)|号|条|款|\+|×|[:：]\d|[〕\]年月日]|[A-Za-z])")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,20}$"), re.compile(r"[^“”\"]{1,16}[”\"]")
_COUNTING = re.compile(r"、\d")
_NO_UNIT_MEANING = frozenset(
    {"级", "类", "期", "届", "条", "篇", "年", "月", "天", "日", "小时", "分钟"}
)


def quantities(clause: Clause) -> list[Quantity]:
    """Return the numbers of a clause in order, with how they compare."""
    found = tokens.scan(clause.text, clause.start)
    made = []
    for place, token in enumerate(found):
        rule = QUANTITY_RULES.get(token.kind)
        if rule is not None and (quantity := rule(found, place, clause)) is not None:
            made.append(quantity)
    return made


def _around(clause: Clause, token: Token, width: int = 30) -> tuple[str, str]:
    at, end = token.start - clause.start, token.end - clause.start
    return clause.text[max(0, at - width) : at], clause.text[end : end + width]


def _comparison(found: Sequence[Token], place: int) -> tuple[str, int, int]:
    """Return what compares a number and how far it reaches: before it, after it, or nothing."""
    token = found[place]
    start, end, word = token.start, token.end, ""
    before = found[place - 1] if place else None
    if before is not None and before.kind == "x" and place > 1 and before.text.endswith("的"):
        before = found[place - 2]  # 不超过运行经费的30%
    if before is not None and before.kind in PREFIXES:
        word, start = PREFIXES[before.kind], before.start
    after = found[place + 1] if place + 1 < len(found) else None
    if after is not None and after.kind == "x" and len(after.text) <= 2 and place + 2 < len(found):
        after = found[place + 2] if found[place + 2].kind in SUFFIXES else after
    if after is not None and after.kind in SUFFIXES:
        suffix = SUFFIXES[after.kind]
        is_suffix = not word or "about" in (word, suffix)
        word, end = suffix if is_suffix else word, after.end
    return word, start, end


PREFIXES = {"d": "at_least", "e": "at_most", "f": "more_than", "g": "less_than", "h": "about"}
SUFFIXES = {"a": "at_least", "b": "at_most", "c": "about"}


def _number(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 达到95%以上, 不少于10所, 培训教师1000人次, 45周岁以下的校长."""
    token = found[place]
    value, unit = tokens.quantity(token.text)
    before, after = _around(clause, token)
    is_compared = _comparison(found, place)[0] or (not unit and _shared(found, place))
    is_counting = not unit and _COUNTING.match(after) and not is_compared
    is_code = _CODE_AFTER.match(after) or is_counting or _is_in_name(clause, token)
    if value is None or _NUMBER_OF_THING.search(before) or is_code or before.endswith("每"):
        return None
    if unit == "字" and before.rfind("（") > before.rfind("）"):
        return None  # how long a report may be
    word, start, end = _comparison(found, place)
    reaching = REACHING.search(before) is not None
    is_suffixed = end > token.end
    describes = _describes(clause, end, word, before, unit, is_suffixed=is_suffixed)
    if not unit and not word:
        word = _shared(found, place) or _of_coefficient(before)
        if not word:
            return None
    is_each = _EACH.search(before) is not None
    if unit in _NO_UNIT_MEANING and not word and not _counts_here(unit, before):
        return None
    if token.kind == "C" and after.startswith("级"):
        return None
    if token.kind == "C" and not _counts(value, word, before, unit):
        return None
    compared = word or ("at_most" if FALLING.search(before) else "at_least")
    is_sure = bool(word) or unit in ("%", "‰") or reaching or (is_each and unit not in ("年", "期"))
    is_assumed = not word and not reaching
    return Quantity("number", (value,), unit, compared, start, end, is_sure, describes, is_assumed)


def _is_in_name(clause: Clause, token: Token) -> bool:
    """Tell whether a number stands in a name between quotes: “制造业转型50人会”."""
    before, after = _around(clause, token)
    opened, closed = _QUOTED[0].search(before), _QUOTED[1].match(after)
    return opened is not None and closed is not None and not REACHING.search(opened[0])


_COUNTABLE = frozenset(
    {"所", "名", "人", "家", "间", "处", "节", "座", "套", "批", "件", "台", "场", "次", "届", "支",
     "条", "户", "人次", "万元", "亿元", "元", "个百分点", "册", "本", "盏", "亩", "公里", "米",
     "辆"}
)  # fmt: skip
"""What numbers in words count; 三个体系 and 四项机制 are ways of speaking."""
_ALL_OF = re.compile(r"[都均]要?(?:办好|建好|建成|建有|设立)$")
_LASTS_YEARS = re.compile(r"(?:年限|寿命|年龄)[^，；。]{0,4}(?:达到?|提高到|提高至)$")
_ROUND = re.compile(r"轮训|培训|普查|体检|修订|检查|评估")
_EACH_TIME = re.compile(r"每(?:天|日|周|学年|学期|年|月)[^，；。]{0,18}$")


def _counts_here(unit: str, before: str) -> bool:
    """Tell whether such a unit counts where a verb says so: 开通线路15条, 每天活动2小时."""
    if unit == "届":
        return _EACH.search(before) is not None
    if unit in ("条", "篇", "期"):
        return REACHING.search(before) is not None
    if unit == "年":
        return _LASTS_YEARS.search(before) is not None
    return unit in ("小时", "分钟") and _EACH_TIME.search(before) is not None


def _shared(found: Sequence[Token], place: int) -> str:
    """Return the comparison of its neighbour in a list: 小于0.50、0.45; 控制在0.40、0.35以内."""
    kind = found[place].kind
    if place >= 2 and found[place - 1].kind in "、和" and found[place - 2].kind == kind:
        return _comparison(found, place - 2)[0]
    is_first = place + 2 < len(found) and found[place + 1].kind == "、"
    return _comparison(found, place + 2)[0] if is_first and found[place + 2].kind == kind else ""


def _of_coefficient(before: str) -> str:
    """Return how a bare number compares that 系数提高到0.57 leads to; empty for others."""
    if re.search(r"(?:系数|指数)[^，；。]{0,6}(?:达到?|提高到|提升到|提高至|提升至)$", before):
        return "at_least"
    return ""


def _counts(value: Fraction, word: str, before: str, unit: str) -> bool:
    """Tell whether a number in words is one: 两个任期 and 一处 each are, 四个校园 is not."""
    if word:
        return True
    if _EACH.search(before) and unit not in ("年", "期"):
        return True
    if unit in ("遍", "轮"):
        return _ROUND.search(before) is not None
    if value >= 2 and unit in _COUNTABLE and REACHING.search(before[-16:]):
        return True
    if value == 1 and unit in ("所", "处", "个") and _ALL_OF.search(before):
        return True
    return value >= 2 and bool(
        re.search(r"(?:新建|建成|培育|打造|创建|评选|新增|改扩建)[^，；]{0,12}$", before)
    )


_AGE = re.compile(r"(?<!均)年龄")
_GETS = re.compile(
    r"接受|参加|安排|配[备置齐]|设[置立]|建[有设]|开[展设]|组织|保证|完成|落实|提供|给予|投入|不少于$"
)
_THING = re.compile(r"(?:的|[一-鿿（])")
_GOAL_AFTER = re.compile(r"的(?:标准|比例|速度|要求|规模|水平|经费|资金)")
LONGEST_NOUN = 14
_ENDS_IN_NOUN = re.compile(r"的[一-鿿]{2,12}$")
_WHO_MUST = re.compile(r"[^，；。]{1,12}的[^，；。]{0,14}(?:应|须|要|可以|可|全部|均|都|一律)")
_IS_CORRECTED = re.compile(r"的(?:，|责令|予以|给予|不得|取消|一律|限期|约谈|通报|实行|视为|扣)")
_COUNTED_BELOW = re.compile(r"[一-鿿]{2,10}\d")
_GOES_ON = re.compile(
    r"(?:的?(?:目标|水平|标准|要求|比例|左右|任务|速度|幅度)|以[上下内]|，|、|和|及|并|且|$)"
)


def _is_condition(clause: Clause, rest: str, unit: str, before: str) -> bool:
    """Tell whether a number only says whom a rule meets: 距学校超过3公里的, 年龄不超过65周岁."""
    if clause.text.endswith("的") and clause.mark in "，、；":
        return True
    is_for_some = clause.mark == "，" and clause.text.startswith("对")
    if is_for_some and _ENDS_IN_NOUN.search(clause.text[-LONGEST_NOUN:]):
        return True
    if clause.text.startswith("对") and rest.startswith("的") and not _GOAL_AFTER.match(rest):
        return True
    return unit in ("周岁", "岁") and _AGE.search(before) is not None


def _describes(
    clause: Clause, end: int, word: str, before: str, unit: str, *, is_suffixed: bool
) -> bool:
    """Tell whether a number only says which ones are meant: 45周岁以下乡村学校校长."""
    rest = clause.text[end - clause.start :]
    if _is_condition(clause, rest, unit, before):
        return True
    if not rest or _GOES_ON.match(rest) or not _THING.match(rest):
        return False
    if unit in ("周岁", "岁", "个任期", "年", "个月") and is_suffixed:
        return True
    if word and _IS_CORRECTED.match(rest):
        return True
    if word and rest.startswith("的") and unit not in ("%", "‰") and not _GOAL_AFTER.match(rest):
        return not (word == "at_least" and not is_suffixed and _GETS.search(before))
    if is_suffixed and (
        _WHO_MUST.match(rest) or (unit not in ("%", "‰") and _COUNTED_BELOW.match(rest))
    ):
        return True
    if unit in ("%", "‰") or not is_suffixed:
        return False
    return not REACHING.search(before[-14:]) or re.match(r"规模|以上", rest) is not None


_FROM_TO_UNIT = re.compile(
    r"(\d{1,6}(?:\.\d{1,4})?)(?:%|万?元)?[—\-－～~至到]{1,2}(\d{1,6}(?:\.\d{1,4})?)(.{0,6})"
)


def _range(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 3—5个, 30%～40%."""
    token = found[place]
    parts = re.fullmatch(
        r"(\d{1,6}(?:\.\d{1,4})?)(?:%|万?元)?[—\-－～~至到]{1,2}(\d{1,6}(?:\.\d{1,4})?)(.{0,6})",
        token.text,
    )
    before, _after = _around(clause, token)
    if parts is None or _NUMBER_OF_THING.search(before) or before.endswith("每"):
        return None
    values = (Fraction(parts[1]), Fraction(parts[2]))
    if values[0] >= values[1] or parts[3] in ("年", "岁", "周岁", "月", "日", "级", "类"):
        return None
    sure = REACHING.search(before) is not None or parts[3] == "%" or bool(_EACH.search(before))
    return Quantity("range", values, parts[3], "range", token.start, token.end, sure)


def _part(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 一半以上, 三分之二, 八成."""
    token = found[place]
    value = numerals.of_parts(token.text)
    if value is None:
        return None
    word, start, end = _comparison(found, place)
    before, _after = _around(clause, token)
    sure = bool(word) or REACHING.search(before) is not None
    return Quantity("part", (value,), "%", word or "at_least", start, end, sure)


def _doubling(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 翻一番 as twice as much."""
    token = found[place]
    times = {"一": 2, "两": 4, "二": 4}[token.text[1]]
    return Quantity("doubling", (Fraction(times),), "倍", "at_least", token.start, token.end, True)


_NOT_ALL_DO = re.compile(
    r"[的，、；。）]|学校|学生|教师|内容|过程|要素|力量|资金|费用|工作|环境|责任|人员|课程|方位"
)


def _complete(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 全覆盖, 应助尽助, 全部达到, 清零."""
    token = found[place]
    _before, after = _around(clause, token, 12)
    if token.text in ("清零", "零增长", "零发生"):
        return Quantity("none_left", (Fraction(0),), "", "at_most", token.start, token.end, True)
    if token.text == "全部" and (not after or _NOT_ALL_DO.match(after)):
        return None
    if token.text == "所有" and not _EVERY_ONE.search(clause.text):
        return None
    return Quantity("complete", (Fraction(100),), "%", "at_least", token.start, token.end, True)


_EVERY_ONE = re.compile(
    r"[均都]|全部|所有[^，；。]{1,20}(?:达标|达到|接入|纳入|配[备齐]|建成|完成|实现|开设|设立|具备)|(?:覆盖|惠及|普及)所有"
)
_GENERALLY = re.compile(
    r"(?:达到|建[立成设]|开展|推[广行]|实[施行现]|配备|开设|应用|设[立置]|形成|具备|落实)"
)


def _generally(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 普遍达到, 普遍建立."""
    token = found[place]
    _before, after = _around(clause, token, 8)
    if not _GENERALLY.match(after):
        return None
    return Quantity("generally", (Fraction(100),), "%", "at_least", token.start, token.end, True)


def _ratio(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 生师比控制在19:1以内 as 19 to 1; a time of day is none."""
    token = found[place]
    before, _after = _around(clause, token)
    left, right = map(Fraction, re.split("[:：∶]", token.text))
    if not _OF_RATIO.search(before) or not left or not right:
        return None
    value, unit = (right, "1:") if left == 1 and right != 1 else (left / right, ":1")
    word, start, end = _comparison(found, place)
    falling = "at_most" if FALLING.search(before) else "at_least"
    compared = word or _shared(found, place) or falling
    sure = bool(word) or REACHING.search(before) is not None
    return Quantity("number", (value,), unit, compared, start, end, sure, is_assumed=not sure)


_OF_RATIO = re.compile(r"比[^，；。]{0,20}$")


def _shortened(found: Sequence[Token], place: int, clause: Clause) -> Quantity | None:
    """Read 办理时限压缩至3个工作日以内, whose 3个工作日以内 is no deadline."""
    token = found[place]
    before, _after = _around(clause, token)
    parts = _SO_LONG.match(token.text)
    if not SHORTENED.search(before) or parts is None:
        return None
    value = numerals.number(parts[1])
    assert value is not None
    return Quantity("number", (value,), parts[2], "at_most", token.start, token.end, is_sure=True)


_SO_LONG = re.compile(rf"(\d{{1,2}}|[{numerals.CHARACTERS}]{{1,3}})(.*?)(?:之?内|以内)?$")
QUANTITY_RULES = {
    "N": _number, "C": _number, "G": _range, "Q": _part, "W": _doubling, "k": _complete,
    "m": _generally, "I": _shortened, "P": _ratio,
}  # fmt: skip


# Numbers that count together

_FROM_TO = re.compile(
    r"[从由][^，；。]{0,40}?(?:提高|提升|增加|扩大|下降|降低|减少|增长|升|降|压减|缩小|达)[到至]?"
)


def after_base(clause: Clause, every: list[Quantity]) -> list[Quantity]:
    """Return the numbers that 从38%提高到50% comes to, without those it comes from."""
    found = _FROM_TO.search(clause.text)
    if found is None:
        return every
    turn = clause.start + found.end()
    after = [one for one in every if one.end > turn]
    return after or every


_LISTED = re.compile(r"[^，；。（）]{0,30}?[、和及以][^，；。（）]{0,30}")


def beside(clause: Clause, every: Sequence[Quantity]) -> list[Quantity]:
    """Return numbers, those sure that stand in one list with a sure one and count in its unit.

    培养督导员50名、中级人才100名、从业人员3000名: the verb is near the first alone.
    """
    made = list(every)
    for left, right in [*pairwise(range(len(made))), *reversed([*pairwise(range(len(made)))])]:
        one, other = made[left], made[right]
        between = clause.text[one.end - clause.start : other.start - clause.start]
        if one.unit and one.unit == other.unit and _LISTED.fullmatch(between):
            is_sure = one.is_sure or other.is_sure
            # 小班25人、大班35人以内: what stands behind the last holds for all of them.
            is_last = one.is_assumed and not one.is_sure and not other.is_assumed
            comparison = other.comparison if is_last else one.comparison
            made[left] = replace(one, is_sure=is_sure, comparison=comparison)
            made[right] = replace(other, is_sure=is_sure)
    return made


def is_one(one: Quantity, clause: Clause) -> bool:
    """Tell whether a number is the 1 of 选派1名副校长, which counts nothing."""
    is_single = one.value == (Fraction(1),) and one.unit in ("名", "人", "位", "起", "例")
    return is_single and not re.search(r"[每各]|至少|不少于|1[名人]以上", clause.text)
