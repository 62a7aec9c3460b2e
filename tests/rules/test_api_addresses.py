"""Every address of the API asks for a token and a permission: each one, tried in each role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from gengdu.access.models import Role
from gengdu.access.scope import PERMISSIONS, SCOPE_OF_ROLE
from gengdu.access.tokens.forms import GRANTABLE
from gengdu.api import routes
from gengdu.api.callers import Bearer
from gengdu.records.ledgers import ledgers
from tests import tokens, world
from tests.tokens import Program
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

# What each address asks for besides use_api. One that is not here fails, and so does a line
# without an address.
RULES = {
    ("GET", "/registers/"): "",
    ("GET", "/status"): "view_plan",
    ("GET", "/indicators/{str:name}"): "view_plan",
    ("POST", "/changes/{int:number}/undo/"): "",  # by the register of the change: test_api.py
    ("GET", "/openapi.json"): "",
    ("GET", "/approvals/"): "view_records",
    ("POST", "/approvals/"): "view_records",  # each act asks for its own: test_api_ledgers.py
    ("GET", "/evidence/{int:thing}/"): "",  # by the ledger of the entry: test_api_ledgers.py
    ("POST", "/evidence/{int:thing}/"): "",
    ("GET", "/evidence/files/{int:number}/"): "",
    ("POST", "/evidence/files/{int:number}/detach/"): "",
}
REGISTERS = {
    "schools": ("view_registers", "edit_schools"),
    "facilities": ("view_registers", "edit_reports"),
    "county": ("view_registers", "edit_schools"),
    "classes": ("view_registers", "edit_reports"),
    "staff": ("view_staff", "edit_staff"),
    "contracts": ("view_staff", "edit_staff"),
    "staff_titles": ("view_staff", "edit_staff"),
    "certificates": ("view_staff", "edit_staff"),
    "trainings": ("view_staff", "edit_staff"),
    "leadership": ("view_staff", "edit_staff"),
    "pupils": ("view_children", "edit_children"),
    "places": ("view_registers", "edit_bodies"),
    "bodies": ("view_registers", "edit_bodies"),
    "body_aliases": ("view_registers", "edit_bodies"),
    "body_officers": ("view_registers", "edit_bodies"),
}
REGISTERS |= {ledger.key: (ledger.view, ledger.edit) for ledger in ledgers()}
for _key, (_look, _edit) in REGISTERS.items():
    RULES[("GET", f"/registers/{_key}/")] = _look
    RULES[("GET", f"/registers/{_key}/{{int:thing}}/")] = _look
    RULES[("POST", f"/registers/{_key}/")] = _edit
CATCH_ALL = "/{path:rest}"
EXAMPLES = {
    "{str:name}": "young_leader_share", "{int:number}": "1", "{int:thing}": "1",
}  # fmt: skip


def operations() -> Iterator[tuple[str, str, Bearer]]:
    for router in routes.api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                (guard,) = operation.auth_callbacks
                for method in operation.methods:
                    assert isinstance(guard, Bearer), path
                    yield method, path, guard


OPERATIONS = {(method, path): guard for method, path, guard in operations() if path != CATCH_ALL}


def ask(program: Program, method: str, path: str) -> HttpResponse:
    for part, value in EXAMPLES.items():
        path = path.replace(part, value)
    if method == "GET":
        return program.get(path)
    return program.post(path, {} if "undo" in path else {"rows": [{"cells": {"name": "丛新"}}]})


def test_every_address_of_the_api_has_a_rule_and_every_rule_an_address() -> None:
    assert {key: guard.permission for key, guard in OPERATIONS.items()} == RULES


def test_every_permission_the_api_asks_for_can_be_given_to_a_token() -> None:
    assert set(RULES.values()) - {""} <= set(GRANTABLE) <= set(PERMISSIONS)


@pytest.mark.parametrize(("method", "path"), [*RULES, ("GET", "/nothing"), ("PUT", "/x/y")])
def test_nobody_comes_in_without_a_token(method: str, path: str) -> None:
    for part, value in EXAMPLES.items():
        path = path.replace(part, value)

    for head in ({}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer gd_wrong"}):
        response = Client().generic(method, tokens.ROOT + path, headers=head)

        assert response.status_code == 401
        assert response.json()["error"] == "unauthenticated"
        assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("role", [*Role.values, "visitor"])
def test_each_role_is_answered_what_it_may_ask_and_nothing_else(district: World, role: str) -> None:
    reach = {"school": district.li_school.pk, "town": district.gushan.pk}
    kind = SCOPE_OF_ROLE.get(role, "district")
    body = "health_office" if role == "body_officer" else ""
    account = world.account(f"p-{role}", role, role, kind, reach.get(kind), body_key=body)
    program = tokens.of_whoever(account)

    answered = {key: ask(program, *key).status_code != 403 for key in RULES}

    asked = {key: {"use_api", rule} - {""} for key, rule in RULES.items()}
    assert answered == {
        key: all(role in PERMISSIONS[permission] for permission in permissions)
        for key, permissions in asked.items()
    }


@pytest.mark.parametrize("permission", sorted(set(RULES.values()) - {""}))
def test_a_token_without_the_permission_is_refused_whatever_its_account_may(
    district: World, permission: str
) -> None:
    granted = [item for item in tokens.grantable(district.wang.role) if item != permission]
    program = tokens.program(district.wang, granted)

    answered = {key: ask(program, *key).status_code for key, rule in RULES.items() if rule}

    assert {key for key, status in answered.items() if status == 403} == {
        key for key, rule in RULES.items() if rule == permission
    }
