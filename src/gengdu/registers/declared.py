"""Every register, declared by being imported, in the order menus show them."""

from gengdu.registers.bodies.register import BODIES, BODY_ALIASES, BODY_OFFICERS
from gengdu.registers.places.register import PLACES
from gengdu.registers.pupils.register import PUPILS
from gengdu.registers.schools.classes import CLASSES
from gengdu.registers.schools.county import COUNTY
from gengdu.registers.schools.facilities import FACILITIES
from gengdu.registers.schools.register import SCHOOLS
from gengdu.registers.staff.dossier import (
    CERTIFICATES,
    CONTRACTS,
    LEADERSHIP,
    TITLES,
    TRAININGS,
)
from gengdu.registers.staff.register import STAFF

REGISTERS = (
    SCHOOLS, PUPILS, STAFF, CONTRACTS, TITLES, CERTIFICATES, TRAININGS, LEADERSHIP, CLASSES,
    FACILITIES, COUNTY, PLACES, BODIES, BODY_ALIASES, BODY_OFFICERS,
)  # fmt: skip
