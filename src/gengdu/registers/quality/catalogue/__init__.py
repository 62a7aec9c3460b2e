"""The checks over the registers, in the order in which the desk lists them."""

from gengdu.registers.quality import checks
from gengdu.registers.quality.catalogue import (
    classes,
    enrolment,
    facilities,
    gaps,
    identity,
    schools,
    staff,
    twins,
)

checks.declare(
    *twins.CHECKS,
    *identity.CHECKS,
    *enrolment.CHECKS,
    *gaps.CHECKS,
    *classes.CHECKS,
    *staff.CHECKS,
    *schools.CHECKS,
    *facilities.CHECKS,
)
