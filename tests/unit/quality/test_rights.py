"""Who sees which findings: by subject, and within the own scope."""

from __future__ import annotations

import pytest

from gengdu.access.models import Role
from gengdu.access.scope import Viewer
from gengdu.registers.quality import checks, queries
from gengdu.registers.quality.evaluate import Found
from tests.unit.quality.cases import act
from tests.world import ON, World

SCHOOL, OTHER, TOWN = 7, 8, 3


def at(school_id: int | None, subject: checks.Subject = checks.PUPIL) -> Found:
    of_subject = next(check for check in checks.every() if check.subject is subject)
    return Found(of_subject, 1, school_id, {}, "")


@pytest.mark.parametrize(
    ("viewer", "school_id", "seen"),
    [
        pytest.param(Viewer("bureau_officer", "district", None), OTHER, True, id="bureau: any"),
        pytest.param(Viewer("bureau_officer", "district", None), None, True, id="bureau: own"),
        pytest.param(Viewer("school_head", "school", SCHOOL), SCHOOL, True, id="head: own school"),
        pytest.param(Viewer("school_head", "school", SCHOOL), OTHER, False, id="head: another"),
        pytest.param(Viewer("school_head", "school", SCHOOL), None, False, id="head: bureau's"),
        pytest.param(Viewer("school_head", "school", None), None, False, id="no scope: nothing"),
        pytest.param(
            Viewer("town_officer", "town", TOWN, frozenset({SCHOOL})), SCHOOL, True, id="town: own"
        ),
        pytest.param(
            Viewer("town_officer", "town", TOWN, frozenset({SCHOOL})), TOWN, False,
            id="town: a school of the town's number",
        ),
        pytest.param(Viewer("case_worker", "cases", None), SCHOOL, False, id="cases: nothing"),
    ],
)  # fmt: skip
def test_findings_are_seen_within_the_scope_alone(
    viewer: Viewer, school_id: int | None, seen: bool
) -> None:
    assert queries.sees(viewer, at(school_id)) is seen


SUBJECTS = (checks.PUPIL, checks.STAFF, checks.SCHOOL)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.BUREAU_OFFICER, {"学生", "教职工", "学校"}),
        (Role.DISTRICT_ADMIN, {"教职工", "学校"}),
        (Role.INSPECTOR, {"教职工", "学校"}),
        (Role.BODY_OFFICER, {"学校"}),
        (Role.TEACHING_RESEARCHER, {"学校"}),
        (Role.AUDITOR, set()),
    ],
)
def test_the_subject_asks_for_its_permission(role: Role, seen: set[str]) -> None:
    viewer = Viewer(role, "district", None)

    found = {str(subject.label) for subject in SUBJECTS if queries.sees(viewer, at(7, subject))}

    assert found == seen


def test_everybody_has_exactly_the_findings_of_the_own_schools(district: World) -> None:
    own = {
        "li": {district.li_school.pk},
        "zhao": {district.zhao_school.pk},
        "sun": {district.zhao_school.pk, district.kindergarten.pk},
    }
    every = queries.findings(act(district.wang).viewer, on=ON)

    for name, schools in own.items():
        seen = queries.findings(act(getattr(district, name)).viewer, on=ON)
        wanted = [finding for finding in every if finding.found.school_id in schools]
        assert seen == wanted, name
        assert seen, name


def test_counts_are_of_the_own_schools_and_leave_out_what_is_only_told(district: World) -> None:
    summed = queries.summary(act(district.li).viewer, on=ON)

    assert [school for school, _ in summed.schools] == [district.li_school.pk]
    assert summed.to_do == sum(
        finding.found.check.counts for finding in queries.findings(act(district.li).viewer, on=ON)
    )
