"""What is filled in for schools from other words, and what is held against the registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gengdu.kernel import areas, cells
from gengdu.records.queries import in_force
from gengdu.records.sheets import Remark, Rows
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.schools import cells as own
from gengdu.registers.schools.models import SchoolProfile, Sponsor, Stage

MAIN_CAMPUS = "本部"
USUAL_SYSTEM = "five_four"
STAGES_OF = {
    "kindergarten": ("preschool",),
    "primary": ("primary",),
    "junior": ("junior",),
    "nine_year": ("primary", "junior"),
    "twelve_year": ("primary", "junior"),
    "complete_secondary": ("junior",),
    "teaching_point": ("primary",),
    "special": ("primary", "junior"),
}
"""The stages that a kind of school teaches, as far as the registers go."""

_AND = re.compile(r"[、,，;；/+和及\s]+")


def resolve(rows: Rows) -> Iterator[Remark]:
    """Fill in what a new school has and the file does not say."""
    yield from _village_of_address(rows)
    yield from _usual_values(rows)
    _sponsor(rows)
    is_new = [name is None for name in rows.before("name")]
    campuses = [MAIN_CAMPUS if new else None for new in is_new]
    rows.columns["campus_name"] = campuses
    yield from _stages(rows, is_new)


def _village_of_address(rows: Rows) -> Iterator[Remark]:
    """Find the village of a new school in its address, where the address names just one."""
    villages, addresses = list(rows.get("village")), rows.get("address")
    before = rows.before("village")
    names = dict(
        PlaceRecord.objects.filter(
            in_force(rows.on), place__kind=PlaceKind.VILLAGE
        ).values_list("place_id", "short_name")
    )  # fmt: skip
    for place, address in enumerate(addresses):
        if address is None or villages[place] is not None or before[place] is not None:
            continue
        found = [village for village, name in names.items() if name and name in address]
        if len(found) == 1:
            villages[place] = found[0]
            message = f"由地址认出在{names[found[0]]}，请核对"
            yield Remark(place, "village", message, False)
    rows.columns["village"] = villages


def _usual_values(rows: Rows) -> Iterator[Remark]:
    for key, value, message in (
        ("school_system", USUAL_SYSTEM, "没有填学制，按本区通行的五四学制登记，请核对"),
        ("in_plan", False, "没有填是否列入乡村学校名单，按“否”登记，请核对"),
    ):
        given, before = list(rows.get(key)), rows.before("name")
        for place, said in enumerate(given):
            if said is None and before[place] is None:
                given[place] = value
                yield Remark(place, key, message, False)
        rows.columns[key] = given


def _sponsor(rows: Rows) -> None:
    """Fill in one of 办学性质 and 举办者类型 from the other where a file has only one."""
    public, sponsors = list(rows.get("is_public")), list(rows.get("sponsor"))
    known_public, known_sponsors = rows.before("is_public"), rows.before("sponsor")
    for place, (is_public, sponsor) in enumerate(zip(public, sponsors, strict=True)):
        if sponsor is not None and is_public is None:
            public[place] = sponsor != Sponsor.PRIVATE
        elif is_public is False and sponsor is None and known_public[place] is not False:
            sponsors[place] = Sponsor.PRIVATE.value
        elif is_public and sponsor is None and known_sponsors[place] == Sponsor.PRIVATE:
            sponsors[place] = Sponsor.COUNTY_EDUCATION.value
    rows.columns.update({"is_public": public, "sponsor": sponsors})


def _stages(rows: Rows, is_new: list[bool]) -> Iterator[Remark]:
    """Add the stages that are named, else those of the kind of school where that is new."""
    taught: dict[str, list[str | None]] = {key: [None] * rows.count for key in Stage.values}
    held = {key: rows.before(f"teaches_{key}") for key in Stage.values}
    categories, before = rows.get("category"), rows.before("category")
    for place, text in enumerate(rows.get("stages")):
        wanted: tuple[str, ...] = ()
        if text is not None:
            try:
                wanted = read_stages(text)
            except cells.BadCell as bad:
                yield Remark(place, "stages", str(bad))
        elif is_new[place] or categories[place] not in (None, before[place]):
            wanted = STAGES_OF.get(categories[place], ())
        for stage in wanted:
            taught[stage][place] = stage
        gone = [stage for stage in Stage.values if wanted and held[stage][place]]
        if set(gone) - set(wanted):
            labels = "、".join(str(Stage(stage).label) for stage in gone if stage not in wanted)
            message = f"底册里还办{labels}，不会因为这一行停办；停办请在“学校变动”里办理"
            yield Remark(place, "stages", message, False)
    rows.columns.update({f"teaches_{key}": values for key, values in taught.items()})


def read_stages(text: str) -> tuple[str, ...]:
    """Return the stages that a text names.

    Raises:
        cells.BadCell: If it names something else.

    >>> read_stages("小学、初中"), read_stages("幼儿园")
    (('primary', 'junior'), ('preschool',))
    """
    known = cells.Code(
        {value: str(label) for value, label in Stage.choices},
        synonyms={"幼儿园": "preschool", "学前教育": "preschool", "初级中学": "junior"},
    )
    found = (known.parse(word) for word in _AND.split(text) if word)
    return tuple(stage for stage in found if stage is not None)


def no_former_names(rows: Rows) -> Iterator[Remark]:
    """Refuse a name that the school gave up: an old list would rename it back."""
    before = rows.before("name")
    given = {
        name
        for name, was in zip(rows.get("name"), before, strict=True)
        if name is not None and was is not None and name != was
    }
    former = set(
        SchoolProfile.objects.filter(superseded_at=None, name__in=given, ends_on__lte=rows.on)
        .values_list("name", flat=True)
    )  # fmt: skip
    for place, name in enumerate(rows.get("name")):
        if name in former and name != before[place]:
            message = f"是以前的校名，现名“{before[place]}”，请改填现名；确要更名请办理学校变动"
            yield Remark(place, "name", message)


def credit_codes(rows: Rows) -> Iterator[Remark]:
    """Warn of a credit code whose check character is not the computed one."""
    kind = cells.Uscc()
    for place, code in enumerate(rows.get("social_credit_code")):
        if code is not None and (warning := kind.warning(code)):
            yield Remark(place, "social_credit_code", warning, False)


def held_against_the_registers(rows: Rows) -> Iterator[Remark]:
    """Warn where a list says otherwise than the registers do; what they compute is not stored."""
    yield from _own_county(rows)
    yield from _zones(rows)
    names, identifiers = rows.known("name"), rows.known("identifier")
    for key, unit, found in (
        ("pupils", "人", own.pupils),
        ("teachers", "人", own.teachers),
        ("head", "", own.heads),
    ):
        given = rows.get(key)
        if not any(value is not None for value in given):
            continue
        known = found(rows.on)
        for place, value in enumerate(given):
            recorded = known.get((names[place], identifiers[place] or ""))
            if value is not None and recorded and str(value) != recorded:
                yield Remark(place, key, f"底册里是 {recorded}{unit}，这一项不写入，请核对", False)


def _own_county(rows: Rows) -> Iterator[Remark]:
    given = rows.get("county_code")
    if not any(given):
        return
    county = own.own_county(rows.on)
    for place, code in enumerate(given):
        if code is not None and county and areas.area_of(code).county != county["code"]:
            message = f"不是本区县（{county['code']} {county['name']}）的，请从文件中删去"
            yield Remark(place, "county_code", message)


def _zones(rows: Rows) -> Iterator[Remark]:
    given = rows.get("zone")
    if not any(given):
        return
    for place, recorded in enumerate(rows.known("urban_rural_class")):
        zone = areas.zone_of(recorded or "")
        if given[place] is not None and zone is not None and given[place] != zone:
            message = f"底册里的城乡分类代码 {recorded} 属于{zone}，这一项不写入，请核对"
            yield Remark(place, "zone", message, False)


def sponsor_and_ownership(rows: Rows) -> Iterator[Remark]:
    """Warn where a public school is said to be run privately, or the other way round."""
    sponsors: list[Any] = rows.known("sponsor")
    for place, is_public in enumerate(rows.known("is_public")):
        sponsor = sponsors[place]
        if None not in (is_public, sponsor) and is_public == (sponsor == Sponsor.PRIVATE):
            yield Remark(place, "sponsor", "办学性质与举办者类型不一致，请核对", False)
