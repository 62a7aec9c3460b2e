"""The database itself refuses to change or delete a locked evaluation."""

from gengdu.access.refusing import Refusal
from gengdu.chapters.delivery.evaluation.models import LockedEvaluation

REFUSAL = Refusal(
    LockedEvaluation._meta.db_table, "locked_evaluation", "a locked evaluation is never changed",
    whole_too=False,
)  # fmt: skip
