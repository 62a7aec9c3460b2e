"""What each role may do, and how far a person may open records.

Two axes: the tree of towns and schools, and the responsible body. A permission says what may be
done, the scope says to which records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gengdu.access.models import Account, Role, ScopeKind

# ● may, · may not. Columns: district administrator, bureau officer, body officer, town officer,
# school head, school clerk, teacher, teaching researcher, inspector, case worker, auditor.
# Whoever hands out accounts and reads the trail sees no child; whoever reads the trail sees no
# record at all.
_MATRIX = """
                    adm bur bod twn hea clk tea res ins cas aud
view_plan            ●   ●   ●   ●   ●   ●   ●   ●   ●   ●   ●
view_registers       ●   ●   ●   ●   ●   ●   ●   ●   ●   ●   ·
view_records         ●   ●   ●   ●   ●   ●   ●   ●   ●   ●   ·
view_staff           ●   ●   ·   ●   ●   ●   ·   ·   ●   ·   ·
view_children        ·   ●   ·   ●   ●   ●   ·   ·   ·   ●   ·
edit_bodies          ●   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
edit_schools         ●   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
edit_reports         ●   ●   ·   ·   ●   ●   ·   ·   ·   ·   ·
edit_staff           ●   ●   ·   ·   ●   ●   ·   ·   ·   ·   ·
edit_children        ·   ●   ·   ·   ●   ●   ·   ·   ·   ·   ·
reveal_personal      ·   ●   ·   ·   ●   ·   ·   ·   ·   ·   ·
export_records       ●   ●   ●   ●   ●   ●   ·   ●   ●   ·   ·
manage_accounts      ●   ·   ·   ·   ●   ·   ·   ·   ·   ·   ·
view_trail           ●   ·   ·   ·   ·   ·   ·   ·   ·   ·   ●
run_school_events    ●   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
turn_year            ·   ●   ·   ·   ●   ·   ·   ·   ·   ·   ·
edit_records         ·   ●   ·   ●   ●   ●   ·   ●   ·   ·   ·
edit_town_records    ·   ●   ·   ●   ·   ·   ·   ·   ·   ·   ·
review_school        ·   ·   ·   ·   ●   ·   ·   ·   ·   ·   ·
review_town          ·   ·   ·   ●   ·   ·   ·   ·   ·   ·   ·
review_bureau        ·   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
answer_findings      ●   ●   ●   ●   ●   ●   ·   ·   ·   ·   ·
accept_findings      ·   ●   ·   ●   ·   ·   ·   ·   ·   ·   ·
assign_tasks         ·   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
report_tasks         ·   ●   ●   ●   ●   ●   ·   ·   ·   ·   ·
run_surveys          ·   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
draft_plans          ·   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
use_api              ●   ●   ·   ·   ·   ·   ·   ·   ·   ·   ·
"""
_COLUMNS = {
    "adm": Role.DISTRICT_ADMIN,
    "bur": Role.BUREAU_OFFICER,
    "bod": Role.BODY_OFFICER,
    "twn": Role.TOWN_OFFICER,
    "hea": Role.SCHOOL_HEAD,
    "clk": Role.SCHOOL_CLERK,
    "tea": Role.TEACHER,
    "res": Role.TEACHING_RESEARCHER,
    "ins": Role.INSPECTOR,
    "cas": Role.CASE_WORKER,
    "aud": Role.AUDITOR,
}


def _read(matrix: str) -> dict[str, frozenset[str]]:
    head, *lines = matrix.strip().splitlines()
    columns = [_COLUMNS[name].value for name in head.split()]
    return {
        permission: frozenset(
            role for role, mark in zip(columns, marks, strict=True) if mark == "●"
        )
        for permission, *marks in map(str.split, lines)
    }


PERMISSIONS: dict[str, frozenset[str]] = _read(_MATRIX)

SCOPE_OF_ROLE: dict[str, ScopeKind] = {
    Role.TOWN_OFFICER: ScopeKind.TOWN,
    Role.SCHOOL_HEAD: ScopeKind.SCHOOL,
    Role.SCHOOL_CLERK: ScopeKind.SCHOOL,
    Role.TEACHER: ScopeKind.SCHOOL,
    Role.CASE_WORKER: ScopeKind.CASES,
}
"""How far a role reaches; the others reach the whole district, an inspector as far as told."""

# Which permission the rows behind a number ask for, by the card's sensitivity.
_OF_SENSITIVITY = {"open": "view_records", "staff": "view_staff", "child": "view_children"}


@dataclass(frozen=True)
class Viewer:
    """Who looks: a role and a scope.

    Attributes:
        scope_key: Place id of the town or id of the school; None for the whole district.
        schools: Ids of the schools of the viewer's town on the day looked at.
        body_key: The viewer's responsible body, by the key of the plan; empty for schools.
        only: Permissions to which a token narrows the role; None for a person.
    """

    role: str
    scope_kind: str
    scope_key: int | None
    schools: frozenset[int] = frozenset()
    body_key: str = ""
    only: frozenset[str] | None = None

    @classmethod
    def of(cls, account: Account) -> Viewer:
        """Return the viewer an account stands for, the absent person where it stands in."""
        held = account.rights
        return cls(held.role, held.scope_kind, held.scope_key, body_key=held.body_key)

    @property
    def sees_district(self) -> bool:
        """Whether the scope is the whole district."""
        return self.scope_kind == ScopeKind.DISTRICT

    def may(self, permission: str) -> bool:
        """Tell whether the viewer's role holds a permission; the scope is asked apart."""
        return allows(self.role, permission) and (self.only is None or permission in self.only)

    def may_open(self, sensitivity: str, *, town_id: int | None, school_id: int | None) -> bool:
        """Tell whether a record of some place may be opened.

        What is open to all who look at records (schools, villages, documents) has no scope.
        """
        if not self.may(_OF_SENSITIVITY[sensitivity]):
            return False
        if sensitivity == "open" or self.sees_district:
            return True
        if self.scope_key is None:
            return False
        if self.scope_kind == ScopeKind.TOWN:
            return town_id == self.scope_key or school_id in self.schools
        return school_id == self.scope_key


def role_of(user: Any) -> str:
    """Return the role whose rights a person uses now; empty for whoever has not signed in."""
    return user.rights.role if isinstance(user, Account) else ""


def allows(role: str, permission: str) -> bool:
    """Tell whether a role holds a permission."""
    return role in PERMISSIONS[permission]
