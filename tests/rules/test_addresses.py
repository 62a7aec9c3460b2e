"""Every address asks for a log-in and a permission: each route, tried in each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.backends.django import Template
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gengdu.access import guards, scope
from gengdu.access.models import Account, Role
from gengdu.access.scope import SCOPE_OF_ROLE
from gengdu.api import routes
from gengdu.records.ledgers import ledgers
from tests import world
from tests.conftest import signed_in
from tests.world import World

# What each route asks for. A route that is not here fails, and so does a line without a route.
RULES = {
    "login": "",
    "logout": "",
    "me": guards.SIGNED_IN,
    "act": guards.SIGNED_IN,
    "password": guards.SIGNED_IN,
    "sessions_end": guards.SIGNED_IN,
    "stand_in_end": guards.SIGNED_IN,
    "reminders": guards.SIGNED_IN,
    "reminders_seen": guards.SIGNED_IN,
    "reminder_settings": guards.SIGNED_IN,
    "reminder_test": guards.SIGNED_IN,
    "second_factor": guards.SIGNED_IN,
    "second_factor_setup": guards.SIGNED_IN,
    "tokens": "use_api",
    "token_revoke": "use_api",
    "api_docs": "use_api",
    "api_document": "use_api",
    "overview": "view_plan",
    "chapter": "view_plan",
    "measure": "view_plan",
    "target": "view_plan",
    "indicators": "view_plan",
    "quality_balance": "view_plan",
    "quality_balance_indicator": "view_plan",
    "universal_preschool": "view_plan",
    "quality_balance_years": "view_plan",
    "quality_balance_school": "view_plan",
    "quality_balance_records": "view_records",
    "quality_balance_export": "export_records view_plan",
    "forecasts": "view_plan",
    "tasks": "view_records",
    "task": "view_records",
    "task_do": "report_tasks",
    "task_take_back": "report_tasks",
    "tasks_from_path": "assign_tasks",
    "tasks_from_forecast": "assign_tasks",
    "tasks_from_relaxations": "assign_tasks",
    "teachers_to_move": "view_staff view_plan",
    "task_teachers": "view_staff view_records",
    "path_to_target": "view_plan",
    "path_to_target_tasks": "export_records view_plan",
    "path_to_target_scenarios": "view_plan",
    "quality_balance_form": "view_plan export_records",
    "quality_balance_items": "view_plan",
    "quality_balance_locked": "view_plan",
    "quality_balance_lock": "review_bureau",
    "quality_balance_compared": "view_plan",
    "quality_balance_locked_form": "view_plan export_records",
    "quality_balance_item": "view_plan",
    "indicator": "view_plan",
    "standard": "view_plan",
    "search": "view_plan",
    "search_json": "view_plan",
    "records": "view_records",
    "schools": "view_registers",
    "school": "view_registers",
    "school_yearly_report": "edit_reports",
    "school_event": "run_school_events",
    "school_open": "run_school_events",
    "school_change": "run_school_events",
    "school_change_undo": "run_school_events",
    "school_year": "turn_year",
    "school_year_class": "turn_year",
    "school_year_done": "turn_year",
    "school_year_undo": "turn_year",
    "accounts": "manage_accounts",
    "account_new": "manage_accounts",
    "account": "manage_accounts",
    "account_edit": "manage_accounts",
    "account_hand_over": "manage_accounts",
    "account_reset": "manage_accounts",
    "account_disable": "manage_accounts",
    "account_enable": "manage_accounts",
    "quality": "view_registers",
    "quality_check": "view_registers",
    "quality_answer": "answer_findings",
    "quality_review": "accept_findings",
    "quality_decide": "accept_findings",
    "approvals": "view_records",
    "approvals_act": "view_records",
    "exports": "export_records",
    "export": "export_records",
    "export_file": "export_records",
    **{
        f"evidence_{page}": "view_records"
        for page in (
            "upload_begin",
            "upload",
            "upload_finish",
            "upload_drop",
            "upload_thumbnail",
            "list",
            "attach",
            "offered",
            "page",
            "file",
            "thumbnail",
            "picture",
            "pdf_page",
            "video",
            "caption",
            "detach",
            "restore",
        )
    },
    "trail": "view_trail",
    "trail_download": "view_trail",
    "survey_start": "",
    "survey_answer": "",
    "survey_thanks": "",
    "surveys": "view_records",
    "survey": "view_records",
    "survey_response": "view_records",
    "survey_result": "view_records",
    "survey_roster": "view_children",
    "survey_report": "run_surveys export_records",
    "drafts": "draft_plans",
    "draft": "draft_plans",
    **{
        f"draft_{page}": "draft_plans"
        for page in ("item", "new", "do", "corrections", "file", "remove", "adopt", "plan")
    },
    **{
        f"survey_{page}": "run_surveys"
        for page in ("new", "edit", "questions", "preview", "step", "codes", "print", "enter")
    },
}
# Registers: who looks, who writes.
REGISTERS = {
    "pupils": ("view_children", "edit_children"),
    "staff": ("view_staff", "edit_staff"),
    "contracts": ("view_staff", "edit_staff"),
    "staff_titles": ("view_staff", "edit_staff"),
    "certificates": ("view_staff", "edit_staff"),
    "trainings": ("view_staff", "edit_staff"),
    "leadership": ("view_staff", "edit_staff"),
    "schools": ("view_registers", "edit_schools"),
    "facilities": ("view_registers", "edit_reports"),
    "county": ("view_registers", "edit_schools"),
    "classes": ("view_registers", "edit_reports"),
    "places": ("view_registers", "edit_bodies"),
    "bodies": ("view_registers", "edit_bodies"),
    "body_aliases": ("view_registers", "edit_bodies"),
    "body_officers": ("view_registers", "edit_bodies"),
}
# A ledger says itself who looks and who writes: the roles are tried below as for any register.
REGISTERS |= {ledger.key: (ledger.view, ledger.edit) for ledger in ledgers()}
for ledger in ledgers():
    RULES |= {f"{ledger.key}_versus": ledger.view,
              f"{ledger.key}_package": f"export_records {ledger.view}",
              f"{ledger.key}_word": f"export_records {ledger.view}"}  # fmt: skip
    if ledger.quick:
        RULES[f"{ledger.key}_quick"] = ledger.edit
    if ledger.coverage is not None:
        RULES |= {f"{ledger.key}_coverage": ledger.view,
                  f"{ledger.key}_coverage_export": f"export_records {ledger.view}"}  # fmt: skip
for key, (look, edit) in REGISTERS.items():
    RULES |= {
        f"{key}_{page}": look
        for page in (
            "list",
            "detail",
            "changes",
            "change",
            "views",
            "view",
            "compare",
            "beside",
        )
    }
    RULES |= {
        f"{key}_{page}": edit
        for page in (
            "template",
            "new",
            "edit",
            "draft",
            "import",
            "batch",
            "step",
            "rejected",
            "bulk",
            "bulk_draft",
            "undo",
        )
    }
    RULES |= {f"{key}_{page}": f"export_records {look}" for page in ("export", "compare_export")}
# Answered with a one-time code: whoever signed in would be known by the answer.
BY_CODE = {"survey_start", "survey_answer", "survey_thanks"}
PUBLIC = {"login", *BY_CODE}
ONLY_POSTED = {
    "logout", "act", "sessions_end", "stand_in_end", "account_reset", "account_disable",
    "account_enable", "reminders_seen", "reminder_test", "quality_answer", "quality_decide",
    "token_revoke", "quality_balance_lock", "task_do", "task_take_back",
    "survey_step", "survey_print", "survey_enter", "draft_do", "draft_remove",
    *(f"evidence_{deed}" for deed in ("upload_begin", "upload_finish", "upload_drop")),
    *(f"evidence_{deed}" for deed in ("attach", "caption", "detach", "restore")),
    *(f"{key}_{page}" for key in REGISTERS for page in ("step", "undo", "view")),
}  # fmt: skip
LED_BACK = {"draft_do"}  # whoever follows a link to it comes to the page of the draft
GUARDED = sorted(
    name
    for name, permission in RULES.items()
    if permission and set(permission.split()) <= set(scope.PERMISSIONS)
)
# What stands in an address, by the name of its part; ids are put in from the small world.
EXAMPLES: dict[str, Any] = {
    "key": "workforce",
    "number": 11,
    "school_id": 1,
    "change_id": 1,
    "quality_balance_item.key": "g03",
    "quality_check.key": "class_too_small",
    "quality_answer.key": "class_too_small",
    "quality_decide.key": "class_too_small",
    "account_id": 1,
    "stand_in_id": 1,
    "thing": 1,
    "token_id": 1,
    "view_id": 1,
    "upload": "none",
    "item": 1,
    "draft_new.kind": "target",
    "plan": "none",
    "evidence": 1,
    "page": 1,
    "draft": "none",
    "code": "none",
    "target.name": "principals.young_leader_share",
    "tasks_from_forecast.name": "principals.young_leader_share",
    "standard.name": "settings.small_count",
    "indicator.name": "young_leader_share",
    "records.name": "green_share",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            if item.namespace != routes.NAMESPACE:  # test_api_addresses.py has its table
                yield from patterns(item)
        else:
            yield item


PATTERNS = {pattern.name: pattern for pattern in patterns()}


def example(name: str, **known: Any) -> str:
    """Return an address of a route, with something in the place of its parts."""
    given = {**EXAMPLES, **known}
    parts = PATTERNS[name].pattern.converters
    return reverse(
        name, kwargs={part: given.get(f"{name}.{part}", given.get(part)) for part in parts}
    )


def view_of(name: str) -> Callable[..., Any]:
    return PATTERNS[name].callback  # type: ignore[no-any-return]


def may(role: str, name: str) -> bool:
    """Tell whether a role may open a route, by its rule."""
    return all(role in scope.PERMISSIONS[permission] for permission in RULES[name].split())


def test_every_route_has_a_name_of_its_own() -> None:
    assert None not in PATTERNS
    assert len(PATTERNS) == len(list(patterns()))


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert set(RULES) == set(PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_view_requires_what_its_rule_says(name: str) -> None:
    assert getattr(view_of(name), "required_permission", "") == RULES[name]


@pytest.mark.parametrize("name", sorted(set(PATTERNS) - PUBLIC))
def test_whoever_has_not_signed_in_is_sent_to_the_log_in(name: str) -> None:
    ask = Client().post if name in ONLY_POSTED else Client().get

    response = ask(example(name))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{reverse('login')}?next=")


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_public_pages_open_for_everybody(name: str) -> None:
    assert Client().get(example(name)).status_code == 200


def test_a_page_without_log_in_says_why_and_leaves_no_cookie() -> None:
    reasons = {name: getattr(view_of(name), "public_reason", "") for name in PATTERNS}

    assert {name for name, reason in reasons.items() if reason} == BY_CODE
    for name in BY_CODE:
        client = Client()
        client.get(example(name))
        assert not client.cookies, name


@pytest.fixture(scope="module")
def browsers(district: World) -> dict[str, Client]:
    """A browser for each role there is, at Li's school or in her town, and for one there is not."""
    reach = {"school": district.li_school.pk, "town": district.gushan.pk}
    made = {}
    for role in (*Role.values, "visitor"):
        kind = SCOPE_OF_ROLE.get(role, "district")
        body = "health_office" if role == "body_officer" else ""
        account = world.account(f"a-{role}", role, role, kind, reach.get(kind), body_key=body)
        made[role] = signed_in(account)
    return made


