"""The registers of bodies, declared: names, other names, and who answers for a body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.queries import in_force, known_rows
from gengdu.records.references import NamedCell
from gengdu.records.sheets import Column, Part, Register, Remark, Rows
from gengdu.registers import columns, scopes
from gengdu.registers.bodies.models import Body, BodyAlias, BodyName, BodyOfficer, OfficerDuty

DUTIES = {value: str(label) for value, label in OfficerDuty.choices}


@dataclass(frozen=True)
class BodyReference:
    """Reads and writes bodies by name, by another name or by the key of the plan, as on a day."""

    def on(self, day: date, known: date | None = None) -> NamedCell:
        """Return the kind of cell for a day, by what is known, or was on another."""
        aliases: dict[int, list[str]] = {}
        for body, alias in BodyAlias.objects.filter(known_rows(known)).values_list(
            "body_id", "alias"
        ):
            aliases.setdefault(body, []).append(alias)
        rows = BodyName.objects.filter(in_force(day, known)).values_list(
            "body_id", "name", "body__key"
        )
        return NamedCell.of(
            "责任单位",
            "请核对名称；新单位请先登记",
            ((body, name, (name, key, *aliases.get(body, ()))) for body, name, key in rows),
        )


def _new_bodies(rows: Rows) -> Iterator[Remark]:
    """Say that a name nobody goes by makes a new body, and refuse what is only another name."""
    aliases = dict(
        BodyAlias.objects.filter(superseded_at=None, alias__in=filter(None, rows.get("name")))
        .values_list("alias", "body__key")
    )  # fmt: skip
    before = rows.before("name")
    for place, name in enumerate(rows.get("name")):
        if name is None or before[place] is not None:
            continue
        if name in aliases:
            yield Remark(place, "name", "是已登记单位的别称，不能再登记为另一个单位")
        else:
            message = "底册里没有这个单位，将新登记一个；如是改名，请同时填单位标识"
            yield Remark(place, "name", message, False)


BODIES = sheets.declare(
    Register(
        key="bodies",
        label=_("责任单位"),
        unit=_("个单位"),
        identity=Body,
        parts=(Part("name", BodyName, _("单位名称"), "body", needs="name"),),
        columns=(
            Column("name", "单位名称", "name", "name", cells.Text(60), required=True, listed=True,
                   width=24, synonyms=("名称", "责任单位", "单位"), example="示例局"),
            Column("code", "单位标识", sheets.IDENTITY, "key", cells.Text(60), width=20,
                   help="方案里的标识，新登记的留空；改名时凭它认出是哪个单位"),
        ),
        keys=(("code",), ("name",)),
        view="view_registers",
        edit="edit_bodies",
        order=("name",),
        search=("name",),
        scope=scopes.everything,
        name="name",
        rules=(_new_bodies,),
        code=lambda number: {"key": f"body{number}"},
    )
)  # fmt: skip

BODY_ALIASES = sheets.declare(
    Register(
        key="body_aliases",
        label=_("单位别称"),
        unit=_("个别称"),
        identity=None,
        parts=(Part("alias", BodyAlias, _("单位别称")),),
        columns=(
            Column("body", "单位名称", "alias", "body", BodyReference(), required=True, listed=True,
                   filtered=True, width=24, synonyms=("单位", "责任单位")),
            Column("alias", "别称", "alias", "alias", cells.Text(60), required=True, listed=True,
                   width=24, synonyms=("简称", "曾用名"), help="文件里对这个单位的另一种写法"),
        ),
        keys=(("body", "alias"),),
        view="view_registers",
        edit="edit_bodies",
        order=("body", "alias"),
        search=("alias",),
        scope=scopes.everything,
        name="alias",
    )
)  # fmt: skip

BODY_OFFICERS = sheets.declare(
    Register(
        key="body_officers",
        label=_("单位联系人"),
        unit=_("名联系人"),
        identity=None,
        parts=(Part("officer", BodyOfficer, _("单位联系人")),),
        columns=(
            Column("body", "单位名称", "officer", "body", BodyReference(), required=True,
                   listed=True, filtered=True, width=24, synonyms=("单位", "责任单位")),
            Column("duty", "职责", "officer", "duty", cells.Code(DUTIES), required=True,
                   listed=True, filtered=True, width=10, example="联络员"),
            Column("name", "姓名", "officer", "name", cells.Text(40), required=True, listed=True,
                   width=10, example="示例王同志"),
            columns.text("post", "职务", "officer", length=60, listed=True, width=16),
            Column("phone", "联系电话", "officer", "phone", cells.Phone(), masking="phone",
                   listed=True, width=14, synonyms=("电话", "手机号", "手机")),
        ),
        keys=(("body", "duty", "name"),),
        view="view_registers",
        edit="edit_bodies",
        order=("body", "duty", "name"),
        search=("name", "phone"),
        scope=scopes.everything,
        name="name",
    )
)  # fmt: skip
