"""The accounts of the demo district, printed at the start and offered on the log-in page."""

from __future__ import annotations

from dataclasses import dataclass

# Everybody may know it: these accounts are refused wherever the demo does not run.
DEMO_PASSWORD = "gengdu-demo-2026"  # nosec B105


@dataclass(frozen=True)
class DemoAccount:
    """One account that everybody may try.

    Attributes:
        role: A value of access.models.Role.
        scope_kind: A value of access.models.ScopeKind.
        scope_name: Name of the school or town the scope reaches; empty for the whole district.
    """

    username: str
    title_zh: str
    last_name: str
    role: str
    scope_kind: str
    scope_name: str = ""


DEMO_ACCOUNTS = (
    DemoAccount("fenju", "教育分局 计划科", "王科长", "bureau_officer", "district"),
    DemoAccount(
        "xiaozhang", "示例五渚河小学 校长", "李校长", "school_head", "school", "示例五渚河小学"
    ),
    DemoAccount("zhen", "泊于镇 教育助理", "赵助理", "town_officer", "town", "泊于镇"),
)
