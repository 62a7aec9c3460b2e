from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from gengdu.access import scope
from gengdu.access.guards import requires
from gengdu.access.models import Account, Role
from gengdu.access.scope import Viewer

TOWN, OTHER_TOWN, SCHOOL, OTHER_SCHOOL = 7, 8, 107, 108
BUREAU = Viewer("bureau_officer", "district", None)
HEAD = Viewer("school_head", "school", SCHOOL)
OFFICER = Viewer("town_officer", "town", TOWN)
NOBODY = Viewer("school_head", "school", None)


@pytest.mark.parametrize("viewer", [BUREAU, HEAD, OFFICER, NOBODY])
def test_what_is_open_is_open_to_all(viewer: Viewer) -> None:
    assert viewer.may_open("open", town_id=OTHER_TOWN, school_id=OTHER_SCHOOL)
    assert viewer.may_open("open", town_id=None, school_id=None)


@pytest.mark.parametrize("sensitivity", ["staff", "child"])
@pytest.mark.parametrize(
    ("viewer", "town_id", "school_id", "allowed"),
    [
        pytest.param(BUREAU, None, None, True, id="the bureau: everything"),
        pytest.param(BUREAU, OTHER_TOWN, OTHER_SCHOOL, True, id="the bureau: any school"),
        pytest.param(HEAD, None, SCHOOL, True, id="a head: the own school"),
        pytest.param(HEAD, None, OTHER_SCHOOL, False, id="a head: another school"),
        pytest.param(HEAD, None, None, False, id="a head: the district"),
        pytest.param(HEAD, TOWN, None, False, id="a head: the whole town"),
        pytest.param(OFFICER, TOWN, None, True, id="a town: the own town"),
        pytest.param(OFFICER, OTHER_TOWN, None, False, id="a town: another town"),
        pytest.param(OFFICER, None, None, False, id="a town: the district"),
        pytest.param(OFFICER, None, TOWN, False, id="a town: a school of the same number"),
        pytest.param(HEAD, SCHOOL, None, False, id="a head: a town of the same number"),
        pytest.param(NOBODY, None, None, False, id="no scope: nothing"),
        pytest.param(NOBODY, None, SCHOOL, False, id="no scope: no school"),
    ],
)
def test_people_are_seen_within_the_scope_alone(
    sensitivity: str, viewer: Viewer, town_id: int | None, school_id: int | None, allowed: bool
) -> None:
    assert viewer.may_open(sensitivity, town_id=town_id, school_id=school_id) is allowed


def test_a_town_officer_opens_the_records_of_the_towns_schools() -> None:
    officer = Viewer("town_officer", "town", TOWN, schools=frozenset({SCHOOL}))

    assert officer.may_open("staff", town_id=None, school_id=SCHOOL)
    assert not officer.may_open("staff", town_id=None, school_id=OTHER_SCHOOL)


# One line a role; what it may do beyond reading the plan.
MAY = """
district_admin      registers records staff edit_bodies edit_schools edit_reports edit_staff export
                    accounts trail events findings api
bureau_officer      registers records staff children edit_bodies edit_schools edit_reports
                    edit_staff edit_children reveal export events turn_year findings
                    accept_findings api entries town_entries review_bureau assign_tasks tasks
                    run_surveys draft_plans
body_officer        registers records export findings tasks
town_officer        registers records staff children export findings accept_findings
                    entries town_entries review_town tasks
school_head         registers records staff children edit_reports edit_staff edit_children
                    reveal export accounts turn_year findings entries review_school tasks
school_clerk        registers records staff children edit_reports edit_staff edit_children
                    export findings entries tasks
teacher             registers records
teaching_researcher registers records export entries
inspector           registers records staff export
case_worker         registers records children
auditor             trail
"""
WORDS = {
    "registers": "view_registers", "records": "view_records", "staff": "view_staff",
    "children": "view_children", "reveal": "reveal_personal", "export": "export_records",
    "accounts": "manage_accounts", "trail": "view_trail", "events": "run_school_events",
    "findings": "answer_findings", "api": "use_api", "entries": "edit_records",
    "town_entries": "edit_town_records", "tasks": "report_tasks",
}  # fmt: skip


def drawn() -> dict[str, set[str]]:
    """Read the table above: role → permissions."""
    found: dict[str, set[str]] = {}
    role = ""
    for line in MAY.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            role, *words = words
        found.setdefault(role, {"view_plan"}).update(WORDS.get(word, word) for word in words)
    return found


def test_each_role_may_do_exactly_what_is_drawn() -> None:
    held = {
        role: {name for name in scope.PERMISSIONS if scope.allows(role, name)}
        for role in Role.values
    }

    assert held == drawn()


def test_whoever_hands_out_accounts_for_all_or_reads_the_trail_sees_no_child() -> None:
    for role in scope.PERMISSIONS["view_trail"]:
        for permission in ("view_children", "edit_children", "reveal_personal", "turn_year"):
            assert not scope.allows(role, permission), (role, permission)


def test_whoever_edits_or_reveals_may_look() -> None:
    for doing, looking in (
        ("edit_children", "view_children"),
        ("reveal_personal", "view_children"),
        ("turn_year", "view_children"),
        ("edit_staff", "view_staff"),
        ("edit_schools", "view_registers"),
    ):
        assert scope.PERMISSIONS[doing] <= scope.PERMISSIONS[looking], doing


@pytest.mark.parametrize("role", ["body_officer", "teaching_researcher", "district_admin"])
def test_the_whole_district_in_scope_opens_no_child_to_a_role_that_may_not_look(role: str) -> None:
    viewer = Viewer(role, "district", None, body_key="social_work_department")

    assert viewer.may_open("open", town_id=None, school_id=None)
    assert not viewer.may_open("child", town_id=TOWN, school_id=SCHOOL)


def test_a_case_worker_opens_no_child_whose_case_was_not_referred() -> None:
    viewer = Viewer("case_worker", "cases", None, body_key="social_work_department")

    assert viewer.may("view_children")
    assert not viewer.may_open("child", town_id=TOWN, school_id=SCHOOL)
    assert not viewer.may_open("child", town_id=None, school_id=None)


def test_an_auditor_opens_no_record_at_all() -> None:
    viewer = Viewer("auditor", "district", None)

    for sensitivity in ("open", "staff", "child"):
        assert not viewer.may_open(sensitivity, town_id=TOWN, school_id=SCHOOL)


def test_every_permission_is_held_by_roles_that_exist() -> None:
    for permission, roles in scope.PERMISSIONS.items():
        assert roles, permission
        assert roles <= set(Role.values)


def test_a_role_nobody_gave_holds_nothing() -> None:
    for permission in scope.PERMISSIONS:
        assert not scope.allows("", permission)
        assert not scope.allows("visitor", permission)


def request_of(role: str) -> HttpRequest:
    request = HttpRequest()
    request.user = Account(role=role)
    return request


@requires("view_plan")
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


def test_a_guarded_view_runs_for_a_role_that_holds_its_permission() -> None:
    assert page(request_of("town_officer")).content == b"seen"
    assert page.required_permission == "view_plan"  # type: ignore[attr-defined]


def test_a_guarded_view_does_not_run_for_any_other_role() -> None:
    with pytest.raises(PermissionDenied):
        page(request_of("visitor"))


def test_a_permission_that_does_not_exist_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no permission is called 'view_everything'"):
        requires("view_everything")


def test_a_new_account_sees_no_more_than_a_school() -> None:
    account = Account()

    assert (account.role, account.scope_kind, account.scope_key) == ("school_head", "school", None)
    assert not Viewer.of(account).may_open("child", town_id=None, school_id=None)
