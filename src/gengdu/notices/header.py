"""The head of a notice: its title, who issued it, its number and its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gengdu.notices import numerals
from gengdu.notices.names import Names
from gengdu.notices.outline import Line
from gengdu.notices.words import words

_NUMBER = re.compile(
    r"[一-鿿]{1,20}[〔\[（【﹝]\s?(?:19|20)\d\d\s?[〕\]）】﹞]\s?(?:第?\s?\d{1,5}\s?号|\d{1,5}号?)"
)
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_SPELLED_DAY = re.compile(
    r"([一二][〇零○Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_KIND = words("titles")
_ABOUT = re.compile(r"关于|印发")
_ORDER = re.compile(r"(?:(?![年月日])[一-鿿]){2,20}令第\d{1,4}号")
_SALUTATION = re.compile(r"[:：]$")
_NO_TITLE = re.compile(
    r"文件$|^(?:发布|来源|时间|字号|索引号|发文|成文|主题|信息|访问|浏览|各|附件|公开|有效|名称|生成|标题|分类|体裁|序号|关键词|组配)|[。；]|^[（(【\[]"
)
LONGEST = 120
LONGEST_NAME = 40


@dataclass(frozen=True)
class Header:
    """What stands above and below the text of a notice; empty or None where nothing does.

    Attributes:
        title: As printed, its lines put together.
        plan_title: Of the plan that the notice issues, where it is another one.
        issuer: From the title, else the body that signed.
    """

    title: str
    plan_title: str
    issuer: str
    doc_no: str
    issued: date | None

    @property
    def year(self) -> int | None:
        """The year that a title names as its own, such as 2023年工作要点; None where none."""
        for title in (self.plan_title, self.title):
            found = _OWN_YEAR.findall(title)
            if len(set(found)) == 1 and not _SPAN.search(title):
                return int(found[0])
        return None

    @property
    def span(self) -> tuple[int, int] | None:
        """The years that a title names as those of the plan: （2024—2026年）; None where none."""
        for title in (self.plan_title, self.title):
            if (found := _YEARS.search(title)) is not None:
                return int(found[1]), int(found[2])
        return None


_YEARS = re.compile(r"((?:19|20)\d\d)年?[—\-－～~至到]{1,2}((?:19|20)\d\d)")
_OWN_YEAR = re.compile(r"((?:19|20)\d\d)年度?(?!底|前|起|以来|[（）])")
_SPAN = re.compile(rf"{_YEARS.pattern}|[三五两]年行动")


def header(every: Sequence[Line], first_heading: int | None) -> Header:
    """Return the head of a notice.

    Args:
        every: Its lines.
        first_heading: Where its first numbered heading begins; None where there is none.
    """
    end = first_heading if first_heading is not None else 3_000
    top = [line for line in every if line.start < end][:60]
    titles = _titles(top)
    title = titles[0] if titles else ""
    plan = next((one for one in titles[1:] if "通知" not in one[-4:]), "")
    number = next((m for line in top if (m := _own_number(line.text))), None) or next(
        (m for line in top if (m := _ORDER.search(line.text))), None
    )
    doc_no = re.sub(r"\s", "", number[0]) if number else ""
    signed = _signature(every)
    return Header(title, plan, _issuer(title, every, signed), doc_no, _issued(every, top, signed))


def _own_number(text: str) -> re.Match[str] | None:
    """Return the number that a line gives a notice; one that a sentence refers to is another's."""
    day = _DAY.match(text)
    found = _NUMBER.search(text, day.end() if day else 0)
    is_cited = "。" in text or (found is not None and text[: found.start()].endswith("》（"))
    return None if is_cited else found


_ENDS_ANEW = re.compile(
    r"(?:（[^（）]{1,30}）)?》?(?:（试行）|（暂行）)?的(?:通知|意见|批复|函|通报|决定)$"
)
_YEARS_BELOW = re.compile(
    r"（(?:[^（）〔第]{0,6}(?:19|20)\d\d[^（）第号次]{0,20}|试行|暂行|草案|征求意见稿)）"
)
_SHORT_TITLE = re.compile(r".{0,4}(?:通知|通告|公告|通报|纪要)")


def _titles(top: Sequence[Line]) -> list[str]:
    """Return the titles among the first lines, each put together from the lines it stands on."""
    found: list[str] = []
    open_lines: list[str] = []
    every = [line.text.replace("　", "").replace(" ", "") for line in top]
    for text, following in zip(every, [*every[1:], ""], strict=False):
        if _NUMBER.fullmatch(text.strip("（）()")) or not text or _day_of(text):
            open_lines = []
            continue
        if _NO_TITLE.search(text) and not _is_going_on(text, open_lines):
            open_lines = []
            continue
        if _SALUTATION.search(text) or len(text) > LONGEST:
            open_lines = []
            continue
        open_lines.append(text)
        whole = "".join(open_lines[-4:])
        if _is_complete(text, following):
            found.append(_trimmed(open_lines))
            open_lines = []
        elif len(whole) > LONGEST:
            open_lines = []
    return [one for one in found if len(one) >= 6 or _SHORT_TITLE.fullmatch(one)]


