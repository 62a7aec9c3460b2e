"""ledger_list, approval_inbox, approval_look: the ledgers under load, asked for by the bureau.

Twenty officers of the bureau, who see the entries of every school, use a server of two workers.
`approval_look` is the page that says what an approval of twelve titles would do, targets included.
"""

from __future__ import annotations

import os
import random
import re
import sys
from typing import Any

from bench import crowd, serving
from bench.crowd import Ask, Habit

OFFICER = "fenju"
AT_ONCE = 12
LISTS = ("/registers/campus_titles/", "/registers/campus_titles/?page=3",
         "/registers/campus_titles/?f_kind=reading&sort=-starts_on",
         "/registers/parent_committees/?f_level=class", "/registers/parent_sessions/?page=2",
         "/registers/school_plans/", "/registers/family_stations/")  # fmt: skip
INBOX = ("/approvals/", "/approvals/?group=waiting&page=2", "/approvals/?group=expiring",
         "/approvals/?group=sent")  # fmt: skip


def run(scale: int) -> list[dict[str, Any]]:
    """Measure one scale: about 90,000 entries and steps of five years for each district."""
    with serving.server(scale) as port:
        cookie = serving.signed_in(port, OFFICER)
        return crowd.measured(
            port, scale,
            {
                "ledger_list": Habit(0.5, crowd.pages(port, cookie, LISTS), "迎检资料包"),
                "approval_inbox": Habit(0.4, crowd.pages(port, cookie, INBOX), "待办"),
                "approval_look": Habit(0.1, _looks(port, cookie), "效果和提醒"),
            },
        )  # fmt: skip


def _looks(port: int, cookie: str) -> Ask:
    """Return what asks for the effects of approving some of the entries that wait."""
    text = serving.get(port, INBOX[0] + "?group=waiting", cookie)[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    waiting = re.findall(r'name="item" value="(\d+)"', text)
    assert token is not None
    assert len(waiting) >= AT_ONCE, "the demo has too little that waits"

    def look(chance: random.Random) -> tuple[float, int, str]:
        items = chance.sample(waiting, AT_ONCE)
        fields = [
            ("csrfmiddlewaretoken", token[1]),
            ("kind", "pass"),
            *(("item", i) for i in items),
        ]
        return serving.submit(port, "/approvals/act/", cookie, fields)

    return look


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
    print(run(int(sys.argv[1])))
