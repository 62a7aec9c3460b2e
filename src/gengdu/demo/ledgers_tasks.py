"""The demo's tasks of improvement, at every stage and with every kind of owner; all invented.

Each was registered and agreed to at the bureau and then worked on, deed by deed, as the page of
tasks would have it: a test asks that page's own code about every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengdu.demo.accounts import NUMBERS
from gengdu.demo.columns import TASK_STEPS
from gengdu.demo.ledger import Ledger
from gengdu.demo.moments import day
from gengdu.demo.trails import BUREAU, Route, Station, Trail
from gengdu.policy.working_days import add_working_days

TABLE = "delivery_improvementtask"
ROUTE = Route(BUREAU, (Station("at_bureau", BUREAU),))
WORDS: Mapping[str, tuple[str, str]] = {
    "sign": ("签收", "accepted"),
    "report": ("报进展", "under_way"),
    "finish": ("办结", "finished"),
    "send_back": ("退回", "under_way"),
    "close": ("销号", "closed"),
}
"""What each deed is called, and the stage it leads to."""


@dataclass(frozen=True)
class Deed:
    """What somebody did with a task on a day.

    Attributes:
        who: User name of the account.
        done: How many were done by then; None where that was not said.
    """

    kind: str
    on: date
    who: str
    note: str = ""
    done: int | None = None


@dataclass(frozen=True)
class Task:
    """One task as the demo wants it.

    Attributes:
        agreed_on: When it was assigned.
        lead: The body that answers for it, by the key of the plan.
        school: Key of the school it is about; empty for the whole district.
        by_school: Whether that school carries it out.
    """

    what: str
    agreed_on: date
    due_on: date
    lead: str
    deeds: tuple[Deed, ...] = ()
    school: str = ""
    by_school: bool = False
    partners: str = ""
    start_by: date | None = None
    wanted: int | None = None
    unit: str = ""
    cost_yuan: float | None = None

    def entry(self, ledger: Ledger) -> dict[str, Any]:
        """Return its columns when it was assigned."""
        return {
            "what": self.what, "source": "own", "matter": "", "digest": "",
            "school_id": ledger.school(self.school) if self.school else None,
            "stage_of_school": "", "subject": "", "wanted": self.wanted, "unit": self.unit,
            "lead": self.lead, "carried_by": "school" if self.by_school else "body",
            "partners": self.partners, "start_by": self.start_by, "due_on": self.due_on,
            "cost_yuan": self.cost_yuan, "stage": "assigned", "done": 0, "levels": "{}",
        }  # fmt: skip


TASKS = (
    Task("示例：泊于镇家庭教育站点秋季排期", day("2026-09-24"), day("2026-12-18"), "boyu_town"),
    Task("示例五渚河小学：器材室按目录清点补齐", day("2026-09-09"), day("2026-12-31"),
         "education_bureau", (Deed("sign", day("2026-09-11"), "ziliao"),),
         school="wuzhuhe", by_school=True, cost_yuan=18_000.0),
    Task("示例：补招乡村学校体育、艺术教师", day("2026-04-13"), day("2027-08-31"),
         "education_bureau",
         (Deed("sign", day("2026-04-14"), "fenju"),
          Deed("report", day("2026-07-20"), "fenju", "示例：招聘方案已批，面试结束", 2),
          Deed("report", day("2026-09-08"), "fenju", "示例：新教师到岗", 4)),
         start_by=day("2026-08-31"), wanted=6, unit="名", cost_yuan=480_000.0),
    Task("示例：留守儿童家庭秋季走访", day("2026-08-31"), day("2026-09-25"),
         "social_work_department",
         (Deed("sign", day("2026-09-01"), "xietong"),
          Deed("report", day("2026-09-18"), "xietong", "示例：其余各户外出未归，改期走访", 31)),
         partners="教育分局、崮山镇、泊于镇", wanted=40, unit="户"),
    Task("示例泊于小学：门前减速带和标线", day("2026-06-22"), day("2026-09-15"), "boyu_town",
         (Deed("sign", day("2026-06-23"), "zhen"),), school="boyu", cost_yuan=26_000.0),
    Task("示例五渚河小学：音乐教室改造一间", day("2026-05-11"), day("2026-10-15"),
         "education_bureau",
         (Deed("sign", day("2026-05-12"), "xiaozhang"),
          Deed("report", day("2026-08-24"), "xiaozhang", "示例：施工完成，等检测"),
          Deed("finish", day("2026-09-28"), "xiaozhang", "示例：已验收，投入使用", 1)),
         school="wuzhuhe", by_school=True, wanted=1, unit="间", cost_yuan=95_000.0),
    Task("示例崮山中心幼儿园：户外场地软化", day("2026-03-16"), day("2026-10-30"), "gushan_town",
         (Deed("sign", day("2026-03-17"), "zhen_gushan"),
          Deed("finish", day("2026-09-10"), "zhen_gushan", "示例：场地已完工", 1),
          Deed("send_back", day("2026-09-14"), "fenju", "示例：缺检测报告，请补齐后再报办结")),
         school="gushan_k", wanted=1, unit="处", cost_yuan=140_000.0),
    Task("示例：困境儿童秋季资助名单比对", day("2026-08-17"), day("2026-09-18"),
         "social_work_department",
         (Deed("sign", day("2026-08-18"), "xietong"),
          Deed("finish", day("2026-09-07"), "xietong", "示例：名单已比对，差异逐户核实"),
          Deed("close", day("2026-09-09"), "fenju", "示例：核对结果已归档"))),
    Task("示例：两所学校章程按新校名修订", day("2026-03-02"), day("2026-10-12"),
         "education_bureau", (Deed("sign", day("2026-03-03"), "fenju"),)),
)  # fmt: skip


def write(ledger: Ledger) -> None:
    """Write every task with what was done with it."""
    for task in TASKS:
        trail = TaskTrail.drafted(
            ledger, TABLE, [task.entry(ledger)], name=task.what,
            on=add_working_days(task.agreed_on, -1), route=ROUTE,
        )  # fmt: skip
        trail.submit(task.agreed_on)
        trail.passed(task.agreed_on)
        for deed in task.deeds:
            trail.worked_on(deed)
        trail.close()


class TaskTrail(Trail):
    """A task on its way, also after it was agreed to."""

    def worked_on(self, deed: Deed) -> None:
        """Let somebody do something with the task."""
        row, (word, after) = self._open[0], WORDS[deed.kind]
        at, account = self._moment(deed.on), NUMBERS[deed.who]
        change = self._change(at, account, "edit", f"{word}：{row['what']}", 1, deed.note)
        done = row["done"] if deed.done is None else deed.done
        self._ledger.rows.add(
            TASK_STEPS, item_id=row["item_id"], at=at, on=deed.on, account_id=account,
            kind=deed.kind, before=row["stage"], after=after, done=done, note=deed.note,
            change_id=change,
        )  # fmt: skip
        self._ledger.rows.add(self._table, **row, superseded_at=at, superseded_in_id=change)
        self._open = [{
            **row, "stage": after, "done": done, "recorded_at": at, "recorded_in_id": change,
            "closed_on": deed.on if after == "closed" else None,
        }]  # fmt: skip
