"""The accounts of the demo district: those offered on the log-in page, and their colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from gengdu.demo.school_list import RURAL_OPEN, Spec

# Everybody may know it: these accounts are refused wherever the demo does not run.
DEMO_PASSWORD = "gengdu-demo-2026"  # nosec B105
# Makes the one-time codes of the demo's surveys.
DEMO_SURVEY_KEY = "gengdu-demo-surveys"

_SCHOOL = "示例五渚河小学"
_SURNAMES = "丛毕于邹鞠姜宋刘徐曲林邵梁夏戚苗许董黄谷车侯"


@dataclass(frozen=True)
class DemoAccount:
    """One account that everybody may try.

    Attributes:
        group_zh: The heading under which the log-in page offers it.
        role: A value of access.models.Role.
        scope_kind: A value of access.models.ScopeKind.
        scope_name: Name of the school or town the scope reaches; empty for the whole district.
        body_key: The responsible body, by the key of the plan; empty for schools.
    """

    group_zh: str
    username: str
    title_zh: str
    last_name: str
    role: str
    scope_kind: str
    scope_name: str = ""
    body_key: str = ""


DEMO_ACCOUNTS = (
    DemoAccount("区级部门", "fenju", "教育分局 计划科", "王科长", "bureau_officer", "district",
                body_key="education_bureau"),
    DemoAccount("区级部门", "quguan", "教育分局 系统管理", "孙管理员", "district_admin",
                "district", body_key="education_bureau"),
    DemoAccount("区级部门", "jiaoyan", "教研中心 教研员", "周教研员", "teaching_researcher",
                "district", body_key="education_bureau"),
    DemoAccount("区级部门", "xietong", "社会工作部 联络员", "吴干事", "body_officer", "district",
                body_key="social_work_department"),
    DemoAccount("镇", "zhen", "泊于镇 教育助理", "赵助理", "town_officer", "town", "泊于镇",
                body_key="boyu_town"),
    DemoAccount("学校", "xiaozhang", f"{_SCHOOL} 校长", "李校长", "school_head", "school", _SCHOOL),
    DemoAccount("学校", "ziliao", f"{_SCHOOL} 资料员", "郑资料员", "school_clerk", "school",
                _SCHOOL),
    DemoAccount("学校", "jiaoshi", f"{_SCHOOL} 教师", "陈老师", "teacher", "school", _SCHOOL),
    DemoAccount("督导、个案与审计", "duxue", "责任区督学", "钱督学", "inspector", "district",
                body_key="education_bureau"),
    DemoAccount("督导、个案与审计", "gean", "儿童督导员", "冯督导员", "case_worker", "cases",
                body_key="social_work_department"),
    DemoAccount("督导、个案与审计", "shenji", "区审计员", "沈审计", "auditor", "district"),
)  # fmt: skip


def _colleagues(spec: Spec, surname: str, following: str) -> tuple[DemoAccount, ...]:
    head = "园长" if spec.is_kindergarten else "校长"
    return (
        DemoAccount("", f"xiaozhang_{spec.key}", f"{spec.name} {head}", f"{surname}{head}",
                    "school_head", "school", spec.name),
        DemoAccount("", f"ziliao_{spec.key}", f"{spec.name} 资料员", f"{following}老师",
                    "school_clerk", "school", spec.name),
    )  # fmt: skip


COLLEAGUES = (
    DemoAccount("", "zhen_gushan", "崮山镇 教育助理", "谷助理", "town_officer", "town", "崮山镇",
                body_key="gushan_town"),
    *(
        account
        for place, spec in enumerate(item for item in RURAL_OPEN if item.name != _SCHOOL)
        for account in _colleagues(spec, _SURNAMES[place], _SURNAMES[-1 - place])
    ),
)  # fmt: skip
"""People whose names stand in the demo's trails of approval; nobody can sign in as one of them."""

EVERYBODY = DEMO_ACCOUNTS + COLLEAGUES

NUMBERS = {account.username: number for number, account in enumerate(EVERYBODY, start=1)}
"""The id of each account in a database that was loaded whole; steps of approval point to it."""


def people_of(spec: Spec) -> tuple[int, int]:
    """Return the ids of the accounts of a rural school's clerk and head."""
    ending = "" if spec.name == _SCHOOL else f"_{spec.key}"
    return NUMBERS[f"ziliao{ending}"], NUMBERS[f"xiaozhang{ending}"]


def by_group() -> dict[str, list[DemoAccount]]:
    """Return the demo accounts under their headings, in order."""
    found: dict[str, list[DemoAccount]] = {}
    for account in DEMO_ACCOUNTS:
        found.setdefault(account.group_zh, []).append(account)
    return found
