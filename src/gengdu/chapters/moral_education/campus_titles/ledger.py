"""The ledger of campus titles, declared."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gengdu.chapters.moral_education.campus_titles.models import CampusTitle, Level, TitleKind
from gengdu.records import flows
from gengdu.registers import ledgers, populations

BY_KIND = {
    TitleKind.GREEN: ("campus_titles.green_share",),
    TitleKind.READING: ("campus_titles.reading_district_share",),
    TitleKind.CARING: ("campus_titles.caring_share",),
    TitleKind.CIVILITY: (),
}


def promises_of(title: CampusTitle) -> tuple[str, ...]:
    """Return the promises in which a title counts; some ask for a level."""
    found = BY_KIND[TitleKind(title.kind)]
    if title.kind == TitleKind.READING and title.level in (Level.PROVINCE, Level.CITY):
        return (*found, "campus_titles.reading_higher")
    if title.kind == TitleKind.CIVILITY and title.level == Level.PROVINCE:
        return ("campus_titles.civility_province",)
    return found


CAMPUS_TITLES = ledgers.of_schools(
    CampusTitle,
    ledgers.school(),
    ledgers.choice("kind", "类别", TitleKind, required=True, filtered=True,
                   synonyms=("称号", "称号类别", "校园类别"), example="书香校园"),
    ledgers.choice("level", "级别", Level, required=True, filtered=True, width=8,
                   synonyms=("称号级别", "授予级别"), example="区级"),
    ledgers.text("document_number", "文号", listed=True, width=18,
                 help="授予称号的文件字号；申报时还没有的，授予前补上"),
    *ledgers.period("授予日期", "有效期至", synonyms=("起始日期", "认定日期", "命名日期")),
    label=_("四个校园称号"),
    unit=_("项称号"),
    measure=2,
    keys=("school", "kind", "level", "starts_on"),
    called="{school} {level} {kind}",
    same=("school", "kind", "level"),
    flow=flows.WITH_NOTICE,
    noticed=lambda row: not row.document_number,
    granted=("document_number", "starts_on", "ends_on"),
    needed=("document_number",),
    fresh=("document_number",),
    promises_of=promises_of,
    promises=("campus_titles.green_share", "campus_titles.reading_district_share",
              "campus_titles.reading_higher", "campus_titles.caring_share",
              "campus_titles.civility_province"),
    evidence=_("申报表、自查报告、授予文件或证书"),
    coverage=populations.rural_schools(across="kind", by="level"),
    guide=_("学校申报、校长自查、分局审核、公示期满后授予；到期或撤销的不再计入。"),
)  # fmt: skip
