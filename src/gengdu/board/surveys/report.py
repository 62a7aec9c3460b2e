"""The result of a survey as a Word document: what proves the entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from gengdu.analytics.surveys.estimating import Estimate
from gengdu.board.surveys.results import Part, Result
from gengdu.documents import blocks
from gengdu.documents.word import write_word


def percent(value: float | None) -> str:
    """Return a share as people read it; a dash where there is none.

    >>> percent(0.8768), percent(1.0), percent(None)
    ('87.7%', '100.0%', '—')
    """
    return "—" if value is None else f"{100 * value:.1f}%"


def interval(found: Estimate) -> str:
    """Return the interval of a share as people read it."""
    return f"{percent(found.low)}～{percent(found.high)}"


def write(target: Path | BinaryIO, found: Result, *, on: date, at: datetime) -> None:
    """Write the report of a result."""
    document = blocks.Document(
        title=_("%(title)s 结果报告") % {"title": found.survey.title},
        blocks=tuple(_blocks(found, on)),
    )
    write_word(target, document, at=at)


def _blocks(found: Result, on: date) -> Iterator[blocks.Block]:
    survey, whole = found.survey, found.whole
    days = {"opens": survey.opens_on, "closes": survey.closes_on, "on": on}
    yield blocks.Paragraph(
        _("调查时间 %(opens)s 至 %(closes)s；本报告于 %(on)s 由系统按答卷算出。问卷为自拟，"
          "答卷不记姓名，不与个人相连。") % days
    )  # fmt: skip
    yield blocks.Heading(1, _("总体结果"))
    if whole.found is None:
        yield blocks.Paragraph(_("答卷太少，不显示结果。"))
        return
    yield blocks.Paragraph(_told(found, whole.found))
    for _key, label, parts in found.by:
        yield blocks.Heading(1, label)
        yield _table(label, parts, found.limit)
    for question in found.questions:
        if question.options:
            yield blocks.Heading(2, question.question.wording)
            yield blocks.Table(
                columns=(blocks.Column(_("选项"), 3), blocks.Column(_("加权占比"), 1, "right"),
                         blocks.Column(_("区间"), 2, "right")),
                rows=tuple((one.label, percent(one.found.value), interval(one.found))
                           for one in question.options),
            )  # fmt: skip


def _told(found: Result, whole: Estimate) -> str:
    survey = found.survey
    said = _(
        "发出 %(sent)s 份，收回有效答卷 %(answered)s 份，其中总体满意 %(satisfied)s 份。按各层总数"
        "加权，满意率 %(value)s（%(confidence)s 置信区间 %(interval)s）；不加权 %(plain)s。"
    ) % {
        "sent": found.whole.sent, "answered": whole.answered, "satisfied": whole.counted,
        "value": percent(whole.value), "confidence": f"{100 * survey.confidence:g}%",
        "interval": interval(whole), "plain": percent(whole.unweighted),
    }  # fmt: skip
    said += _(
        "分层抽样，层内未答视同已答（事后分层），有限总体校正；"
        "区间按有效样本量（以答卷数为限）的 Wilson 法。"
    )
    if found.line is not None:
        said += _("标准 %(line)s：%(verdict)s。") % {
            "line": percent(found.line), "verdict": found.verdict,
        }  # fmt: skip
    if whole.uncovered:
        said += _("有 %(count)s 户（人）所在的对象无人作答，不在估计之内。") % {
            "count": whole.uncovered
        }
    return said


def _table(label: str, parts: tuple[Part, ...], limit: int) -> blocks.Table:
    right: blocks.Alignment = "right"
    return blocks.Table(
        columns=(blocks.Column(label, 4), blocks.Column(_("发出"), 1, right),
                 blocks.Column(_("收回"), 1, right), blocks.Column(_("满意率"), 1, right),
                 blocks.Column(_("区间"), 2, right)),
        rows=tuple(_row(part, limit) for part in parts),
    )  # fmt: skip


def _row(part: Part, limit: int) -> tuple[str, ...]:
    if part.found is None:
        few = _("不显示（不足 %(limit)s 份）") % {"limit": limit}
        return part.label, str(part.sent), few if part.answered is None else "0", "—", "—"
    found = part.found
    return (part.label, str(part.sent), str(found.answered), percent(found.value), interval(found))
