"""Ledgers of measure 3 but for the committees: parent schools' terms, stations of the villages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gengdu.demo import trails
from gengdu.demo.geography import Town, Village
from gengdu.demo.ledger import Ledger, by_steps
from gengdu.demo.moments import LAST_DAY, SCHOOL_YEARS, day
from gengdu.demo.school_list import RURAL, Spec
from gengdu.policy.working_days import add_working_days, working_day_on_or_after

STATIONS = (
    (day("2021-12-15"), 8),
    (day("2022-12-12"), 16),
    (day("2023-12-18"), 24),
    (day("2024-12-16"), 30),
    (day("2025-12-02"), 35),
    (day("2026-05-20"), 36),
)
NEWEST_VILLAGE = "松海社区"
"""The only village without a station; it was founded in 2023, and its station waits."""

NEWEST_DAYS = ("2026-09-09", "2026-09-15")
SECOND_STATIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("崮山镇", ("2026-08-31", "2026-09-03", "2026-09-14"),
     "村里已有指导服务站点，请说明为什么再建家长学校、由谁上课。"),
    ("泊于镇", ("2026-09-28",), ""),
)  # fmt: skip
"""Parent schools in villages that have a station: one sent back, one a draft."""

QUARTERS_FROM = 2021
STATION_TOPICS = (
    "隔代教育的分寸", "留守儿童的周末陪伴", "亲子沟通三句话", "手机怎么管", "假期安全与防溺水",
    "入学前的准备", "青春期变化怎么谈", "家风家训故事会", "零花钱与节俭", "读绘本，陪成长",
)  # fmt: skip
HOSTS = {"parent_school": "家长学校", "guidance_station": "新时代文明实践站"}
KINDS = {"parent_school": "家长学校", "guidance_station": "家庭教育指导服务站点"}
PARENT_SCHOOL = 0.4
SESSIONS_MISSED = 0.15

MORE_SESSIONS_FROM = 2023
"""From this school year on a term has three sessions instead of two."""

TERMS = ((9, 15, 12, 18), (3, 12, 6, 15))
"""First and last month and day of the sessions of an autumn and a spring term."""

HELD, HELD_LATER_DAYS = 0.93, 5
TOPICS = {
    "preschool": (
        ("适应幼儿园的第一个月", "小班家长"), ("好习惯从收纳开始", "中班家长"),
        ("幼小衔接不抢跑", "大班家长"), ("亲子阅读一刻钟", "全园家长"),
        ("孩子发脾气怎么办", "中班家长"), ("吃饭、睡觉与屏幕时间", "小班家长"),
        ("爷爷奶奶带娃的分工", "祖辈家长"),
    ),
    "primary": (
        ("一年级：陪孩子过好入学关", "一年级家长"), ("作业时间怎样安排", "二年级家长"),
        ("亲子沟通与倾听", "三年级家长"), ("家务劳动清单", "四年级家长"),
        ("升入初中前的准备", "五年级家长"), ("手机与网络安全", "全校家长"),
        ("父亲陪伴的力量", "全校家长"), ("防溺水与假期安全", "全校家长"),
    ),
    "junior": (
        ("青春期的情绪与边界", "六、七年级家长"), ("学习动力从哪里来", "七年级家长"),
        ("和孩子谈选择：普高与职高", "九年级家长"), ("考前家庭支持", "九年级家长"),
        ("防范校园欺凌", "全校家长"), ("手机管理公约", "八年级家长"),
    ),
}  # fmt: skip

_STATION = "moral_education_familystation"
_STATION_SESSION = "moral_education_stationsession"
_PLAN = "moral_education_sessionplan"
_SESSION = "moral_education_parentsession"


@dataclass(frozen=True)
class Site:
    """One station, for the sessions it holds."""

    town: Town
    village: Village
    starts_on: date


def write(ledger: Ledger) -> None:
    """Write the ledgers."""
    sites = list(_stations(ledger))
    for town in _towns(ledger):
        _station_sessions(ledger, town, [site for site in sites if site.town is town])
    for school in RURAL:
        for year in SCHOOL_YEARS:
            for term in (0, 1):
                _term(ledger, school, year, term)


def _towns(ledger: Ledger) -> list[Town]:
    return [town for town in ledger.places.values() if town.kind == "town"]


def _stations(ledger: Ledger) -> Iterator[Site]:
    places = [(town, village) for town in _towns(ledger) for village in town.villages]
    newest = [place for place in places if place[1].key == NEWEST_VILLAGE]
    order = ledger.shuffled(places, last=newest)
    for (town, village), starts_on in by_steps(order, STATIONS):
        kind = "parent_school" if ledger.rng.random() < PARENT_SCHOOL else "guidance_station"
        entry = {**_station(ledger, village, kind), "starts_on": starts_on}
        trails.approved(ledger, _STATION, starts_on, [entry], name=_called(village, kind),
                        route=_route(ledger, town))  # fmt: skip
        yield Site(town, village, starts_on)
    if ledger.copy.is_demo:
        _waiting_stations(ledger, order)


def _route(ledger: Ledger, town: Town) -> trails.Route | None:
    return trails.of_town(town) if ledger.copy.is_demo else None


def _called(village: Village, kind: str) -> str:
    return f"{village.name} {KINDS[kind]}"


def _station(ledger: Ledger, village: Village, kind: str) -> dict[str, Any]:
    return {
        "village_id": village.place_id,
        "kind": kind,
        "host": village.name + HOSTS[kind],
        "manager": ledger.invented_name(),
        "instructors": 1 + int(ledger.rng.random() * 4),
    }


def _waiting_stations(ledger: Ledger, order: list[tuple[Town, Village]]) -> None:
    town, newest = order[-1]
    entry = {**_station(ledger, newest, "guidance_station"), "starts_on": day("2026-09-15")}
    trails.on_the_way(ledger, _STATION, [entry], NEWEST_DAYS, route=trails.of_town(town),
                      name=_called(newest, "guidance_station"))  # fmt: skip
    for key, days, why in SECOND_STATIONS:
        town = ledger.places[key]
        village = town.villages[0]
        entry = {**_station(ledger, village, "parent_school"), "starts_on": day("2026-09-01")}
        trails.on_the_way(ledger, _STATION, [entry], days, route=trails.of_town(town),
                          name=_called(village, "parent_school"), returned=why)  # fmt: skip


def _station_sessions(ledger: Ledger, town: Town, sites: list[Site]) -> None:
    """Write what the stations of a town held; the town hands it in once a quarter."""
    for first, last in _quarters():
        held = [
            _station_session(ledger, site, first, last)
            for site in sites
            if site.starts_on < first and ledger.rng.random() >= SESSIONS_MISSED
        ]
        if held:
            name = f"{sites[0].village.name} {first.year}年"
            trails.filled_in(ledger, _STATION_SESSION, last, held, name=name,
                             route=_route(ledger, town))  # fmt: skip


def _quarters() -> Iterator[tuple[date, date]]:
    """Yield the first day of each quarter and the day on which its sessions are handed in."""
    for year in range(QUARTERS_FROM, LAST_DAY.year + 1):
        for month in (1, 4, 7, 10):
            first = date(year, month, 1)
            last = date(year, month + 2, 27)
            if last <= LAST_DAY:
                yield first, last


def _station_session(ledger: Ledger, site: Site, first: date, last: date) -> dict[str, Any]:
    return {
        "held_on": ledger.day_between(first, last - timedelta(days=2)),
        "village_id": site.village.place_id,
        "topic": STATION_TOPICS[ledger.rng.randrange(len(STATION_TOPICS))],
        "speaker": ledger.invented_name(),
        "attendance": 9 + ledger.rng.randrange(34),
    }


def _term(ledger: Ledger, school: Spec, year: int, term: int) -> None:
    """Write the sessions of one term: planned as it begins, most of them held a little later."""
    planned = [one for one in _planned(ledger, school, year, term) if _is_open(school, one)]
    begins = date(year, 9, 1) if term == 0 else date(year + 1, 3, 1)
    if not planned or begins > LAST_DAY:
        return
    name = ledger.copy.name(school.name)
    on = begins + timedelta(days=int(ledger.rng.random() * 12))
    called = f"{name} {planned[0]['planned_on']} {planned[0]['topic']}"
    trails.filled_in(ledger, _PLAN, on, planned, name=called, route=trails.kept_by(school))
    for one in planned:
        held_on = add_working_days(one["planned_on"], ledger.rng.randrange(HELD_LATER_DAYS))
        if ledger.rng.random() < HELD and held_on <= LAST_DAY:
            _held(ledger, school, one, held_on)


def _is_open(school: Spec, planned: dict[str, Any]) -> bool:
    until = school.closed_on
    return until is None or planned["planned_on"] + timedelta(days=2 * HELD_LATER_DAYS) < until


def _planned(ledger: Ledger, school: Spec, year: int, term: int) -> list[dict[str, Any]]:
    count = 3 if year >= MORE_SESSIONS_FROM else 2
    month, day_of_month, last_month, last_day = TERMS[term]
    first = date(year + term, month, day_of_month)
    span = (date(year + term, last_month, last_day) - first).days // count
    topics = [pair for stage in school.stages for pair in TOPICS[stage]]
    chosen = ledger.shuffled(topics)[:count]
    return [
        {
            "school_id": ledger.school(school.key),
            "planned_on": working_day_on_or_after(
                first + timedelta(days=place * span + ledger.rng.randrange(span))
            ),
            "topic": topic,
            "audience": audience,
            "speaker": ledger.invented_name(),
        }
        for place, (topic, audience) in enumerate(chosen)
    ]


def _held(ledger: Ledger, school: Spec, planned: dict[str, Any], held_on: date) -> None:
    pupils = min(school.primary or school.preschool or 90, 120)
    entry = {
        "school_id": planned["school_id"],
        "held_on": held_on,
        "topic": planned["topic"],
        "audience": planned["audience"],
        "speaker": planned["speaker"],
        "attendance": max(4, int(pupils * (0.45 + 0.45 * ledger.rng.random()))),
    }
    name = f"{ledger.copy.name(school.name)} {held_on} {planned['topic']}"
    trails.filled_in(ledger, _SESSION, held_on, [entry], name=name, route=trails.kept_by(school))
