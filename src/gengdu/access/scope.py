"""How far a person may open records: everything, one town, or one school."""

from __future__ import annotations

from dataclasses import dataclass

from gengdu.access.models import Account, Role, ScopeKind

PERMISSIONS: dict[str, frozenset[str]] = {
    "view_plan": frozenset(Role.values),
    "view_registers": frozenset(Role.values),
    "view_records": frozenset(Role.values),
}


@dataclass(frozen=True)
class Viewer:
    """Who looks: a role and a scope.

    Attributes:
        scope_key: Place id of the town or id of the school; None for the whole district.
        schools: Ids of the schools of the viewer's town on the day looked at.
    """

    role: str
    scope_kind: str
    scope_key: int | None
    schools: frozenset[int] = frozenset()

    @classmethod
    def of(cls, account: Account) -> Viewer:
        """Return the viewer an account stands for."""
        return cls(account.role, account.scope_kind, account.scope_key)

    @property
    def sees_district(self) -> bool:
        """Whether the scope is the whole district."""
        return self.scope_kind == ScopeKind.DISTRICT

    def may_open(self, sensitivity: str, *, town_id: int | None, school_id: int | None) -> bool:
        """Tell whether a record of some place may be opened.

        What is open to all who sign in (schools, villages, documents) has no scope.
        """
        if sensitivity == "open" or self.sees_district:
            return True
        if self.scope_key is None:
            return False
        if self.scope_kind == ScopeKind.TOWN:
            return town_id == self.scope_key or school_id in self.schools
        return school_id == self.scope_key


def allows(role: str, permission: str) -> bool:
    """Tell whether a role holds a permission."""
    return role in PERMISSIONS[permission]
