"""Varies the small world so that a check has something to find, or only just nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gengdu.access.actors import Actor
from gengdu.access.models import Account
from gengdu.registers.pupils.models import Enrolment, Guardian, Pupil, PupilRecord
from gengdu.registers.quality import checks, evaluate, queries
from gengdu.registers.quality.evaluate import Found
from gengdu.registers.quality.models import AnswerKind
from gengdu.registers.quality.operations import Act, Reply
from gengdu.registers.quality.queries import Finding
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools.models import School, SchoolProfile
from gengdu.registers.staff.models import Post, Staff, StaffRecord
from tests import world
from tests.world import ON

# Made-up numbers with a correct check digit; 2016-03-01, two boys and a girl.
BOY, OTHER_BOY, GIRL = "371002201603010012", "371002201603010039", "371002201603010047"


def found(key: str, *, on: date = ON) -> tuple[Found, ...]:
    """Return what one check finds in the database of this moment."""
    return evaluate.run([checks.get(key)], on)[key]


def who(key: str, *, on: date = ON) -> list[str]:
    """Return the codes of the pupils or staff that a check finds, in order."""
    model: Any = {"pupil": Pupil, "staff": Staff}[checks.get(key).subject.thing]
    field = f"{checks.get(key).subject.thing}_code"
    ids = [item.subject_id for item in found(key, on=on)]
    return sorted(model.objects.in_bulk(ids)[pk].__getattribute__(field) for pk in ids)


def where(key: str, *, on: date = ON) -> list[int]:
    """Return the schools that a check finds something at, in order."""
    return sorted(item.subject_id for item in found(key, on=on))


def pupil(code: str, **values: Any) -> Pupil:
    """Correct the live record of a child, and return the child."""
    PupilRecord.objects.filter(pupil__pupil_code=code, superseded_at=None).update(**values)
    return Pupil.objects.get(pupil_code=code)


def enrolment(code: str, **values: Any) -> None:
    """Correct the enrolment of a child on the day."""
    year = Enrolment.objects.filter(pupil__pupil_code=code, starts_on=date(2025, 9, 1))
    assert year.update(**values)


def guardian(code: str, *, phone: str, position: int = 1) -> None:
    """Add a member of the family."""
    Guardian.objects.create(
        pupil=Pupil.objects.get(pupil_code=code), position=position, name="家长", phone=phone,
        recorded_at=world.known(ON),
    )  # fmt: skip


def staff(code: str, **values: Any) -> None:
    """Correct the live record of a member of staff."""
    StaffRecord.objects.filter(staff__staff_code=code, superseded_at=None).update(**values)


def post(code: str, **values: Any) -> None:
    """Correct the post of a member of staff."""
    Post.objects.filter(staff__staff_code=code, superseded_at=None).update(**values)


def profile(school: School, **values: Any) -> None:
    """Correct the profile of a school."""
    SchoolProfile.objects.filter(school=school, superseded_at=None).update(**values)


BIRTH = checks.get("pupil_identity_birth")
AT = datetime(2025, 12, 31, 10, tzinfo=UTC)
CHANGE = Reply(AnswerKind.CHANGE, "已在学籍系统更正，等待同步。")


def act(account: Account) -> Act:
    viewer = schools.viewer_of(account, on=ON)
    return Act(account, viewer, Actor(account.pk, account.username, account.role), AT, ON)


def of(account: Account) -> list[Finding]:
    return queries.findings(act(account).viewer, on=ON, check=BIRTH)


def tokens(account: Account) -> list[str]:
    return [finding.token for finding in of(account)]
