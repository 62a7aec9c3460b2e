"""A constraint that no two live rows of one thing share a day; drafts are not in force yet.

PostgreSQL keeps it as an exclusion constraint; SQLite has none, so triggers.py keeps it there.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _


class NoOverlap(BaseConstraint):
    """Live rows with equal `fields` never share a day between starts_on and ends_on.

    Where rows are approved, only approved ones are in force: a draft may lie over them.
    """

    def __init__(self, *, fields: list[str], name: str) -> None:
        self.fields = fields
        super().__init__(
            name=name,
            violation_error_message=_(
                "起止日期与已有记录重叠。同一时间只能有一条有效记录，请先结束原记录或改正日期。"
            ),
        )

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """Describe the constraint to migrations."""
        path = f"{type(self).__module__}.{type(self).__name__}"
        return path, (), {"fields": self.fields, "name": self.name}

    def columns(self, model: type[models.Model]) -> list[str]:
        """Return the database columns that name one thing."""
        fields = {field.name: field for field in model._meta.concrete_fields}
        return [str(fields[name].column) for name in self.fields]

    @staticmethod
    def is_approvable(model: type[models.Model]) -> bool:
        """Tell whether rows of a model are in force only once approved."""
        return any(field.name == "state" for field in model._meta.concrete_fields)

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the clause inside CREATE TABLE; none on SQLite."""
        assert schema_editor is not None
        assert model is not None
        if schema_editor.connection.vendor != "postgresql":
            return ""
        equals = ", ".join(f'"{column}" WITH =' for column in self.columns(model))
        approved = " AND state = 'approved'" if self.is_approvable(model) else ""
        return (
            f'CONSTRAINT "{self.name}" EXCLUDE USING gist '
            f"({equals}, daterange(starts_on, ends_on) WITH &&) "
            f"WHERE (superseded_at IS NULL{approved})"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the statement that adds the constraint to a table that exists."""
        clause = self.constraint_sql(model, schema_editor)
        assert model is not None
        return f'ALTER TABLE "{model._meta.db_table}" ADD {clause}' if clause else ""

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the statement that drops the constraint; none on SQLite."""
        assert schema_editor is not None
        assert model is not None
        if schema_editor.connection.vendor != "postgresql":
            return ""
        return f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"'

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = "default",
    ) -> None:
        """Refuse an overlapping row before the database does, in words.

        Raises:
            ValidationError: If a live row of the same thing shares a day.
        """
        same = {field: getattr(instance, field) for field in self.fields}
        rivals = model._default_manager.using(using).filter(**same, superseded_at=None)
        rivals = rivals.exclude(pk=instance.pk).filter(
            models.Q(ends_on=None) | models.Q(ends_on__gt=instance.starts_on)  # type: ignore[attr-defined]
        )
        if self.is_approvable(model):
            if instance.state != "approved":  # type: ignore[attr-defined]
                return
            rivals = rivals.filter(state="approved")
        if instance.ends_on is not None:  # type: ignore[attr-defined]
            rivals = rivals.filter(starts_on__lt=instance.ends_on)  # type: ignore[attr-defined]
        if rivals.exists():
            raise ValidationError(self.get_violation_error_message())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoOverlap):
            return self.name == other.name and self.fields == other.fields
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, *self.fields))
