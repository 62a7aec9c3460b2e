"""Which teachers of a school fit an action that moves some, and which of them must stay.

They are told from the registers as the evaluation counts them, with the reason of each place in the
list. Nobody is chosen: people talk with people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.analytics.foreseen import RETIREMENT, ages_on, retires_on
from gengdu.analytics.quality_balance.verdict import NAMES_ZH
from gengdu.analytics.run import Moment
from gengdu.board import names
from gengdu.board.drill import readable
from gengdu.board.school_resources import records
from gengdu.board.school_resources.records import COUNTS_BY
from gengdu.kernel.dates import years_before
from gengdu.policy import facts
from gengdu.records.queries import in_force, known_rows
from gengdu.registers.staff.models import ContractTerm, LeadershipTerm, Post, StaffRecord

EXCHANGE_YEARS = "settings.exchange_years"
NEAR_RETIREMENT = "settings.near_retirement_years"
SETTINGS = (EXCHANGE_YEARS, NEAR_RETIREMENT, *RETIREMENT.values())
NOT_CHECKED = (
    gettext_lazy("本人意愿、身体和家庭情况（哺乳、重病、子女入学等）"),
    gettext_lazy("编制和岗位等级在两校有没有空位"),
    gettext_lazy("调出后本校这一学科还够不够开课，调入学校缺不缺这一学科"),
    gettext_lazy("正在进行的处分、借调、支教或服务期约定"),
)
"""What no register holds; a person asks before anybody moves."""


@dataclass(frozen=True)
class Candidate:
    """One teacher of the giving school and stage who counts for all that is asked.

    Attributes:
        counts_for: The indicators that the teacher counts for.
        more: Those beyond what is asked: the giving school would lose them as well.
        since: Since when at the present school; None where nobody recorded it.
        years: How long that is, in whole years.
        may_exchange: Whether that is long enough for an exchange; None where it is not known.
        kept: Why the teacher has to stay, by the records; empty where nothing says so.
        unknown: What is not recorded of the teacher, and so was not looked at.
    """

    staff_id: int
    name: str
    subject: str
    degree: str
    counts_for: tuple[str, ...]
    more: tuple[str, ...]
    since: date | None
    years: int | None
    may_exchange: bool | None
    kept: str
    unknown: tuple[str, ...]

    @property
    def counts_zh(self) -> str:
        """What the teacher counts for, in words."""
        return "、".join(NAMES_ZH[name] for name in self.counts_for)

    @property
    def reason(self) -> str:
        """Why the teacher stands where, in words."""
        more = "、".join(NAMES_ZH[name] for name in self.more)
        said = [_("还计入%(more)s，调出校会多少一项") % {"more": more} if more
                else _("正好计入所需各项")]  # fmt: skip
        if self.years is None:
            said.append(_("到本校的日期没有登记"))
        elif self.may_exchange:
            said.append(_("在本校满 %(years)s 年，够交流年限") % {"years": self.years})
        else:
            said.append(_("在本校 %(years)s 年，不够交流年限") % {"years": self.years})
        return "；".join(said)


@dataclass(frozen=True)
class Found:
    """Who fits and who must stay.

    Attributes:
        fitting: In order: those who count for just what is asked first, then those who have been
            there long enough, then by how long.
        staying: With the reason in `kept`.
        years: How many years make a teacher ready for an exchange.
    """

    fitting: tuple[Candidate, ...]
    staying: tuple[Candidate, ...]
    years: int


@dataclass(frozen=True)
class _Known:
    """What the registers hold of some teachers, by staff."""

    retires: Mapping[int, date | None]
    since: Mapping[int, date]
    contracts: Mapping[int, int]
    leading: frozenset[int]
    named: Mapping[int, str]


def of_school(moment: Moment, school_id: int, stage: str, kind: Sequence[str]) -> Found:
    """Return who of a school and stage counts for all of a kind; the caller checked the right.

    Args:
        moment: The day, and the day whose knowledge counts.
        school_id: The giving school.
        stage: By its code.
        kind: The indicators that a moved teacher has to count for.
    """
    every = records.teachers_of(school_id, stage, moment)
    rows = [row for row in every if all(row[COUNTS_BY[name]] == 1 for name in kind)]
    known = _known(moment, school_id, [row["staff_id"] for row in rows])
    years = int(facts.value(EXCHANGE_YEARS, on=moment.on))
    found = sorted((_candidate(row, kind, known, moment.on, years) for row in rows), key=_place)
    return Found(
        tuple(one for one in found if not one.kept), tuple(one for one in found if one.kept), years
    )


def _known(moment: Moment, school_id: int, staff: Sequence[int]) -> _Known:
    at_work = in_force(moment.on, moment.known)
    people = StaffRecord.objects.filter(known_rows(moment.known), staff__in=staff)
    contracts = ContractTerm.objects.filter(at_work, staff__in=staff)
    leading = LeadershipTerm.objects.filter(at_work, staff__in=staff)
    return _Known(
        {
            staff: retires_on(born, sex, moment.on, ages_on(moment.on))
            for staff, born, sex in people.values_list("staff", "birth_date", "sex")
        },
        _since(moment, school_id, staff),
        dict(contracts.values_list("staff", "sequence")),
        frozenset(leading.values_list("staff", flat=True)),
        names.staff(staff),
    )


def _since(moment: Moment, school_id: int, staff: Sequence[int]) -> dict[int, date]:
    """Return since when each has been at a school: as recorded, else without a break in posts."""
    posts = Post.objects.filter(
        known_rows(moment.known), staff__in=staff, school=school_id, starts_on__lte=moment.on
    ).order_by("staff", "-starts_on")
    found: dict[int, date] = {}
    for post in posts:
        first = found.get(post.staff_id)
        if first is None or (post.ends_on is not None and post.ends_on >= first):
            found[post.staff_id] = post.starts_on
    people = StaffRecord.objects.filter(
        known_rows(moment.known), staff__in=staff, joined_school_on__lte=moment.on
    )
    joined = people.values_list("staff", "joined_school_on")
    return found | {one: on for one, on in joined if on is not None}


def _candidate(
    row: Mapping[str, object], kind: Sequence[str], known: _Known, on: date, years: int
) -> Candidate:
    staff = int(str(row["staff_id"]))
    counts = tuple(name for name, column in COUNTS_BY.items() if row[column] == 1)
    since = known.since.get(staff)
    there = None if since is None else _whole_years(since, on)
    return Candidate(
        staff, known.named.get(staff, f"#{staff}"), str(row["subject"] or "—"),
        readable("degree_level", row["degree_level"]), counts,
        tuple(name for name in counts if name not in kind), since, there,
        None if there is None else there >= years, _kept(staff, known, on), _unknown(staff, known),
    )  # fmt: skip


def _whole_years(since: date, on: date) -> int:
    years = on.year - since.year
    return years if since <= years_before(on, years) else years - 1


def _kept(staff: int, known: _Known, on: date) -> str:
    """Return why a teacher has to stay, by the records."""
    if staff in known.leading:
        return _("在校级领导任期内，按校长交流办理")
    if known.contracts.get(staff) == 1:
        return _("首个聘期未满")
    near = int(facts.value(NEAR_RETIREMENT, on=on))
    retires = known.retires.get(staff, date.max)
    if retires is None or years_before(retires, near) <= on:
        return _("离退休不到 %(years)s 年") % {"years": near}
    return ""


def _unknown(staff: int, known: _Known) -> tuple[str, ...]:
    return () if staff in known.contracts else (_("聘期没有登记"),)


def _place(one: Candidate) -> tuple[object, ...]:
    return (len(one.more), not one.may_exchange, -(one.years or 0), one.since or date.max,
            one.staff_id)  # fmt: skip


def kind_of(text: str) -> tuple[str, ...]:
    """Read the indicators of a kind from an address; others are left out."""
    return tuple(name for name in COUNTS_BY if name in text.split("+"))


def titles(ids: Iterable[int]) -> list[str]:
    """Return the names of some teachers, by their ids; the caller checked the right."""
    wanted = list(ids)
    called = names.staff(wanted)
    return [called.get(one, f"#{one}") for one in wanted]
