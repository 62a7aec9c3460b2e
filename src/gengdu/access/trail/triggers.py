"""The database itself refuses to change or delete an entry of the trail."""

from gengdu.access.refusing import Refusal
from gengdu.access.trail.models import TrailEntry

REFUSAL = Refusal(
    TrailEntry._meta.db_table, "gengdu_trail", "the trail is only added to", whole_too=True
)
