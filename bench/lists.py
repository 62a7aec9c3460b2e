"""list_scoped and name_search: the list of pupils under load, asked for by a town's officer.

Twenty town officers, whose scope every page has to hold, use a server of two workers.
"""

from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import quote

from bench import crowd, serving
from bench.crowd import Habit

OFFICER = "zhen"
LISTS = ("/registers/pupils/", "/registers/pupils/?page=3", "/registers/pupils/?sort=name",
         "/registers/pupils/?f_sex=1", "/registers/pupils/?f_stage=junior&page=2")  # fmt: skip
NAMES = ("宇", "梓涵", "丛", "wang", "lxy", "建国")
SEARCHES = tuple(f"/registers/pupils/?q={quote(name)}" for name in NAMES)


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale: about 24,000 enrolled pupils for each district."""
    with serving.server(scale) as port:
        cookie = serving.signed_in(port, OFFICER)
        return crowd.measured(
            port, scale,
            {
                "list_scoped": Habit(0.7, crowd.pages(port, cookie, LISTS), "泊于镇"),
                "name_search": Habit(0.3, crowd.pages(port, cookie, SEARCHES), "泊于镇"),
            },
        )  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    print(run(int(sys.argv[1])))
