"""The items that the county as a whole has to meet, added up from schools or reported by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from gengdu.analytics import readings
from gengdu.analytics.quality_balance import items
from gengdu.analytics.quality_balance.finding import (
    Asked,
    AtSchool,
    Finding,
    Measure,
    named,
    of_the_county,
)
from gengdu.analytics.quality_balance.register_facts import SchoolFacts, Teacher
from gengdu.analytics.verdicts import Verdict
from gengdu.policy import facts

QB = "quality_balance"
ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
REPORT_ZH = "（区县年报）"


def special_funds(asked: Asked) -> Finding:
    """Judge the public funds for a pupil of special schools (政府保障 7)."""
    own = asked.county.figures
    funds, pupils = own.get("special_school_funds_yuan"), own.get("special_school_pupils")
    figures = {"funds_yuan": funds, "pupils": pupils}
    if pupils == 0:
        return Finding(Verdict.MET, "没有特殊教育学校学生（区县年报填 0）", figures=figures)
    found = items.share("special_school_funds", funds, pupils, asked.on)
    return of_the_county(
        [Measure("特殊教育生均公用经费", found, "yuan")],
        what_zh=f"特殊教育学校经费、学生数{REPORT_ZH}", figures=figures,
    )  # fmt: skip


def pay(asked: Asked) -> Finding:
    """Judge the pay of teachers beside that of civil servants (政府保障 8)."""
    own = asked.county.figures
    teacher, servant = own.get("teacher_pay_yuan"), own.get("civil_servant_pay_yuan")
    found = items.share("pay_ratio", teacher, servant, asked.on)
    return of_the_county(
        [Measure("教师与公务员平均工资之比", found, "ratio")],
        what_zh=f"教师、公务员的年平均工资收入{REPORT_ZH}",
        figures={"teacher": teacher, "servant": servant},
    )


def trained(asked: Asked) -> Finding:
    """Judge how many teachers completed their training in five years (政府保障 9)."""
    needed = facts.value("staff_rules.teacher_training_hours", on=asked.on)
    return _of_teachers(
        asked, "training_completed_share", "完成培训的教师", "reported_trained_teachers",
        lambda one: one.has_training, lambda one: one.hours >= needed, "培训学时",
    )  # fmt: skip


def certified(asked: Asked) -> Finding:
    """Judge how many teachers hold a certificate (政府保障 12)."""
    return _of_teachers(
        asked, "certified_share", "持教师资格证的教师", "reported_certified_teachers",
        lambda one: one.has_certificate, lambda one: one.has_certificate, "教师资格",
    )  # fmt: skip


Of = Callable[[Teacher], bool]


def _of_teachers(
    asked: Asked, fact: str, label: str, reported: str, is_told: Of, counts: Of, what_zh: str
) -> Finding:
    """Judge a share of all teachers that is counted by person, else taken from a school's report.

    Where a school has not told of all its teachers, the share still cannot exceed what it would be
    if all those did count.
    """
    schools, blank = [], []
    done = total = at_most = Fraction(0)
    for school in asked.county.schools:
        some, of, note = _counted(school, reported, is_told, counts)
        least_blank = some is None
        if of:
            schools.append(
                AtSchool(school.school_id, school.school,
                         (Measure(label, items.share(fact, some, of, asked.on), "share"),),
                         note_zh=note)
            )  # fmt: skip
        total += of
        done += some or 0
        at_most += of if some is None else some
        if least_blank and of:
            blank.append(school.school)
    bound = items.share(fact, at_most, total, asked.on)
    known = items.share(fact, None if blank else done, total, asked.on)
    found = bound if blank and bound.is_met is False else known
    missing = (f"{named(blank)}有教师没有登记{what_zh}，年报也没有报人数",) if blank else ()
    said = f"最多 {Measure(label, bound, 'share').value_zh}" if found is bound and blank else ""
    return of_the_county(
        [Measure(label, found, "share")], what_zh=what_zh, said_zh=said, schools=schools,
        figures={"done": None if blank else done, "total": total or None}, missing_zh=missing,
    )  # fmt: skip


def _counted(
    school: SchoolFacts, reported: str, is_told: Of, counts: Of
) -> tuple[Fraction | None, Fraction, str]:
    """Return how many teachers of a school count, of how many, and where that is from."""
    staff = school.teachers
    if all(is_told(one) for one in staff):
        return Fraction(sum(map(counts, staff))), Fraction(len(staff)), ""
    some, of = school.figures[reported], school.figures["reported_teachers"]
    if some is not None and of is not None:
        return some, of, "取自办学条件年报"
    told = sum(map(is_told, staff))
    return None, Fraction(len(staff)), f"{len(staff) - told} 人没有登记"


def exchange(asked: Asked) -> Finding:
    """Judge how many teachers, and lead teachers, were exchanged in a year (政府保障 11)."""
    own = asked.county.figures
    eligible, moved = own.get("exchange_eligible_teachers"), own.get("exchanged_teachers")
    lead = own.get("exchanged_lead_teachers")
    whole = [None if one is None else int(one) for one in (moved, eligible, lead)]
    return of_the_county(
        [
            Measure("交流教师占比", items.exchanged(whole[0], whole[1], asked.on), "share"),
            Measure("骨干占交流教师", items.exchanged_lead(whole[2], whole[0], asked.on), "share"),
        ],
        what_zh=f"符合交流条件、实际交流和骨干交流的教师数{REPORT_ZH}",
        figures={"eligible": eligible, "moved": moved, "lead": lead},
    )


def nearby(asked: Asked) -> Finding:
    """Judge how many pupils live in the zone of their public day school (政府保障 13)."""
    choice = readings.reading("nearby", asked.readings, asked.on)
    day_schools = [
        one for one in asked.county.schools
        if one.is_public and one.has_boarding is not True and one.zone != "rural"
    ]  # fmt: skip
    undecided = [one.school for one in day_schools if one.zone is None or one.has_boarding is None]
    parts = {"urban": "城区", "town": "镇区"} if choice == 1 else {"primary": "小学",
                                                              "junior": "初中"}  # fmt: skip
    measures, figures, blank = [], {}, []
    for part, label in parts.items():
        pairs = [
            _in_zone(one, stage)
            for one in day_schools
            for stage in one.stages
            if part in (one.zone, stage)
        ]
        blank += [one.school for one in day_schools for stage in one.stages
                  if part in (one.zone, stage) and _in_zone(one, stage)[0] is None]  # fmt: skip
        if not pairs and not undecided:
            continue  # there is no such school
        some = None if undecided or any(one is None for one, _ in pairs) else _sum(pairs, 0)
        found = items.share(f"nearby_enrolment_{part}", some, _sum(pairs, 1), asked.on)
        measures.append(Measure(f"{label}就近入学", found, "share"))
        figures[f"share_{list(parts).index(part) + 1}"] = found.value
    missing = []
    if undecided:
        missing.append(f"{named(undecided)}没有登记城乡分类代码或是否寄宿制（学校底册）")
    if blank:
        missing.append(
            f"{named(list(dict.fromkeys(blank)))}没有报划片范围内的学生数（办学条件年报）"
        )
    if not measures:
        return Finding(Verdict.MET, "没有城区、镇区的公办走读学校", figures=figures)
    return of_the_county(
        measures, what_zh="划片范围内的学生数", figures=figures, missing_zh=tuple(missing),
        reading_zh=readings.words("nearby", choice),
    )  # fmt: skip


def _in_zone(school: SchoolFacts, stage: str) -> tuple[Fraction | None, Fraction]:
    """Return the pupils of a stage who live in the zone, and all; as reported together if so."""
    reported = school.figures[f"reported_{stage}_pupils"]
    pupils = Fraction(school.pupils_of(stage)) if reported is None else reported
    return school.figures[f"{stage}_in_zone"], pupils


def _sum(pairs: Iterable[tuple[Fraction | None, Fraction]], place: int) -> Fraction:
    return sum((pair[place] or Fraction(0) for pair in pairs), Fraction(0))


def senior_places(asked: Asked) -> Finding:
    """Judge how many places of good senior schools are allotted to junior schools (保障 14)."""
    own = asked.county.figures
    places, allotted = own.get("good_senior_places"), own.get("good_senior_places_allotted")
    rural = own.get("good_senior_places_rural")
    return of_the_county(
        [Measure("分配名额占比", items.share("senior_places_share", allotted, places, asked.on),
                 "share")],
        what_zh=f"优质高中招生计划和分配指标数{REPORT_ZH}",
        figures={"places": places, "allotted": allotted, "rural": rural},
    )  # fmt: skip


def migrant_places(asked: Asked) -> Finding:
    """Judge how many migrant children are in public or bought places (政府保障 15)."""
    own = asked.county.figures
    eligible, public = own.get("migrant_children_eligible"), own.get("migrant_children_public")
    bought = own.get("migrant_children_bought")
    both = None if public is None or bought is None else public + bought
    return of_the_county(
        [Measure("随迁子女公办学位占比",
                 items.share("migrant_places_share", both, eligible, asked.on), "share")],
        what_zh=f"符合条件的随迁子女数和就读人数{REPORT_ZH}",
        figures={"eligible": eligible, "public": public, "bought": bought, "both": both},
    )  # fmt: skip


_COHORT = ("graduates", "graduates_moved_in", "graduates_moved_out", "graduates_first_year",
           "graduates_died")  # fmt: skip


def retention(asked: Asked) -> Finding:
    """Judge how many pupils stay through junior school (教育质量 1)."""
    choice = readings.reading("retention", asked.readings, asked.on)
    schools = asked.county.of_stage("junior")
    blank = [one.school for one in schools if any(one.figures[n] is None for n in _COHORT)]
    sums = {
        name: sum((one.figures[name] or Fraction(0) for one in schools), Fraction(0))
        for name in _COHORT
    }
    known: dict[str, Fraction | None] = (
        dict(sums) if schools and not blank else dict.fromkeys(_COHORT)
    )
    found = items.junior_retention(
        known["graduates"], known["graduates_moved_in"], known["graduates_moved_out"],
        known["graduates_first_year"], known["graduates_died"], asked.on, reading=choice,
    )  # fmt: skip
    return of_the_county(
        [Measure("三年巩固率", found, "share")],
        what_zh="毕业班五项人数（办学条件年报，初中填写）", figures=known,
        missing_zh=(f"{named(blank)}没有报毕业班五项人数（办学条件年报）",) if blank else (),
        reading_zh=readings.words("retention", choice),
    )  # fmt: skip


def disabled_enrolment(asked: Asked) -> Finding:
    """Judge how many disabled children are enrolled (教育质量 2)."""
    own = asked.county.figures
    children, enrolled = own.get("disabled_children"), own.get("disabled_children_enrolled")
    return of_the_county(
        [Measure("残疾儿童少年入学率",
                 items.share("disabled_enrolment_share", enrolled, children, asked.on), "share")],
        what_zh=f"适龄残疾儿童少年总数和入学人数{REPORT_ZH}",
        figures={"children": children, "enrolled": enrolled,
                 "special": own.get("disabled_in_special_schools")},
    )  # fmt: skip


def monitoring(asked: Asked) -> Finding:
    """Judge the results of the national monitoring, of each subject reported (教育质量 9)."""
    measures, said = [], []
    for one in asked.monitored:
        level = items.monitoring_level(one.level, asked.on)
        apart = items.monitoring_difference(one.difference, asked.on)
        measures += [Measure(f"{one.subject}等级", level, "levels"),
                     Measure(f"{one.subject}校际差异率", apart, "ratio")]  # fmt: skip
        shown = "—" if one.level is None else ROMAN.get(one.level, str(one.level))
        said.append(f"{one.subject}{shown}级、差异率 {measures[-1].value_zh}")
    return of_the_county(
        measures, what_zh="等级或校际差异率（台账“国家质量监测结果”）",
        said_zh="；".join(said),
        missing_zh=() if measures else ("没有报监测结果（台账“国家质量监测结果”）",),
    )  # fmt: skip


def recognition(asked: Asked) -> Finding:
    """Judge the survey of recognition: questionnaires and visits (社会认可度)."""
    one = asked.surveyed
    if one is None:
        blank = items.share("recognition_share", None, None, asked.on)
        return of_the_county([Measure("问卷满意度", blank, "share")],
                             what_zh="调查结果（台账“社会认可度调查结果”）")  # fmt: skip
    answers = items.share("recognition_share", one.satisfied, one.valid, asked.on)
    visits = items.share("recognition_share", one.visited_satisfied, one.visited, asked.on)
    return of_the_county(
        [Measure("问卷满意度", answers, "share"), Measure("实地走访满意度", visits, "share")],
        what_zh="问卷或实地走访的人数（台账“社会认可度调查结果”）",
    )
