"""Makes a plan of a reading that a person has checked: the same form and words as the built-in one.

A draft is what `Reading.as_data` gives, with an id for every item, what is doubtful, and which
promise of the built-in plan each goal means. What a draft lacks is said first; a plan is written
whole or not at all, into a folder of its own, and `gengdu.policy.facts` reads it back before it is
put in its place.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gengdu.notices import numbering, plan_cards
from gengdu.notices.names import Names
from gengdu.notices.outline import Node
from gengdu.notices.plan_cards import Cards
from gengdu.notices.proposing import Proposal, proposals
from gengdu.notices.reading import Reading
from gengdu.policy import facts, notice
from gengdu.policy.loading import MalformedFact

Draft = Mapping[str, Any]
ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
HEAD = "head"
"""Where a lack of the whole is mended, among the ids of items."""
SURE = 0.6
"""The likeness from which a proposal is taken for meant until somebody says otherwise; by trial."""
MOST_PROPOSED = 2_000
"""Goals beyond which nothing is proposed: no notice has so many."""


@dataclass(frozen=True)
class Choices:
    """What a plan needs that no notice says.

    Attributes:
        id: Name of its folder and of it in settings.
        short_zh: A short title, for the head of pages.
        area_zh: The district as people call it.
        carry_over: Whether ages, counts and the like that indicators need and the notice does not
            state are taken from the built-in plan, as settings that say so.
        lead_zh: Who leads where the notice names nobody; empty where each measure has to be told.
    """

    id: str
    short_zh: str
    area_zh: str
    carry_over: bool
    lead_zh: str = ""


@dataclass(frozen=True)
class Lack:
    """Something that a draft lacks.

    Attributes:
        at: Id of the item, or HEAD; empty where it concerns what no notice says.
        words_zh: What is missing and how to mend it.
        stops: Whether nothing can be adopted before it is mended.
    """

    at: str
    words_zh: str
    stops: bool


class CannotAdopt(ValueError):
    """A draft lacks something without which there is no plan; nothing was written."""

    def __init__(self, lacks: list[Lack]) -> None:
        """Take what it lacks."""
        super().__init__("；".join(lack.words_zh for lack in lacks))
        self.lacks = lacks


class AlreadyThere(FileExistsError):
    """A plan of that id exists and was not touched; the message says so."""


def draft(found: Reading) -> dict[str, Any]:
    """Return a reading as a draft: `as_data` with ids, chapters, doubts, proposals and marks."""
    data = found.as_data()
    clauses = 0
    for place, (measure, read) in enumerate(
        zip(data["measures"], found.measures, strict=True), start=1
    ):
        measure |= {"id": f"m{place}", "checked": False, "chapter": _chapter(read.node)}
        for clause in measure["bodies"]:
            clauses += 1
            clause |= {"id": f"b{clauses}", "checked": False}
    for place, target in enumerate(data["targets"], start=1):
        target |= {"id": f"t{place}", "checked": False, "proposals": [], "promise": None}
        if target["kind"] == "goal" and place <= MOST_PROPOSED:
            offered = proposals(target["text"], target["comparison"], target["unit"])
            target |= {"proposals": as_data(offered), "promise": _sure(offered)}
    return data


def as_data(offered: list[Proposal]) -> list[dict[str, str]]:
    """Return what is proposed as a draft holds it."""
    return [
        {"promise": one.name, "label": one.label_zh, "reason": one.reason_zh} for one in offered
    ]


def _chapter(node: Node | None) -> str:
    """Return the title of the section that a measure stands in; empty where it has none."""
    above = next((one for one in node.ancestors if one.title), None) if node else None
    return above.title if above else ""


def _sure(offered: list[Proposal]) -> str | None:
    """Return the promise that is most likely meant, if it is likely enough."""
    return offered[0].name if offered and offered[0].likeness >= SURE else None


def lacking(of: Draft, choices: Choices) -> list[Lack]:
    """Return what a draft lacks, what stops it first; what the whole lacks is at its head.

    What the cards will lack is said as well while something else stops them, as far as can be told.
    """
    head = [replace(lack, at=HEAD) for lack in _of_head(of)]
    found = [*_of_choices(choices), *head, *_of_measures(of, choices), *_of_doubts(of)]
    if of["measures"]:
        stopped = any(lack.stops for lack in found)
        cards = _cards(*(_as_if_mended(of, choices) if stopped else (of, choices)))
        found += [Lack(*lack) for lack in cards.lacks]
    return sorted(found, key=lambda lack: not lack.stops)


def _as_if_mended(of: Draft, choices: Choices) -> tuple[Draft, Choices]:
    """Return a draft with something in the place of what stops it, to see what else it lacks."""
    whole = numbering.renumbered(of)
    measures = [{**one, "title": one["title"] or "措施"} for one in whole["measures"]]
    lead = choices.lead_zh.strip() or "牵头单位"
    issued = of["date"] or date.min.isoformat()
    return {**whole, "date": issued, "measures": measures}, replace(choices, lead_zh=lead)


def _cards(of: Draft, choices: Choices) -> Cards:
    return Cards(of, carry_over=choices.carry_over, lead_zh=choices.lead_zh.strip())


def _of_choices(choices: Choices) -> Iterator[Lack]:
    if not ID.fullmatch(choices.id):
        yield Lack("", "请给方案起一个编号：小写字母开头，3 到 40 个小写字母、数字或下划线", True)
    if choices.id == facts.built_in().id:
        yield Lack("", f"编号“{choices.id}”是自带方案的，请换一个", True)
    for words, name in ((choices.short_zh, "简称"), (choices.area_zh, "地区名称")):
        if len(words.strip()) < 2:
            yield Lack("", f"请填写方案的{name}，至少两个字", True)
    if choices.lead_zh and not Names().may_be_body(choices.lead_zh.strip()):
        yield Lack("", f"“{choices.lead_zh}”不像单位名称，请写单位全称，如“县教育局”", True)


def _of_head(of: Draft) -> Iterator[Lack]:
    if not of["title"]:
        yield Lack("", "没有读出文件标题，请补上", True)
    if not of["date"]:
        yield Lack("", "没有读出成文日期，请补上：各项目标从这一天起算", True)
    for name, words in (("issuer", "发文机关"), ("doc_no", "文号")):
        if not of[name]:
            yield Lack("", f"没有读出{words}；可以补上，也可以空着", False)


def _of_measures(of: Draft, choices: Choices) -> Iterator[Lack]:
    if not of["measures"]:
        yield Lack("", "没有读出任何措施，不成方案；请从正文选出各条措施", True)
    seen: set[int] = set()
    for one in of["measures"]:
        yield from _of_measure(one, seen, choices)
        seen.add(one["no"])
    for one in of["targets"]:
        if one["measure"] is not None and one["measure"] not in seen:
            yield Lack(one["id"], f"这项目标属于第 {one['measure']} 条，没有这一条；请改正", True)


def _of_measure(one: Mapping[str, Any], seen: set[int], choices: Choices) -> Iterator[Lack]:
    number = one["no"]
    if not isinstance(number, int) or number < 1:
        yield Lack(one["id"], f"措施“{one['title'] or '没有标题'}”没有编号，请补上", True)
    elif number in seen:
        yield Lack(one["id"], f"第 {number} 条有两处，请改正其中一处的编号，或全部重编", True)
    if len((one["title"] or "").strip()) < 2:
        yield Lack(one["id"], f"第 {number} 条没有标题，请补上", True)
    if not any(clause["units"] for clause in one["bodies"]):
        told = f"第 {number} 条没有责任单位"
        if choices.lead_zh:
            yield Lack(one["id"], f"{told}：由指定的“{choices.lead_zh.strip()}”牵头", False)
        else:
            yield Lack(one["id"], f"{told}，请至少补上牵头单位，或指定由谁牵头", True)


def _of_doubts(of: Draft) -> Iterator[Lack]:
    for kind, items in plan_cards.items_of(of).items():
        for one in items:
            if one["doubt"] and not one["checked"]:
                yield Lack(one["id"], f"{kind}存疑，还没有核对：{one['doubt']}", False)


def write(of: Draft, choices: Choices, folder: Path, *, may_be_there: bool = False) -> Path:
    """Write a plan whole and return its folder.

    Args:
        of: The draft, checked.
        choices: What the notice does not say.
        folder: Of all plans that were adopted.
        may_be_there: Whether a folder of that id with just these files will do, because nobody
            could yet say that it was written.

    Raises:
        CannotAdopt: If it lacks something that stops it.
        AlreadyThere: If there is a plan of that id.
    """
    stopping = [lack for lack in lacking(of, choices) if lack.stops]
    if stopping:
        raise CannotAdopt(stopping)
    place = folder / choices.id
    if place.exists() and not may_be_there:
        raise AlreadyThere(_TAKEN.format(choices.id))
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder, prefix=f".{choices.id}-"))
    try:
        _fill(made, of, choices)
        facts.load(facts.HERE, made)
        if may_be_there and place.exists() and _files(made) == _files(place):
            return place
        made.chmod(0o755)
        made.rename(place)
    except MalformedFact as error:
        raise CannotAdopt([Lack("", str(error), True)]) from None
    except OSError as error:
        if place.exists():
            raise AlreadyThere(f"刚才有人写好了编号为“{choices.id}”的方案，没有覆盖") from error
        raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return place


_TAKEN = "已经有编号为“{}”的方案，没有覆盖；请换一个编号"


def _files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def _fill(folder: Path, of: Draft, choices: Choices) -> None:
    cards = _cards(of, choices)
    issued = date.fromisoformat(of["date"]).isoformat()
    source = {
        "title": of["title"], "issuer": of["issuer"] or "", "number": of["doc_no"] or "",
        "issued_on": issued, "grade": "A", "address": "由上传的文件读出",
    }  # fmt: skip
    head = {
        "title": _title(of["title"]), "short_zh": choices.short_zh.strip(),
        "area_zh": choices.area_zh.strip(), "source": plan_cards.SOURCE,
        "chapters": cards.chapters, "bodies": cards.bodies,
    }  # fmt: skip
    (folder / "notice.txt").write_text(of["text"], encoding="utf-8")
    _dump(folder / "sources.yaml", {plan_cards.SOURCE: source})
    _dump(folder / "plan.yaml", head)
    _dump(folder / "no_promise.yaml", cards.no_promise)
    _dump(folder / "goals.yaml", cards.goals)
    _dump(folder / notice.PLACES, _places(of))
    for path, content in cards.files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        _dump(folder / path, content)


def _places(of: Draft) -> dict[int, list[int]]:
    """Return where each measure stands in the text without white space; 0 is what stands before."""
    starts = sorted((one["start"], one["no"]) for one in of["measures"])
    ends = [start for start, _number in starts[1:]] + [len(of["text"])]
    spans = {0: (0, starts[0][0])}
    spans |= {number: (start, end) for (start, number), end in zip(starts, ends, strict=True)}
    return {
        number: [len(notice.plain(of["text"][:place])) for place in span]
        for number, span in spans.items()
    }


def _title(printed: str) -> str:
    """Return the title of the plan itself.

    >>> _title("关于印发《学前教育提升方案》的通知")
    '学前教育提升方案'
    """
    found = re.fullmatch(r".{0,40}?关于印发《?(.+?)》?的通知", printed)
    return found[1] if found else printed


def _dump(path: Path, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
