"""Prints tables and cards to the terminal; Chinese characters take two columns."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gengdu.analytics import forms
from gengdu.analytics.cards import Card
from gengdu.analytics.run import Moment, Result
from gengdu.analytics.standing import Word
from gengdu.board import names, presentation, queries
from gengdu.board.queries import Status
from gengdu.kernel.quantities import shown
from gengdu.policy import facts
from gengdu.policy.facts import Fact

COLOURS = {
    Word.MET: "green",
    Word.ON_COURSE: "blue",
    Word.AT_RISK: "yellow",
    Word.LATE: "red",
    Word.SHORT: "yellow",
    Word.STRIVING: "cyan",
    Word.UNKNOWN: "magenta",
    Word.QUALITATIVE: "bright_black",
}
WIDTH_WITHOUT_TERMINAL = 140


def console() -> Console:
    """Return a console as wide as the terminal, or wide enough for a file."""
    return Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False)


def print_statuses(statuses: list[Status], moment: Moment) -> None:
    """Print the standing of promises as one table, with a summary below."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head, justify in (
        ("措施", "right"),
        ("承诺", "left"),
        ("现值", "right"),
        ("应达", "right"),
        ("期限", "right"),
        ("情形", "left"),
        ("还差", "left"),
    ):
        table.add_column(head, justify=justify, no_wrap=head != "还差")  # type: ignore[arg-type]
    for status in statuses:
        word = status.standing.word
        table.add_row(
            str(status.measure.number or "目标"),
            status.promise.short_zh,
            presentation.counted(status),
            presentation.threshold(status.target),
            presentation.due(status),
            f"[{COLOURS[word]}]{presentation.SIGNS[word]} {presentation.word_of(status)}[/]",
            escape(presentation.shortfall(status) or presentation.projection(status)),
        )
    out = console()
    out.print(table)
    counted = queries.count_words(statuses)
    summary = "  ".join(
        f"[{COLOURS[word]}]{presentation.SIGNS[word]} {number} {presentation.WORDS[word]}[/]"
        for word, number in counted.items()
        if number
    )
    known = f"，按 {moment.known} 已知的记录" if moment.known else ""
    out.print(f"\n截至 {moment.on}{known}，{len(statuses)} 项承诺：{summary}")


def print_cards(found: Iterable[Card]) -> None:
    """Print the name and meaning of indicators."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("措施", "名称", "含义"):
        table.add_column(head, no_wrap=head != "含义")
    for card in found:
        table.add_row(str(card.measure or "目标"), card.name, card.label_zh)
    console().print(table)


def print_indicator(result: Result, by: str | None) -> None:
    """Print one indicator, with its towns or schools."""
    out, card = console(), result.card
    out.print(f"[bold]{escape(card.label_zh)}[/]  {card.name}")
    out.print(
        f"截至 {result.moment.on}：[bold]{shown(result.value, card.unit)}[/]  {_parts(result)}"
    )
    out.print(f"分子：{escape(card.numerator_zh)}")
    if card.denominator_zh:
        out.print(f"分母：{escape(card.denominator_zh)}")
    if by is None:
        return
    groups = result.schools if by == "school" else result.towns
    called = (names.schools if by == "school" else names.places)(result.moment.on, groups)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head, justify in (
        ("学校" if by == "school" else "镇街", "left"),
        ("值", "right"),
        ("记录", "left"),
    ):
        table.add_column(head, justify=justify)  # type: ignore[arg-type]
    for key, parts in groups.items():
        value = shown(forms.value(card.form, parts), card.unit)
        table.add_row(called.get(key, str(key)), value, _counts(card, parts))
    out.print(table)


def _parts(result: Result) -> str:
    return _counts(result.card, result.district)


def _counts(card: Card, parts: forms.Parts) -> str:
    told = []
    for part, counts in parts.items():
        called = f"{card.parts[part]} " if card.parts else ""
        missing = f"，{counts.unreported} {card.unit_zh}未报" if counts.unreported else ""
        told.append(f"{called}{counts.counted} / {counts.rows} {card.unit_zh}{missing}")
    return "；".join(told)


def print_facts(found: Iterable[Fact]) -> None:
    """Print the name, kind and meaning of facts."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("名称", "类型", "含义"):
        table.add_column(head, no_wrap=head != "含义")
    for fact in found:
        table.add_row(fact.name, fact.kind, fact.label_zh)
    console().print(table)


def print_fact(fact: Fact) -> None:
    """Print everything the plan says about one fact."""
    out, measure = console(), facts.plan().measure_of(fact)
    out.print(f"[bold]{escape(fact.label_zh)}[/]  {fact.name}")
    where = f"第 {measure.number} 条 {measure.label_zh}" if measure and measure.number else ""
    out.print(f"出处：{fact.source.title} {fact.source.number} {where}".rstrip())
    out.print(f"类型 {fact.kind} · 比较 {fact.compare} · 单位 {fact.unit} · 力度 {fact.force}")
    for value in fact.values:
        number = "无数字" if value.value is None else f"{float(value.value):g}"
        upper = f"—{float(value.upper):g}" if value.upper is not None else ""
        due = f"，期限 {value.due_on}" if value.due_on else ""
        grade = f"，来源等级 {value.grade}" if value.grade else ""
        out.print(f"自 {value.from_on} 起：{number}{upper}{due}{grade}")
        if value.quote:
            out.print(f"  原话：“{escape(value.quote)}”")
        if value.reading:
            out.print(f"  读法：{escape(value.reading)}")
        if value.checked_on:
            out.print(f"  核对于 {value.checked_on}")
