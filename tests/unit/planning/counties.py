"""Small counties for the tests of the shortest path."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from gengdu.planning.path_to_target import Action, Budget, Held, Place, Problem, Rules, Transfer

RULES = Rules(
    needed=1,
    floor=Fraction(85, 100),
    limits={"primary": Fraction(1, 2), "junior": Fraction(45, 100)},
)


def place(
    school: str, pupils: int, *, teachers: int = 0, rooms: int = 0, stage: str = "primary",
    kinds: dict[tuple[str, ...], int] | None = None, area: str = "",
) -> Place:  # fmt: skip
    """Return a place with teachers (5 per 100 pupils are asked for) and rooms (2 per 100)."""
    held = {
        "teachers": Held(Fraction(teachers), Fraction(pupils), Fraction(5), 100),
        "rooms": Held(Fraction(rooms), Fraction(pupils), Fraction(2), 100),
    }
    return Place(school, stage, pupils, held, kinds or {}, area)


def county(
    *places: Place, actions: tuple[Action, ...] = (), transfer: Transfer | None = None,
    rules: Rules = RULES, budgets: tuple[Budget, ...] = (),
) -> Problem:  # fmt: skip
    """Return a county of places that have teachers and rooms."""
    shared = frozenset({"rooms"})
    return Problem(("teachers", "rooms"), shared, places, actions, rules, transfer, budgets)


def hire(cost: int = 100, most: int = 9, **more: object) -> Action:
    """Return the hiring of one teacher."""
    return Action("hire", {"teachers": Fraction(1)}, Fraction(cost), most_otherwise=most, **more)  # type: ignore[arg-type]


def build(cost: int = 300, most: int = 9) -> Action:
    """Return the building of one room."""
    return Action(
        "build", {"rooms": Fraction(1)}, Fraction(cost), at_school=True, most_otherwise=most
    )


def drawn(seed: int, schools: int = 3) -> Problem:
    """Return a small county drawn at random, with hiring, moving and building."""
    draw = np.random.default_rng(seed)
    places = []
    for number in range(schools):
        pupils = int(draw.integers(60, 160))
        teachers, rooms = int(draw.integers(1, 9)), int(draw.integers(0, 4))
        places.append(
            place(f"school {number}", pupils, teachers=teachers, rooms=rooms,
                  kinds={("teachers",): teachers})
        )  # fmt: skip
    rules = Rules(
        needed=int(draw.integers(1, 3)),
        floor=Fraction(85, 100),
        limits={"primary": Fraction(3, 10)},
    )
    return county(
        *places, rules=rules, actions=(hire(int(draw.integers(50, 150)), 3), build(200, 3)),
        transfer=Transfer("move", Fraction(20), most_out_otherwise=1),
    )  # fmt: skip
