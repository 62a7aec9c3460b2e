"""Surveys of recognition: two that are over and one that runs; people and answers are invented.

The sample is drawn by the same functions as a real one; the codes are those of the demo's key, so
that slips printed from it open the questionnaire.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from gengdu.analytics.surveys.questionnaire import OWN_WORDING
from gengdu.analytics.surveys.sampling import Precision, allocate, drawn, units_to_ask
from gengdu.chapters.delivery.evaluation.surveys import codes
from gengdu.demo.accounts import DEMO_SURVEY_KEY, NUMBERS
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import LAST_DAY, day
from gengdu.demo.pupils import Seated
from gengdu.demo.school_list import SCHOOLS, Spec
from gengdu.kernel.areas import zone_of
from gengdu.policy.lists import grade_label

SURVEY, STRATUM, UNIT = "delivery_survey", "delivery_surveystratum", "delivery_surveyunit"
CODE, ANSWER, REMARK = "delivery_surveycode", "delivery_surveyanswer", "delivery_surveyremark"
KEY = DEMO_SURVEY_KEY.encode()
ASKED = ("primary", "junior")
TOWNS = ("崮山镇", "泊于镇")
CODES_OF_VILLAGE = 8
HOUSEHOLDS = (90, 420)
PRECISION = Precision(margin=0.05, confidence=0.95, share=0.5, response=0.8)
SATISFIED = {"parents": 0.90, "teachers": 0.94, "residents": 0.86}
ANSWERING = {"parents": 0.86, "teachers": 0.95, "residents": 0.74}
REMARKS = (
    "示例意见：食堂的菜再多一些花样就好了。",
    "示例意见：路口放学时车多，希望有人看着。",
    "示例意见：老师很负责，谢谢。",
    "示例意见：希望多开一些体育课和课后服务。",
    "示例意见：冬天教室有点冷。",
    "示例意见：家长会能提前几天通知吗？",
)


@dataclass(frozen=True)
class Wanted:
    """One survey that the demo has.

    Attributes:
        better: How much more people are satisfied than in the year of the first.
        answered: Which part of those who will answer has done so by the last day.
    """

    title: str
    opens_on: date
    closes_on: date
    better: float = 0.0
    answered: float = 1.0


SURVEYS = (
    Wanted("2025年义务教育优质均衡社会认可度调查（示例）", day("2025-05-06"), day("2025-05-23"),
           -0.03),
    Wanted("2026年义务教育优质均衡社会认可度调查（示例）", day("2026-05-11"), day("2026-05-29")),
    Wanted("2026年秋季社会认可度调查（示例）", day("2026-09-21"), day("2026-10-20"), 0.01, 0.45),
)  # fmt: skip


@dataclass(frozen=True)
class _Stratum:
    """One group at one place, with the people who may be drawn where they are known."""

    group: str
    place: int
    label: str
    town: int
    town_label: str
    area: str
    population: int
    codes: int = 0
    units: Mapping[int, str] | None = None

    @property
    def key(self) -> str:
        return f"{self.group}:{self.place}"


def write(ledger: Ledger, seated: Sequence[Seated]) -> None:
    """Write every survey with its sample, its codes and its answers."""
    households = {
        village.place_id: ledger.rng.randint(*HOUSEHOLDS)
        for town in TOWNS for village in ledger.places[town].villages
    }  # fmt: skip
    for wanted in SURVEYS:
        _survey(ledger, wanted, seated, households)


def _survey(
    ledger: Ledger, wanted: Wanted, seated: Sequence[Seated], households: Mapping[int, int]
) -> None:
    runs = wanted.closes_on > LAST_DAY
    strata = list(_strata(ledger, wanted, seated if runs else (), seated, households))
    sizes = _sizes(strata)
    opened = f"{wanted.opens_on} 00:30:00"
    seed = f"demo-{wanted.opens_on.year}-{wanted.opens_on.month}"
    survey = ledger.rows.add(
        SURVEY, title=wanted.title, purpose="quality_balance", opens_on=wanted.opens_on,
        closes_on=wanted.closes_on, groups=json.dumps(list(SATISFIED)),
        residents=json.dumps({str(place): [count, CODES_OF_VILLAGE]
                              for place, count in households.items()}),
        margin=PRECISION.margin, confidence=PRECISION.confidence, expected_share=PRECISION.share,
        expected_response=PRECISION.response, each_group=True, at_least=2, seed=seed,
        questionnaire=json.dumps(OWN_WORDING.as_json(), ensure_ascii=False),
        account_id=NUMBERS["fenju"], created_at=opened, drawn_on=wanted.opens_on, drawn_at=opened,
        opened_at=opened,
    )  # fmt: skip
    for one in strata:
        if sizes[one.key]:
            _fill(ledger, survey, wanted, one, sizes[one.key], seed)


def _strata(
    ledger: Ledger, wanted: Wanted, named: Sequence[Seated], seated: Sequence[Seated],
    households: Mapping[int, int],
) -> Iterator[_Stratum]:  # fmt: skip
    families = Counter(one.school for one in seated if one.stage in ASKED)
    taught = Counter(
        ledger.school(post.school)
        for _person, post in ledger.staff.posts_on(wanted.opens_on) if post.stage in ASKED
    )  # fmt: skip
    schools = {ledger.school(spec.key): spec for spec in SCHOOLS if set(spec.stages) & set(ASKED)}
    units = _units(ledger, wanted, named, schools)
    for group, counted in (("parents", families), ("teachers", taught)):
        for school, spec in schools.items():
            if counted[school]:
                yield _Stratum(
                    group, school, spec.name, ledger.places[spec.town].place_id, spec.town,
                    zone_of(spec.area_class) or "", counted[school],
                    units=units.get((group, school)),
                )  # fmt: skip
    for town in TOWNS:
        place = ledger.places[town]
        for village in place.villages:
            yield _Stratum("residents", village.place_id, village.name, place.place_id, town, "",
                           households[village.place_id], CODES_OF_VILLAGE)  # fmt: skip


def _units(
    ledger: Ledger, wanted: Wanted, named: Sequence[Seated], schools: Mapping[int, Spec]
) -> dict[tuple[str, int], dict[int, str]]:
    """Return who may be drawn, by group and school; of a survey that is over nobody is kept."""
    found: dict[tuple[str, int], dict[int, str]] = {}
    if not named:
        return found
    for one in named:
        if one.stage in ASKED:
            label = grade_label("five_four", one.stage, one.grade)
            people = found.setdefault(("parents", one.school), {})
            people[one.pupil] = f"{label}{one.class_number}班"
    for person, post in ledger.staff.posts_on(wanted.opens_on):
        if post.stage in ASKED:
            found.setdefault(("teachers", ledger.school(post.school)), {})[person.staff_id] = ""
    return found


def _sizes(strata: Sequence[_Stratum]) -> dict[str, int]:
    sizes = {one.key: one.codes for one in strata if one.codes}
    for group in ("parents", "teachers"):
        some = {one.key: one.population for one in strata if one.group == group}
        sizes |= allocate(some, units_to_ask(sum(some.values()), PRECISION))
    return sizes


def _fill(ledger: Ledger, survey: int, wanted: Wanted, one: _Stratum, size: int, seed: str) -> None:
    """Write one stratum with whom it drew, its codes and what was answered."""
    stratum = ledger.rows.add(
        STRATUM, survey_id=survey, key=one.key, group=one.group, place_key=one.place,
        label=one.label, town_key=one.town, town_label=one.town_label, area=one.area,
        population=one.population, sampled=size, printed=1,
    )  # fmt: skip
    for unit in drawn(one.units or {}, size, seed=f"{seed}|{one.key}"):
        ledger.rows.add(UNIT, stratum_id=stratum, subject_key=unit,
                        class_label=(one.units or {})[unit])  # fmt: skip
    rng = ledger.rng
    share = ANSWERING[one.group] * wanted.answered * rng.uniform(0.75, 1.1)
    liked = min(0.98, SATISFIED[one.group] + wanted.better + rng.uniform(-0.06, 0.05))
    for serial in range(1, size + 1):
        code = codes.code_of(KEY, survey=survey, stratum=stratum, serial=serial)
        is_spent = rng.random() < share
        ledger.rows.add(
            CODE, stratum_id=stratum, serial=serial, digest=codes.digest_of(KEY, code),
            state="spent" if is_spent else "live",
        )  # fmt: skip
        if is_spent:
            _answer(ledger, survey, stratum, liked)


def _answer(ledger: Ledger, survey: int, stratum: int, liked: float) -> None:
    rng = ledger.rng
    answers = {"q1": [_level(rng, liked)]}
    answers |= {f"q{number}": [_level(rng, liked - 0.04)] for number in range(2, 7)}
    wishes = [place for place in range(8) if rng.random() < 0.22]
    if wishes:
        answers["q7"] = wishes
    ledger.rows.extend(ANSWER, [(
        _random_id(rng), stratum, int(answers["q1"][0] in OWN_WORDING.satisfied),
        json.dumps(answers),
    )])  # fmt: skip
    if rng.random() < 0.03:
        ledger.rows.extend(REMARK, [(_random_id(rng), survey, "q8", rng.choice(REMARKS))])


def _level(rng: Random, liked: float) -> int:
    if rng.random() < liked:
        return int(rng.random() < 0.45)
    return rng.choices((2, 3, 4), (6, 3, 1))[0]


def _random_id(rng: Random) -> str:
    return UUID(int=rng.getrandbits(128), version=4).hex
