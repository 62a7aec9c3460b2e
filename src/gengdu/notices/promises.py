"""What kind of promise the words of a clause make, and how strictly: patterns without state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from gengdu.notices.deadlines import Time, YearKind
from gengdu.notices.quantities import Quantity
from gengdu.notices.sentences import Clause
from gengdu.notices.words import any_of


class Kind(StrEnum):
    """What a number of a notice is (style.md §6, and figures already reached)."""

    GOAL = "goal"
    CONDITION = "condition"
    RULE = "rule"
    THRESHOLD = "threshold"
    RATE = "rate"
    REFERENCE = "reference_period"
    PROGRESS = "progress"


@dataclass(frozen=True)
class Target:
    """One thing that a notice promises, or a number that it names beside its promises.

    Attributes:
        start, end: In the cleaned text.
        indicator: The words for what is measured.
        scope: Of whom or of where.
        doubt: Why somebody should look; empty where nothing is doubtful.
        due_words: What says by when, though it stand at the head of the sentence: 5年内.
    """

    start: int
    end: int
    indicator: str
    scope: str
    year: int | None
    year_kind: YearKind | None
    every: str
    comparison: str
    value: tuple[Fraction, ...]
    unit: str
    force: str
    kind: Kind
    doubt: str
    due_words: str = ""


# How strictly

LARGELY_DONE = (
    "实现|建成|建立|形成|完成|达到|普及|消除|覆盖|全覆盖|全面|全部|解决|满足|健全|完善|具备|同步|配齐|遏制|到位|稳定|改善|适应"
    "|确立|成型|定型|摸清|做到|杜绝|清零|无|持平|化解|补齐|构建|规范|一致|公开|办结"
)
"""Before which 基本 means largely; before a noun it only means basic, as in 基本办学条件."""
_FORCES = (
    ("strive", re.compile(r"争创|力争|争取|努力|争当|争做")),
    ("in_principle", re.compile(r"原则上|一般(?=不|应|要|每|达|为)")),
    ("largely", re.compile(rf"基本(?=(?:上)?(?:{LARGELY_DONE}))")),
    ("generally", re.compile(r"普遍")),
    ("support", re.compile(r"支持|鼓励|倡导|探索")),
)


def force_of(text: str) -> str:
    """Return how strictly a clause promises.

    >>> force_of("原则上达到50%以上"), force_of("基本实现全覆盖"), force_of("改善基本办学条件")
    ('in_principle', 'largely', 'must')
    """
    return next((force for force, words in _FORCES if words.search(text)), "must")


# A goal, a rate or a rule

_EACH_GETS = re.compile(
    r"每(?:[生人班校台户亩座处例次辆套]|名[一-鿿]{1,6})(?:每(?:年|月|天|学期|学年))?|户均|分别|给予|最高|一次性"
)
_SCORES = re.compile(
    r"(?:[得扣加减计记占]|不得|满分|最多[得扣加]|不超过)\d{1,3}(?:\.\d)?分(?!钟)|（\d{1,3}分）|分(?:以[上下]|至\d+分)?(?:为|的为)"
)
_SATISFIED = re.compile(
    r"(?:满意度|满意率|测评|评价|成绩)[^，；。]{0,10}(?:达到?|不低于|高于|以上|提[高升])(?!\d+分(?:的|得))"
)
_ALLOWS = re.compile(r"(?<!许)可(?:将|按照?|在|享受|申请|由)[^，；。]*$")
_AT_RATE = re.compile(
    r"按照?[^，；。]{0,24}标准(?:予以|给予|安排|发放|执行|支持|补助)|(?:扣除|补助|补贴|收费|资助|奖励)标准为"
    r"|按照?[^，；。]{0,24}%的?(?:标准|比例)?(?:发放|扣除|加计|抵免|补助|补贴|奖励|给予|上浮|计提)"
    r"|(?:奖励|扣缴|罚款|上浮|下浮)[^，；。]{0,8}\d|处[^，；。]{0,20}罚款"
    r"|(?:补助|补贴|奖补)(?:不超过|最高)|元[^，；。]{0,10}(?:发放|计发)"
)
_MUST_BE = re.compile(r"须[^，；。]{0,16}$")
_OF_AGE = frozenset({"周岁", "岁", "年"})
_LASTING = frozenset({"个月", "天", "日", "年", "个工作日", "工作日", "小时", "米"})
_SHORTENS = re.compile(r"压缩|缩短|压减|降[到至低]|减少")
_TERM = re.compile(
    r"期限|期不|时间(?:一般)?不|保存期|培训期|有效期|服务期|延长|公示|预收|时限|高度|间距|距离"
)
_PAYS = re.compile(
    r"给予[^，；。]{0,14}(?:补助|补贴|奖励|资助|奖补)|按[^，；。]{0,20}(?:给予|补助|补贴|奖励|奖补)"
    r"|一次性(?:奖励|补助|补贴)|最高(?:不超过|补助|奖励|补贴)[^，；。]{0,8}元"
)
_AMOUNT = re.compile(r"标准|补助|补贴|津贴|经费|奖励|奖补|罚款|资助")


def is_paid_to_each(clause: str, said: str) -> bool:
    """Tell whether a clause says how much each gets of what the sentence pays."""
    return _EACH_GETS.search(clause) is not None and _AMOUNT.search(said) is not None


_AT_LEAST = re.compile(r"不低于|不少于|至少|以上|(?:提高|提升|增加|上调|达)[到至]")


def compared(one: Quantity, clause: Clause, kind: Kind) -> str:
    """Return how a number compares; a rate is just what it says, unless a word says at least."""
    is_exact = kind == Kind.RATE and not _AT_LEAST.search(clause.text)
    return "equal" if is_exact and one.comparison == "at_least" else one.comparison


def kind_of(one: Quantity, clause: Clause, time: Time | None, *, is_due: bool) -> Kind:
    """Tell a goal from a rate, such as 补助标准每生每年300元, and from a rule such as 得3分.

    Args:
        one: The number.
        clause: Where it stands.
        time: When it is due.
        is_due: Whether the clause itself says so, not one before it.
    """
    says = _says(clause.text)
    is_score = one.unit == "分" or "scores" in says
    if is_score and "satisfied" not in says:
        return Kind.RULE
    before = clause.text[: one.start - clause.start][-LONGEST_BEFORE:]
    if _ALLOWS.search(before) or (one.unit in _OF_AGE and _MUST_BE.search(before)):
        return Kind.RULE
    if time is None and one.unit in _LASTING and "term" in says and "shortens" not in says:
        return Kind.RULE
    is_rated = one.unit.endswith(("元", "%"))
    if is_rated and not is_due and "at_rate" in says:
        return Kind.RATE
    if time is not None and time.kind != YearKind.RECURRING:
        return Kind.GOAL
    is_money = one.unit.endswith("元") and {"each_gets", "amount"} <= says
    return Kind.RATE if is_money or (is_rated and "pays" in says) else Kind.GOAL


LONGEST_BEFORE = 40
"""Characters before a number in which a permission or a duty is looked for."""
_SIGNS = {
    "scores": _SCORES, "satisfied": _SATISFIED, "term": _TERM, "shortens": _SHORTENS,
    "at_rate": _AT_RATE, "each_gets": _EACH_GETS, "amount": _AMOUNT, "pays": _PAYS,
}  # fmt: skip


@lru_cache(maxsize=4)
def _says(clause: str) -> frozenset[str]:
    """Return which signs a clause has; all of its numbers ask for them one after the other."""
    return frozenset(name for name, words in _SIGNS.items() if words.search(clause))


# Titles and what is dated without a number

TITLE = re.compile(
    r"(?:争创|争取创建|争当|争做|创建为|创建成为|创成|建成|创建|获评|争取入选|入选|通过|成功创建)[^，；。]{0,30}?"
    r"(?:国家级?|省级?|市级?|全国|全省|全市|示范|先进|优质均衡|普及普惠|文明)[^，；。]{0,30}?(?:校园|学校|县|市|区|乡镇|镇|单位|基地|试点|称号|园|校|工程|计划|成果|名校|认定|评估)"
)
TWO_TITLES = re.compile(
    r"(?<=[县市区镇乡村校园])[和及、](?=[^，；。、]{4,24}(?:县|市|区|镇|乡|村|学校|校园)$)"
)
STRIVE_TITLE = re.compile(r"(?<!力)争创|争取[^，；。]{0,10}入选|争当")
TOLD = frozenset({"by_year", "month", "since", "five_year_plan", "day_again"})
"""Rules of times that make whatever they head a promise."""
LASTS = re.compile(r"(?:年|个月|学年|学期)(?:之)?(?:内|以内)$")
ONLY_TIME = re.compile(r"（[\d年月日底前初末中上下旬起至到—\-－～~、，]+）")
ONLY_WHO = re.compile(
    r"(?:各[^，。；]{1,16}|[^，。；]{2,14}(?:单位|部门|学校|乡镇|局|委|厅))?(?:要|应|须|请|务必|一般)*(?:在|于)?"
)
"""What may stand beside a time that the next clause belongs to: 各单位要在每月20日前，."""
HANDS_IN = re.compile(
    r"报送|上报|报[一-鿿]{0,12}(?:局|室|部|办|委|组|股|科|中心)|制定|印发|出台|提交|反馈"
)
MUST_DO = re.compile(
    r"原则上(?:都|均|全部)?(?:应|须|要|必须)|(?:应当|必须|须)(?:全部|按|进行|参加|接受|到)"
)
BY_SOMEBODY = re.compile(r"^所需|经费由|由[^，；。]{2,30}(?:统筹|解决|承担|保障)")
ACHIEVED = re.compile(rf"(?:{any_of('thoroughly')})[^，；。]{{0,12}}|(?:{any_of('achieved')})")
NO_GOAL = re.compile(
    r"^(?:专栏|附?表|附?图|注)[\d一二三四五六七八九十：]|有效期|起施行|起实施|起执行|日起试行|印发之日|享受|免征|免缴|免收|减免|予以保留|无[^，。；]{0,8}(?:记录|事故|投诉)"
    r"|须(?:有|具备)|工作要?坚持|坚持以|(?:以下|如下|下列)目标|将至$|来临|临近$"
)
"""What a time beside it makes no promise: when a rule holds, what somebody is given."""
ONLY_SERVES = re.compile(
    r"^为[^，；。]{2,40}(?:提供|奠定|打下|作出|做出|贡献)|^(?:在[^，；。]{2,30})?给予[^，；。]{0,8}(?:扶持|支持|倾斜|照顾)|^(?:协助|配合)"
)
"""What a goal before it is good for, or who else helps: no promise of its own."""
NOTE = re.compile(r"[ 　]*(?:注|备注|说明)[:：]")
BEGINS_TASK = re.compile(
    r"\s*(?:要|应|须|确保|力争|争取|推进|加强|加快|完善|实施|深入|健全|落实|优化|强化|开展|推动|积极|切实|进一步)"
)
"""What no sentence that goes on about the past begins with."""
FROM_NOW = re.compile(r"^(?:今后|下一步|接下来|自此|此后)")
FOLLOWS_RULES = re.compile(r"^(?:严格)?(?:落实|执行|贯彻)[^，；。]*(?:要求|规定|精神|政策)$")
"""Keeping to what others laid down: 落实“两免一补”政策城乡全覆盖有关要求."""
IN_TITLE = re.compile(r"《[^》]*$")
NOW = re.compile(
    r"目前|现有(?![^，；。]*(?:控制|降|减|提高到|达到|消除|改造))|现已|近年来|近几年|[两三四五六七八九十\d]年来|(?:近|过去)(?:[两三四五]|\d{1,2})年(?!内)|多年来|已(?:达|建|有|完成|实现|经|累计)|累计(?:已|完成|建成)"
    r"|(?<![比较于地])(?:上年|去年)(?!度)|以来"
)
