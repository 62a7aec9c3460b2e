"""A survey of the small world, as tests begin, draw and open it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gengdu.access.models import Account
from gengdu.chapters.delivery.evaluation.surveys import operations, slips
from gengdu.chapters.delivery.evaluation.surveys.models import Survey

KEY = b"only-in-tests"
AT = datetime(2025, 12, 1, 1, tzinfo=UTC)
OPENS, CLOSES = date(2025, 12, 1), date(2025, 12, 31)
DURING, AFTER = date(2025, 12, 15), date(2026, 1, 1)


def begun(account: Account, **more: Any) -> Survey:
    """Return a survey that asks everybody it may: the small world has few."""
    survey = operations.begin(
        account, title="示例认可度调查", purpose="quality_balance", opens_on=OPENS,
        closes_on=CLOSES, at=AT,
    )  # fmt: skip
    settings = {"margin": 0.01, "expected_response": 1.0, **more}
    return operations.change(survey.pk, account, settings)


def opened(account: Account, *, on: date = OPENS, key: bytes = KEY, **more: Any) -> Survey:
    """Return a survey that takes answers."""
    survey = begun(account, **more)
    operations.draw(survey.pk, account, on=on, at=AT, key=key)
    return operations.open_up(survey.pk, account, on=on, at=AT)


def codes_of(survey: Survey, account: Account, *, key: bytes = KEY, group: str = "parents"
             ) -> list[str]:  # fmt: skip
    """Return the codes of a group as they are printed."""
    strata = survey.strata.filter(group=group).values_list("pk", flat=True)
    _survey, sheets = slips.print_slips(survey.pk, account, strata, on=DURING, key=key)
    return [slip.code for sheet in sheets for packet in sheet.packets for slip in packet.slips]
