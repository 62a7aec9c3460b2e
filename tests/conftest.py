"""The test databases are SQLite files in WAL mode, as in use; `district` holds the small world.

With GENGDU_DATABASE_URL they are databases of that PostgreSQL server (make test-postgres).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import pre_migrate
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck, settings

from gengdu.access.models import Account, Role
from gengdu.board import live
from gengdu.records import reading
from gengdu.registers.quality import evaluate, queries
from tests import undoing, world
from tests.world import World

# Nothing is judged by the clock: a busy machine is slow at drawing examples too.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

PLACES = ("IMPORTS", "EXPORTS", "FILES", "UPLOADS", "NOTICES", "PLANS")
STORE = connections["default"].vendor
OTHER_STORE = {
    "sqlite": ("postgresql", "promises something of PostgreSQL alone: see make test-postgres"),
    "postgresql": ("sqlite", "promises something of SQLite files alone"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what is said of the other store; what asks for none is tried on SQLite alone."""
    mark, reason = OTHER_STORE[STORE]
    if STORE == "postgresql":
        config.hook.pytest_deselected(items=[one for one in items if not _asks_for_a_store(one)])
        items[:] = [one for one in items if _asks_for_a_store(one)]
    for item in items:
        if item.get_closest_marker(mark):
            item.add_marker(pytest.mark.skip(reason=reason))


def _asks_for_a_store(item: pytest.Item) -> bool:
    """Tell whether a test reads or writes a database; commands do so in processes of their own."""
    wanted = {"db", "transactional_db", "django_db_setup"}
    is_marked = any(item.get_closest_marker(mark) for mark in ("django_db", "postgresql"))
    is_command = "cli" in item.path.relative_to(item.config.rootpath).parts
    return is_marked or is_command or not wanted.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give each worker databases of its own, which other processes can see as well."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    folder = tmp_path_factory.mktemp("databases")
    for alias in connections:
        settings = connections[alias].settings_dict
        # Made from the models at once; test_migrating.py holds the migrations to the same.
        settings["TEST"]["MIGRATE"] = False
        if STORE == "postgresql":
            settings["TEST"]["NAME"] = f"test_{settings['NAME']}_{worker}"
            continue
        settings["TEST"]["NAME"] = str(folder / f"{alias}.sqlite3")
        # As in use, but no test waits for the disk; test_kill.py keeps the real settings.
        options = settings["OPTIONS"]
        options["init_command"] = options["init_command"].replace("FULL", "OFF")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make every database once, also for tests that ask for committed rows and carry no marker."""
    pre_migrate.connect(_extend, dispatch_uid="tests.extend")
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        _say_migrated()
    yield
    undoing.others.close()
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _say_migrated() -> None:
    """Record what the tables made from the models are as good as, for those who migrate first."""
    every = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    of = {*every, *(earlier for one in every.values() for earlier in one.replaces)}
    for alias in connections:
        recorder = MigrationRecorder(connections[alias])
        recorder.ensure_schema()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in sorted(of)
        )


def _extend(*, using: str, **_: Any) -> None:
    """Give PostgreSQL what the first migration gives it."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


@pytest.fixture(autouse=True, scope="session")
def _anchors_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the anchors of the trail beside the test databases, not beside the demo's."""
    with override_settings(TRAIL_ANCHORS=tmp_path_factory.mktemp("trail") / "anchors"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _numbers_of_now() -> Iterator[None]:
    """Let every page wait for the numbers of its moment, however busy the machine."""
    with override_settings(NUMBERS_WAIT_SECONDS=600):
        yield


@pytest.fixture(autouse=True, scope="session")
def _plain_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve static files under their own names, and do background tasks at once."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    folder = tmp_path_factory.mktemp("static")
    tasks = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    kept = {name: tmp_path_factory.mktemp(name) for name in PLACES}
    with override_settings(STORAGES=storages, STATIC_ROOT=folder, TASKS=tasks, **kept):
        yield


@pytest.fixture(autouse=True, scope="session")
def _remembered_across_tests() -> Iterator[None]:
    """Let a test that has written nothing use and remember numbers: it sees what all see.

    Each test runs in a transaction that is rolled back; every page would count anew without this.
    """
    with patch.object(reading, "may_be_undone", undoing.has_written):
        yield


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The small world, committed, for all tests of a module; nothing else may be in the database.

    A test that writes asks for `db` as well: what it writes is rolled back.
    """
    with django_db_blocker.unblock():
        forget_numbers()
        yield world.build()
        world.remove_everything()
        forget_numbers()


def forget_numbers() -> None:
    """Forget tables and results that were read from another test's database."""
    live.indicators.__init__()  # type: ignore[misc]
    evaluate.live.__init__()  # type: ignore[misc]
    queries.answers.__init__()  # type: ignore[misc]


@pytest.fixture
def as_wang(district: World) -> Client:
    """A browser in which Wang of the bureau has signed in."""
    return signed_in(district.wang)


def signed_in(account: Any) -> Client:
    """Return a browser in which an account has signed in."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def clerk(district: World, db: None) -> Account:
    """The clerk of Li's school."""
    return world.account(
        "clerk", "崮山小学资料员", Role.SCHOOL_CLERK, "school", district.li_school.pk
    )
