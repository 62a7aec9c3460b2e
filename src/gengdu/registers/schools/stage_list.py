"""学段 as one cell: the stages that a school teaches, one table row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gengdu.registers.schools.models import Stage


@dataclass(frozen=True)
class StageList:
    """The stages of a school in one cell, such as 小学、初中."""

    inputs: tuple[str, ...] = tuple(f"teaches_{stage}" for stage in Stage.values)

    def on(self, day: date, known: date | None = None) -> Callable[..., str]:
        """Return what joins the labels of the stages taught."""
        return lambda *taught: "、".join(str(Stage(stage).label) for stage in taught if stage)
