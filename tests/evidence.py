"""Ledgers whose entries are proved in tests: school plans, and one about children."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.chapters.inclusion.models import AidRecognition
from gengdu.chapters.moral_education.models import SchoolPlan
from gengdu.chapters.moral_education.school_plans.ledger import SCHOOL_PLANS
from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.evidence import uploads
from gengdu.records.evidence.models import Upload
from gengdu.records.evidence.operations import By
from gengdu.records.models import Item, State
from gengdu.records.sheets import Column, Part, Register
from gengdu.registers.schools import queries
from tests import world

ON = world.ON
AT = datetime(2025, 12, 31, 9, tzinfo=UTC)


PLANS = SCHOOL_PLANS


def _of_schools(viewer: Viewer, on: date) -> Q | None:
    path = "pupil__enrolments__school__in"
    return Q() if viewer.sees_district else Q(**{path: viewer.schools})


AID = Register(
    key=AidRecognition.ledger, label="资助认定", unit="条记录", identity=Item,
    parts=(Part("entry", AidRecognition, "条目", link="item", states_period=True),),
    columns=(Column("category", "类别", "entry", "category", cells.Text()),),
    keys=(("category",),), order=("category",), search=(), scope=_of_schools, name="category",
    view="view_children", edit="edit_children", shows_children=True,
)  # fmt: skip


@contextmanager
def declared() -> Iterator[None]:
    """Hold the ledger about children declared, whatever the site declares in its place."""
    before = sheets.find(AID.key)
    sheets.declare(AID)
    try:
        yield
    finally:
        sheets._registers.pop(AID.key)
        if before is not None:
            sheets.declare(before)


def plan_of(school: Any) -> Item:
    """Return the entry of a school's plan, open for changes."""
    SchoolPlan.objects.filter(school=school).update(state=State.DRAFT)
    return Item.objects.get(moral_education_schoolplan__school=school)


def by(account: Account, *, at: datetime = AT, on: date = ON) -> By:
    """Return somebody about to change evidence."""
    return By(account, queries.viewer_of(account, on=on), on, at)


def sent(
    account: Account, name: str, body: bytes, *, ledger: str = PLANS.key, **more: Any
) -> Upload:
    """Return a finished upload."""
    made = begun(account, name, body, ledger=ledger, **more)
    uploads.receive(made, 0, [body])
    uploads.finish(made, on=ON, at=AT)
    made.refresh_from_db()
    return made


def begun(
    account: Account, name: str, body: bytes, *, ledger: str = PLANS.key, **more: Any
) -> Upload:
    """Return an upload of which nothing has come yet."""
    announced = uploads.Announced(ledger, name, len(body), **more)
    viewer = queries.viewer_of(account, on=ON)
    return uploads.begin(announced, account=account, viewer=viewer, on=ON, at=AT)
