"""Ledgers whose entries are proved in tests: school plans, and what is about children."""

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
from gengdu.kernel import cells
from gengdu.records import sheets
from gengdu.records.evidence import uploads
from gengdu.records.evidence.models import Upload
from gengdu.records.evidence.operations import By
from gengdu.records.models import Item
from gengdu.records.sheets import Column, Part, Register
from gengdu.registers.schools import queries
from tests import world

ON = world.ON
AT = datetime(2025, 12, 31, 9, tzinfo=UTC)


def _of_schools(path: str, viewer: Viewer) -> Q | None:
    return Q() if viewer.sees_district else Q(**{f"{path}__in": viewer.schools})


def _register(model: Any, field: str, scope: Any, **more: Any) -> Register:
    part = Part("entry", model, "条目", link="item", states_period=True)
    column = Column(field, "名称", "entry", field, cells.Text())
    return Register(
        key=model.ledger, label=model._meta.verbose_name, unit="条记录", identity=Item,
        parts=(part,), columns=(column,), keys=((field,),), order=(field,), search=(),
        scope=scope, name=field, **more,
    )  # fmt: skip


PLANS = _register(
    SchoolPlan, "version", lambda viewer, on: _of_schools("school", viewer),
    view="view_records", edit="edit_reports",
)  # fmt: skip
AID = _register(
    AidRecognition, "category",
    lambda viewer, on: _of_schools("pupil__enrolments__school", viewer),
    view="view_children", edit="edit_children", shows_children=True,
)  # fmt: skip


@contextmanager
def declared() -> Iterator[None]:
    """Hold the two ledgers declared in place of what the site declares."""
    before = {key: sheets.find(key) for key in (PLANS.key, AID.key)}
    for register in (PLANS, AID):
        sheets.declare(register)
    try:
        yield
    finally:
        for key, register in before.items():
            sheets._registers.pop(key)
            if register is not None:
                sheets.declare(register)


def plan_of(school: Any) -> Item:
    """Return the entry of a school's plan."""
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
