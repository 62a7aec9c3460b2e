"""The register of places, declared: code, name, parent and urban-rural class, over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import areas, cells
from gengdu.records import sheets
from gengdu.records.queries import in_force
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.registers import scopes
from gengdu.registers.places.models import Place, PlaceKind, PlaceRecord
from gengdu.registers.places.published import short_name
from gengdu.registers.places.references import PlaceReference

ABOVE_VILLAGES = (PlaceKind.COUNTY, PlaceKind.STREET, PlaceKind.TOWN)


@dataclass(frozen=True)
class PlaceCode(cells.AreaCode):
    """An area code as places are kept: 6 digits for counties, 9 for towns, 12 for villages."""

    def _from_text(self, text: str) -> str:
        area = areas.area_of(super()._from_text(text))
        return area.village or area.town or area.county


COLUMNS = (
    Column("code", "区划代码", "record", "code", PlaceCode(), required=True, listed=True, width=14,
           synonyms=("统计用区划代码", "行政区划代码", "代码", "村居代码"),
           example="371072103201", help="县6位、镇街9位（或12位带零）、村居12位"),
    Column("name", "名称", "record", "name", cells.Text(60), required=True, listed=True, width=24,
           synonyms=("全称", "村居名称", "地名"), example="示例村村委会"),
    Column("short_name", "简称", "record", "short_name", cells.Text(60), listed=True, width=16,
           help="不填时由名称去掉“村委会”“居委会”得出"),
    Column("parent", "上级", "record", "parent", PlaceReference(ABOVE_VILLAGES), listed=True,
           filtered=True, width=16, synonyms=("所属镇街", "所属乡镇", "上级名称"),
           help="镇街或区县；不填时由代码认出"),
    Column("urban_rural_class", "城乡分类代码", "record", "urban_rural_class",
           cells.Code(areas.URBAN_RURAL_CLASSES, shows_code=True), listed=True, filtered=True,
           width=8, synonyms=("城乡分类",), help="3位代码，如 111 主城区、220 村庄"),
)  # fmt: skip


def resolve(rows: Rows) -> Iterator[Remark]:
    """Fill in the short name and the parent of a new place from its name and code."""
    known = PlaceRecord.objects.filter(in_force(rows.on))
    by_code = dict(known.values_list("code", "place_id"))
    parents, shorts = list(rows.get("parent")), list(rows.get("short_name"))
    names, before = rows.get("name"), rows.before("code")
    for place, code in enumerate(rows.get("code")):
        if code is None or before[place] is not None:
            continue
        if parents[place] is None:
            parents[place] = by_code.get(code[:-3])
            if parents[place] is None and len(code) > 6:
                yield Remark(place, "parent", f"底册里没有代码为 {code[:-3]} 的上级，请先登记上级")
        if shorts[place] is None and names[place] is not None:
            shorts[place] = short_name(names[place])
    rows.columns.update({"parent": parents, "short_name": shorts})


def _kind(row: Mapping[str, Any]) -> dict[str, Any]:
    code = str(row["code"])
    if len(code) == 6:
        return {"kind": PlaceKind.COUNTY}
    if len(code) == 12:
        return {"kind": PlaceKind.VILLAGE}
    is_street = areas.town_kind(code) == "街道"
    return {"kind": PlaceKind.STREET if is_street else PlaceKind.TOWN}


PLACES = sheets.declare(
    Register(
        key="places",
        label=_("镇街村居"),
        unit=_("个地点"),
        identity=Place,
        parts=(Part("record", PlaceRecord, _("地点沿革"), "place", needs="code"),),
        columns=COLUMNS,
        keys=(("code",),),
        view="view_registers",
        edit="edit_bodies",
        order=("code",),
        search=("name", "short_name", "code"),
        scope=scopes.everything,
        name="name",
        resolve=resolve,
        described=_kind,
    )
)