@pytest.fixture(scope="module")
def managed(district: World) -> Account:
    """A clerk of Li's school, whom her head manages and the administrator as well."""
    return world.account("managed", "资料员", "school_clerk", "school", district.li_school.pk)


@pytest.mark.parametrize("role", [*Role.values, "visitor"])
def test_each_role_opens_what_it_may_and_nothing_else(
    district: World,
    browsers: dict[str, Client],
    managed: Account,
    role: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Posted deeds come last: they change the account that the other pages show.

    What a page writes is not asked here, and writing it is nine tenths of the time.
    """
    monkeypatch.setattr(Template, "render", lambda *_, **__: "")
    ids = {"account_id": managed.pk, "school_id": district.li_school.pk}
    answered, wanted = {}, {}
    for name in sorted(GUARDED, key=lambda name: name in ONLY_POSTED):
        ask = browsers[role].post if name in ONLY_POSTED else browsers[role].get
        with closing(ask(example(name, **ids))) as response:
            answered[name] = response.status_code != 403
        wanted[name] = may(role, name)

    assert answered == wanted


@pytest.mark.parametrize("name", sorted(ONLY_POSTED))
def test_a_deed_is_never_done_by_following_a_link(
    browsers: dict[str, Client], managed: Account, name: str
) -> None:
    role = next(role for role in Role.values if name not in GUARDED or may(role, name))

    response = browsers[role].get(example(name, account_id=managed.pk))

    assert response.status_code == (302 if name in LED_BACK else 405)


@pytest.mark.parametrize("name", GUARDED)
def test_a_role_without_the_permission_is_refused(name: str) -> None:
    """The view itself refuses, whatever stands before it."""
    request = (RequestFactory().post if name in ONLY_POSTED else RequestFactory().get)(
        example(name)
    )
    request.user = Account(username="visitor", role="visitor")
    parts = {
        part: EXAMPLES.get(f"{name}.{part}", EXAMPLES.get(part))
        for part in PATTERNS[name].pattern.converters
    }

    with pytest.raises(PermissionDenied):
        view_of(name)(request, **parts)


def test_the_refused_are_told_with_the_right_status() -> None:
    """Django answers PermissionDenied with our 403 page."""
    handler = get_resolver().resolve_error_handler(403)

    response = handler(RequestFactory().get("/"), exception=PermissionDenied())

    assert response.status_code == 403
    assert "没有权限打开这一页" in response.content.decode()