def _is_going_on(text: str, open_lines: Sequence[str]) -> bool:
    """Tell whether a line in brackets ends the title above it: （2024—2026年）》的通知."""
    is_end = _ENDS_ANEW.fullmatch(text) or _YEARS_BELOW.fullmatch(text)
    return bool(open_lines) and is_end is not None


def _is_complete(text: str, following: str) -> bool:
    """Tell whether a line ends a title that the next one does not go on with."""
    if _ENDS_ANEW.fullmatch(following) or _YEARS_BELOW.fullmatch(following):
        return False
    return text.endswith(_KIND) or (
        re.search(
            r"(?:通知|意见|方案|规划|计划|办法|措施|要点|纪要|细则|清单|规定|纲要)（[^）]{1,30}）$",
            text,
        )
        is not None
        or _YEARS_BELOW.fullmatch(text) is not None
    )


def _trimmed(some: Sequence[str]) -> str:
    """Return the title on the last of some lines: from the line that names the issuer on."""
    for back in range(1, min(len(some), 5) + 1):
        whole = "".join(some[-back:])
        above = some[-back - 1] if len(some) > back else ""
        if _ABOUT.search(whole) and not _is_issuer(above):
            return whole
    return "".join(some[-4:])


def _is_issuer(text: str) -> bool:
    return len(text) <= LONGEST_NAME and Names().may_be_body(text)


_SIGNED_BESIDE = re.compile(
    r"^([^，。；：]{4,40}?)[　 ]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?$"
)


def _issuer(title: str, every: Sequence[Line], signed: int | None) -> str:
    """Return who issued a notice: from its title, else who signed it, several with 、 between."""
    named = re.match(r"(?!关于)(.{2,60}?)(?:关于|印发|转发|批转)", title)
    below = _signed_by(every, signed)
    if named is not None:
        above = _apart(named[1], every)
        is_place = above.endswith(_PLACES) and below.startswith(above)  # 云台区关于加快的意见
        return below if is_place else above
    return below


_PLACES = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡")


def _signed_by(every: Sequence[Line], signed: int | None) -> str:
    """Return who signed above the day, or beside it; empty where nobody did."""
    if signed:
        found: list[str] = []
        for line in reversed(every[max(0, signed - LONGEST_SIGNATURE) : signed]):
            names = [name for name in re.split(r"[　 ]+", line.text) if name]
            if not all(_is_issuer(name) for name in names):
                break
            found[:0] = names
        above = every[signed - 1].text
        if found or (len(above) <= LONGEST_NAME and not above.endswith(("。", "；"))):
            return "、".join(found) or above
    beside = (_SIGNED_BESIDE.match(line.text) for line in every)
    return next((one[1] for one in beside if one is not None and _is_issuer(one[1])), "")


LONGEST_SIGNATURE = 8
"""Lines that may sign above the day."""


def _apart(issuers: str, every: Sequence[Line]) -> str:
    """Return several issuers with 、 between them, as the lines of the title part them."""
    left, found = issuers, []
    for line in every[:40]:
        for part in re.split(r"[　 ]+", line.text):
            name = re.split("关于|印发|转发|批转", part)[0]
            if len(name) > 2 and left.startswith(name):
                found.append(name)
                left = left[len(name) :]
    return "、".join(found) if found and not left else issuers


_MADE = re.compile(r"(?:印发|发布|公布)$")


def _day_of(text: str) -> date | None:
    """Return the day that a line consists of."""
    bare = _MADE.sub("", re.sub(r"[\s　（）()]", "", text))
    if (found := _DAY.fullmatch(bare)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _SPELLED_DAY.fullmatch(bare)) is not None:
        year = numerals.whole(re.sub("[○Ｏ零]", "〇", found[1]))
        month, day = numerals.whole(found[2]), numerals.whole(found[3])
        return _date(year or 0, month or 0, day or 0)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _signature(every: Sequence[Line]) -> int | None:
    """Return which line is the day it was signed on."""
    return next((at for at, line in enumerate(every) if _day_of(line.text) is not None), None)


_PUBLISHED = re.compile(
    r"(?:成文|发文|印发|发布|公布|生成)(?:日期|时间)[】：: ]*"
    r"(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})"
)


_MADE_PUBLIC = re.compile(
    r"^（" + _DAY.pattern + r"[^（）]{0,80}(?:公布|通过|发布|印发|批准|修订|施行)"
)


_BESIDE = re.compile(_DAY.pattern + rf"(?:印发|发布)?(?:）?$| ?{_NUMBER.pattern}$)")


def _issued(every: Sequence[Line], top: Sequence[Line], signed: int | None) -> date | None:
    if signed is not None:
        return _day_of(every[signed].text)
    for line in (*top, *every[-40:]):
        if (made := _MADE_PUBLIC.search(line.text)) is not None:
            return _date(int(made[1]), int(made[2]), int(made[3]))
        if (found := _PUBLISHED.search(line.text)) is not None:
            return _date(int(found[1]), int(found[2]), int(found[3]))
        if (found := _BESIDE.search(line.text)) is not None:
            return _date(int(found[1]), int(found[2]), int(found[3]))
    return None
