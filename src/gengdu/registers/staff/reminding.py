"""What the register of staff reminds of: contracts that end and have no successor yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from gengdu.access.models import Role
from gengdu.records.reminders import occasions
from gengdu.records.reminders.occasions import Occasion, Who
from gengdu.registers.staff.models import ContractTerm

OF_SCHOOL = frozenset({Role.SCHOOL_HEAD.value, Role.SCHOOL_CLERK.value})


def contracts(on: date) -> Iterator[Occasion]:
    """Yield for each school and day how many contracts end then, without the names of people."""
    following = ContractTerm.objects.filter(
        superseded_at=None, staff=OuterRef("staff"), starts_on__gte=OuterRef("ends_on")
    )
    ending = occasions.ending(ContractTerm.objects.all(), on).exclude(Exists(following))
    counted = ending.order_by().values_list("school", "ends_on").annotate(number=Count("pk"))
    for school, ends_on, number in counted.order_by("school", "ends_on"):
        assert ends_on is not None
        who = Who("view_staff", "staff", OF_SCHOOL, school_id=school)
        what = _("%(count)s 人的聘用合同") % {"count": number}
        link = reverse("contracts_list")
        yield occasions.expiring(f"school{school}", who, what=what, ends_on=ends_on, link=link)
