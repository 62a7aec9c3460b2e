"""Writes the documentation that is made from data; with --check says whether it is stale."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from gengdu.analytics import cards
from gengdu.policy import facts, loading

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made by scripts/write_docs.py; change the data, not this page. -->"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _number(value: facts.Value) -> str:
    if value.value is None:
        return ""
    upper = f"—{float(value.upper):g}" if value.upper is not None else ""
    return f"{float(value.value):g}{upper}"


def glossary() -> str:
    """Return the glossary page."""
    items = loading.read_yaml(ROOT / "src/gengdu/policy/glossary.yaml")
    lines = [f"| {item['zh']} | `{item['term']}` | {_cell(item['meaning'])} |" for item in items]
    return "\n".join(
        [f"# Glossary\n\n{MADE}\n\n| 中文 | identifier | meaning |\n|---|---|---|", *lines, ""]
    )


def fact_pages() -> str:
    """Return every fact: the notice by measure, then the standards."""
    plan = facts.plan()
    pages = [f"# Facts\n\n{MADE}\n"]
    head = (
        "| name | 含义 | kind | compare | value | unit | force | due | 原话或来源等级 |\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    for measure in plan.measures:
        lead = "、".join(plan.bodies[body] for body in measure.bodies)
        title = f"{measure.number} {measure.label_zh}" if measure.number else measure.label_zh
        pages.append(f"\n## {title}\n\n{lead} · coverage {measure.coverage}\n\n{head}")
        pages += [_fact_line(fact) for fact in measure.facts]
    own = {fact.name for measure in plan.measures for fact in measure.facts}
    pages.append(f"\n## 标准与设置\n\n{head}")
    pages += [_fact_line(fact) for name, fact in plan.facts.items() if name not in own]
    return "\n".join([*pages, ""])


def _fact_line(fact: facts.Fact) -> str:
    value = fact.values[-1]
    due = fact.recurs or (value.due_on.isoformat() if value.due_on else "")
    words = value.quote or f"{fact.source.title}（{value.grade}）"
    cells = (
        f"`{fact.name}`",
        fact.label_zh,
        fact.kind,
        fact.compare,
        _number(value),
        fact.unit,
        fact.force,
        due,
        words,
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _card_line(card: cards.Card) -> str:
    compared = f"`{card.compared_with}`" if card.compared_with else ""
    measure = str(card.measure or "目标")
    cells = (measure, f"`{card.name}`", card.label_zh, card.form, card.numerator_zh)
    return "| " + " | ".join(map(_cell, (*cells, card.denominator_zh, compared))) + " |"


def indicator_pages() -> str:
    """Return every indicator."""
    lines = [_card_line(card) for card in cards.cards().values()]
    head = (
        "| 措施 | name | 含义 | form | 分子 | 分母 | compared with |\n|---|---|---|---|---|---|---|"
    )
    return "\n".join([f"# Indicators\n\n{MADE}\n\n{head}", *lines, ""])


PAGES: dict[str, Callable[[], str]] = {
    "docs/glossary.md": glossary,
    "docs/facts.md": fact_pages,
    "docs/indicators.md": indicator_pages,
}


def main() -> int:
    """Write the pages, or with --check name those that are stale."""
    stale = []
    for name, page in PAGES.items():
        path, text = ROOT / name, page()
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"这些页面过时了：{'、'.join(stale)}。请运行 make docs。")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
