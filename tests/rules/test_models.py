"""Tables, migrations and the border to analytics agree."""

from __future__ import annotations

import pyarrow as pa
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from gengdu.datasets.tables import TABLES, Table
from gengdu.records import triggers
from gengdu.records.models import Approvable, Dated, NoOverlap, Recorded
from tests import stores

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("gengdu.")]
DATED = [model for model in OUR_MODELS if issubclass(model, Dated)]
FIELDS_OF: dict[pa.DataType, tuple[type[models.Field], ...]] = {
    pa.int64(): (models.ForeignKey, models.IntegerField, models.AutoField),
    pa.float64(): (models.FloatField,),
    pa.string(): (models.CharField, models.TextField),
    pa.date32(): (models.DateField,),
    pa.timestamp("us"): (models.DateTimeField,),
    pa.bool_(): (models.BooleanField,),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_column_of_the_border_is_a_column_of_its_model(table: Table) -> None:
    model = apps.get_model(table.model)
    fields = {field.column: field for field in model._meta.concrete_fields}

    for column, wanted in table.columns.items():
        assert isinstance(fields[column], FIELDS_OF[wanted]), column
    assert table.approvable == issubclass(model, Approvable)


def test_two_tables_of_the_border_never_come_from_one_model() -> None:
    named = [table.model for table in TABLES.values()]

    assert len(named) == len(set(named))
    assert all(issubclass(apps.get_model(name), Recorded) for name in named)


@pytest.mark.django_db(databases=["default", "trail"])
def test_the_migrations_say_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", DATED, ids=lambda model: model._meta.label)
def test_every_period_ends_after_its_start_from_the_first_migration_on(
    model: type[models.Model],
) -> None:
    wanted = f"{model._meta.app_label}_{model._meta.model_name}_ends_after_start"
    key = (model._meta.app_label, model._meta.model_name or "")
    loader = MigrationLoader(None)
    of_the_app = sorted(node for node in loader.graph.nodes if node[0] == key[0])
    states = (loader.project_state(node).models for node in of_the_app)

    first = next(models[key] for models in states if key in models)

    assert wanted in [constraint.name for constraint in first.options["constraints"]]


@pytest.mark.django_db
@pytest.mark.parametrize("model", DATED, ids=lambda model: model._meta.label)
def test_the_database_itself_has_the_constraint(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)

    assert found[f"{model._meta.app_label}_{model._meta.model_name}_ends_after_start"]["check"]


@pytest.mark.django_db
@pytest.mark.parametrize("model", DATED, ids=lambda model: model._meta.label)
def test_the_database_itself_keeps_every_overlap_rule(model: type[models.Model]) -> None:
    wanted = {rule.name for rule in model._meta.constraints if isinstance(rule, NoOverlap)}

    if connection.vendor == "sqlite":
        names = [name.removeprefix("gengdu_") for name in triggers.installed(connection)]
        kept = {rule for rule in wanted if {f"{rule}_insert", f"{rule}_update"} <= set(names)}
    else:
        exclusions = "SELECT conname FROM pg_constraint WHERE contype = 'x' AND conrelid = "
        kept = {
            name
            for (name,) in stores.execute(
                connection, f"{exclusions}'{model._meta.db_table}'::regclass"
            )
        }

    assert kept == wanted


@pytest.mark.parametrize("label", sorted({model._meta.app_label for model in DATED}))
def test_the_extension_that_overlap_rules_need_is_made_before_them(label: str) -> None:
    loader = MigrationLoader(None)

    first = min(node for node in loader.graph.nodes if node[0] == label)
    plan = loader.graph.forwards_plan(first)

    assert ("records", "0001_squashed_0007_change_of_evidence") in plan


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_what_a_row_is_and_deletes_nothing_behind_ones_back(
    model: type[models.Model],
) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT, field.name


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_no_model_overrides_save_or_delete(model: type[models.Model]) -> None:
    """Integrity lives in the database; bulk_create, update() and the shell walk around save()."""
    for name in ("save", "delete"):
        own = [parent for parent in model.__mro__ if name in vars(parent)]
        assert not own[0].__module__.startswith("gengdu."), name


@pytest.mark.parametrize(
    "model", [model for model in OUR_MODELS if issubclass(model, Recorded)],
    ids=lambda model: model._meta.label,
)  # fmt: skip
def test_every_field_of_a_record_has_a_chinese_name(model: type[models.Model]) -> None:
    names = [model._meta.verbose_name]
    names += [field.verbose_name for field in model._meta.concrete_fields if not field.primary_key]

    for name in names:
        assert any("一" <= letter <= "鿿" for letter in str(name)), name
