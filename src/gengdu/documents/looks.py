"""How a page looks: margins, fonts and sizes, by GB/T 9704-2012 or as a working paper.

What GB/T 9704-2012 is quoted for below was read in stored copies of third parties, not in the
standard itself; what it does not say, or no copy was found of, is called a choice.
"""

from __future__ import annotations

from dataclasses import dataclass

A4_MM = (210, 297)


@dataclass(frozen=True)
class Face:
    """One kind of writing.

    Attributes:
        word: Name of its font as offices in China have it; Word looks for it by this name.
        instead: The font that stands in where an office does not have the first.
        pdf: Families a PDF takes, the first that is there.
        is_bold_in_pdf: Whether a PDF sets it bold, where its font has a bold cut, as Noto has.
    """

    word: str
    instead: str
    pdf: tuple[str, ...]
    is_bold_in_pdf: bool = False


@dataclass(frozen=True)
class Setting:
    """How one kind of line is set.

    Attributes:
        face: Its writing.
        points: Its size.
        line_points: From line to line.
        closer_points: By how much characters stand closer than their size.
    """

    face: Face
    points: float
    line_points: float
    closer_points: float = 0


@dataclass(frozen=True)
class Look:
    """How all lines of a page are set, and where.

    Attributes:
        margins_mm: Top, binding side, bottom, outer side.
        title: The heading of the whole.
        subtitle: The line under it.
        text: Running text.
        headings: The four levels.
        table: What stands in tables, and notes.
        table_head: Header rows, names of facts and titles of tables.
        foot: Page numbers and what stands beside them.
        is_official: Whether pages are bound and printed on both sides, and numbered — 1 — at the
            outer edge; else each page says 第 1 页 共 3 页, whose it is and of which day.
    """

    margins_mm: tuple[float, float, float, float]
    title: Setting
    subtitle: Setting
    text: Setting
    headings: tuple[Setting, Setting, Setting, Setting]
    table: Setting
    table_head: Setting
    foot: Setting
    is_official: bool


_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"

# Families by the names that font files give themselves, English or Chinese.
XIAO_BIAO_SONG = Face(
    "方正小标宋简体", "宋体",
    ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", _SERIF),
    is_bold_in_pdf=True,
)  # fmt: skip
FANG_SONG = Face(
    "仿宋_GB2312", "仿宋",
    ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", _SERIF),
)  # fmt: skip
KAI_TI = Face(
    "楷体_GB2312", "楷体",
    ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", _SERIF),
    is_bold_in_pdf=True,
)  # fmt: skip
HEI_TI = Face("黑体", "微软雅黑", ("SimHei", "黑体", _SANS, _SERIF))
SONG_TI = Face("宋体", "新宋体", ("SimSun", "宋体", _SERIF))
HEADLINE = Face("黑体", "微软雅黑", ("SimHei", "黑体", _SANS, _SERIF), is_bold_in_pdf=True)

LATIN = "Times New Roman"  # a choice, as offices do; the standard names no font for digits in text

OFFICIAL_LINE = 28.95  # 225 mm on 22 lines are 28.99 points; a little lower fits for certain
CLOSER = 0.25  # 28 characters of 16 points are wider than 156 mm

# Source: GB/T 9704-2012. Margins from 5.2.1 (天头 37, 订口 28, 版心 156×225), text 3号仿宋 and 22
# lines of 28 characters from 5.2.2 and 5.2.3, title 2号小标宋 from 7.3.1, headings 黑体、楷体、仿宋
# from 7.3.3, page number 4号半角宋体 from 7.5. Choices: the title's pitch of 35 points and a
# subtitle in 楷体 3号, as offices do; tables in 小四仿宋, of which chapter 8 rules only printing
# across; characters set closer, not on a grid, which LibreOffice spreads over fewer a line.
OFFICIAL = Look(
    margins_mm=(37, 28, 35, 26),
    title=Setting(XIAO_BIAO_SONG, 22, 35),
    subtitle=Setting(KAI_TI, 16, OFFICIAL_LINE),
    text=Setting(FANG_SONG, 16, OFFICIAL_LINE, CLOSER),
    headings=(
        Setting(HEI_TI, 16, OFFICIAL_LINE, CLOSER),
        Setting(KAI_TI, 16, OFFICIAL_LINE, CLOSER),
        Setting(FANG_SONG, 16, OFFICIAL_LINE, CLOSER),
        Setting(FANG_SONG, 16, OFFICIAL_LINE, CLOSER),
    ),
    table=Setting(FANG_SONG, 12, 18),
    table_head=Setting(HEI_TI, 12, 18),
    foot=Setting(SONG_TI, 14, 16),
    is_official=True,
)

# A choice throughout: lists and records as they are printed to be looked through, not issued.
WORKING = Look(
    margins_mm=(22, 20, 20, 18),
    title=Setting(HEADLINE, 18, 26),
    subtitle=Setting(SONG_TI, 10.5, 17),
    text=Setting(SONG_TI, 10.5, 17),
    headings=(
        Setting(HEADLINE, 13, 20),
        Setting(HEADLINE, 11.5, 18),
        Setting(HEADLINE, 10.5, 17),
        Setting(SONG_TI, 10.5, 17),
    ),
    table=Setting(SONG_TI, 9.5, 14),
    table_head=Setting(HEI_TI, 9.5, 14),
    foot=Setting(SONG_TI, 9, 11),
    is_official=False,
)
