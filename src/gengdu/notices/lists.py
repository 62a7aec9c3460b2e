"""Tells the spaces that part the bodies of a list from those that a conversion left in a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gengdu.notices.names import is_body_by_ending

_SPACES = r"[ \u3000]+"
_LISTED = re.compile(
    r"(?:单位|部门|科室|处室|股室|站所|牵头|配合|责任|主体)[：:][^\n。]{2,400}"
    r"|(?<=[。；\n])[ \u3000]*[（(〔【\[［][^（）()〔〕【】\[\]［］\n。]{2,300}[）)〕】\]］]"
)
_GAP = re.compile(rf"(?<=[\u4e00-\u9fff）)]){_SPACES}(?=[\u4e00-\u9fff])")
_NEXT = re.compile(r"[^、，,；;：:（(〔【）)〕】\]］\n \u3000]*")
_LABEL = re.compile(
    r"(?:牵头|责任|配合|主办|协办|参与|完成|落实)(?:单位|部门|科室|处室|股室|人|领导|时限)$"
)
_MARKS = "、，,；;：:（(〔【[［"
LONGEST = 40


def partings(text: str) -> list[int]:
    """Return where a space parts two bodies: 督导室 信访科, but not 教育 文体局."""
    if " " not in text and "\u3000" not in text:
        return []
    return [at for listed in _LISTED.finditer(text) for at in _gaps(text, *listed.span())]


def _gaps(text: str, start: int, end: int) -> Iterator[int]:
    for gap in _GAP.finditer(text, start, end):
        left = text[max(start, gap.start() - LONGEST) : gap.start()]
        cut = max(left.rfind(mark) for mark in _MARKS)
        before = (
            re.sub(r"[ \u3000]", "", left[cut + 1 :])
            if text[gap.start() - 1] not in "）)"
            else "局"
        )
        found = _NEXT.match(text, gap.end(), end)
        after = found[0] if found is not None else ""
        follows = text[gap.end() + len(after) : gap.end() + len(after) + 1]
        is_label = _LABEL.search(after) is not None and follows in ("：", ":")
        are_bodies = is_body_by_ending(before) and is_body_by_ending(after)
        if is_label or (are_bodies and len(after) > 2):
            yield gap.start()
