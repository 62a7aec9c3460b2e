"""The ledger of national recognitions, declared."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.delivery.task_ledger.models import DistrictRecognition, RecognitionKind
from gengdu.registers import ledgers

BY_KIND = {
    RecognitionKind.QUALITY_BALANCE: ("goals.quality_balance_county",),
    RecognitionKind.UNIVERSAL_PRESCHOOL: ("goals.universal_preschool_county",),
}


def promises_of(row: DistrictRecognition) -> tuple[str, ...]:
    """Return the promise in which a recognition counts."""
    return BY_KIND[RecognitionKind(row.kind)]


RECOGNITIONS = ledgers.of_the_district(
    DistrictRecognition,
    ledgers.choice("kind", "类别", RecognitionKind, required=True, filtered=True, width=24),
    ledgers.text("document_number", "认定文号", 60, required=True, listed=True, width=20,
                 example="示例文号1号"),
    *ledgers.period("认定日期", "有效期至"),
    label=_("国家认定"),
    unit=_("项认定"),
    measure=20,
    name="kind",
    keys=("kind", "starts_on"),
    called="{kind} {document_number}",
    same=("kind",),
    replaces=True,
    fresh=("document_number",),
    promises=tuple(name for names in BY_KIND.values() for name in names),
    promises_of=promises_of,
    evidence=_("认定文件"),
    guide=_("国家认定本区为优质均衡县、普及普惠县的，按认定文件登记；过渡性放宽补足的期限从认定日期起算。"),
)  # fmt: skip
