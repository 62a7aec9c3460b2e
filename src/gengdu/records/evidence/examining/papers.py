"""PDFs: opened by pdfium, drawn as pictures page by page; nothing in them is ever run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from gengdu.documents.limits import Refused
from gengdu.records.evidence.examining.pictures import THUMBNAIL_QUALITY, THUMBNAIL_SIDE

PAGE_WIDTH = 1240
MOST_PIXELS = 6_000_000
MOST_PAGES = 2_000
SPOILT = "PDF 已损坏或不完整，打不开；请重新扫描或另存为 PDF 后上传。"
LOCKED = "PDF 设有打开密码，别人看不到内容；请取消密码，另存后重新上传。"
_PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|msi|lnk|jar|docm|xlsm|html?|svg)$",
    re.IGNORECASE,
)


def look(source: Path, thumbnail: Path) -> int:
    """Write a small picture of the first page, and return how many pages there are.

    Raises:
        Refused: If it cannot be opened, is locked, or carries a program.
    """
    with _opened(source) as document:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise Refused(
                f"PDF 有 {count} 页，最多 {MOST_PAGES} 页；请分成几个文件上传。"
                if count
                else SPOILT
            )
        _refuse_programs(document)
        drawn = _drawn(document, 0, THUMBNAIL_SIDE)
    drawn.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    drawn.save(thumbnail, "JPEG", quality=THUMBNAIL_QUALITY, optimize=True)
    return count


def draw(source: Path, folder: Path, pages: range) -> list[int]:
    """Draw some pages, counted from 1, as page-N.png; return those that there are."""
    with _opened(source) as document:
        there = [number for number in pages if 1 <= number <= len(document)]
        for number in there:
            drawn = _drawn(document, number - 1, PAGE_WIDTH)
            drawn.save(folder / f"page-{number}.png", "PNG", optimize=False)
    return there


@contextmanager
def _opened(source: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Refused(LOCKED if is_locked else SPOILT) from None
    with closing(document):
        yield document


def _drawn(document: pypdfium2.PdfDocument, index: int, width: int) -> Image.Image:
    """Draw one page as wide as asked for, and no larger than a screen can show."""
    try:
        page = document[index]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise Refused(SPOILT)
        scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
        drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError:
        raise Refused(SPOILT) from None
    return drawn.convert("RGB")


def _refuse_programs(document: pypdfium2.PdfDocument) -> None:
    for number in range(document.count_attachments()):
        if _PROGRAMS.search(document.get_attachment(number).get_name()):
            raise Refused(
                "PDF 里夹带了程序或网页附件，没有接收；请用打印的方式另存为不带附件的 PDF 再上传。"
            )
