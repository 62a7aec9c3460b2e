"""The fonts that a PDF takes its characters from: those of the office first, then Noto."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from gengdu.documents.looks import OFFICIAL, WORKING, Face, Look, Setting

# Where systems keep Noto CJK: Debian and Ubuntu, Fedora and openEuler, Arch, Alpine.
USUAL_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/noto"),
)


class NoChineseFont(LookupError):
    """No font with Chinese characters was found; the message says what to install."""


@dataclass(frozen=True)
class Fonts:
    """Fonts found once and used for many files.

    Attributes:
        loaded: As Typst holds them.
        families: Those of them that a look asks for.
    """

    loaded: typst.Fonts
    families: frozenset[str]

    def of(self, face: Face) -> list[str]:
        """Return the families for a kind of writing, the best first."""
        wanted = [*face.pdf, *_KNOWN]
        return list(dict.fromkeys(family for family in wanted if family in self.families))


def _settings(look: Look) -> list[Setting]:
    return [look.title, look.subtitle, look.text, *look.headings, look.table, look.table_head,
            look.foot]  # fmt: skip


_KNOWN = tuple(
    dict.fromkeys(
        family
        for look in (OFFICIAL, WORKING)
        for setting in _settings(look)
        for family in setting.face.pdf
    )
)


def load_fonts(office: Sequence[Path] = (), *, usual: Sequence[Path] = USUAL_FOLDERS) -> Fonts:
    """Return the Chinese fonts of this computer.

    Args:
        office: Folders with the office's own fonts, such as 仿宋_GB2312 and 方正小标宋简体.
        usual: Folders where Noto CJK may be.

    Raises:
        NoChineseFont: If none of the families that a look asks for is there.
    """
    folders = [folder for folder in (*office, *usual) if folder.is_dir()]
    loaded = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, folders)]
    )
    families = frozenset(loaded.families()) & frozenset(_KNOWN)
    if not families:
        looked = "、".join(str(folder) for folder in (*office, *usual))
        raise NoChineseFont(
            f"没有找到中文字体（找过：{looked}），无法生成 PDF。"
            "请安装 Noto CJK（Debian、Ubuntu：apt-get install fonts-noto-cjk），"
            "或把仿宋、黑体等字体文件放进设置的字体文件夹。"
        )
    return Fonts(loaded, families)
