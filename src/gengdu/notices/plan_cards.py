"""The files of a plan, as data, made of a checked draft: measures, promises, bodies, chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gengdu.analytics import cards as indicator_cards
from gengdu.kernel import quantities
from gengdu.notices import due_days
from gengdu.notices.names import Kind, kind_of
from gengdu.notices.reading import plain
from gengdu.policy import facts
from gengdu.policy.facts import Fact

SOURCE = "notice"
LONGEST_SHORT = 24
COUNTS = frozenset(
    ("schools", "classes", "pupils", "persons", "villages", "towns", "events", "titles", "kinds",
     "levels", "documents", "items", "person_times", "households", "companies", "teams", "rooms",
     "buildings", "sets", "devices", "volumes", "lines")
)  # fmt: skip
"""Units that a bare 个, 项 or 处 may stand for."""
UNITS = {
    "%": ("share", Fraction(1, 100)), "％": ("share", Fraction(1, 100)),
    "‰": ("share", Fraction(1, 1000)), "": ("none", Fraction(1)), "所": ("schools", Fraction(1)),
    "个班": ("classes", Fraction(1)), "班": ("classes", Fraction(1)),
    "名": ("persons", Fraction(1)),
    "人": ("persons", Fraction(1)), "位": ("persons", Fraction(1)),
    "万人": ("persons", Fraction(10_000)), "村": ("villages", Fraction(1)),
    "镇": ("towns", Fraction(1)), "街道": ("towns", Fraction(1)), "场": ("events", Fraction(1)),
    "次": ("events", Fraction(1)), "项": ("items", Fraction(1)), "个": ("items", Fraction(1)),
    "处": ("items", Fraction(1)), "年": ("years", Fraction(1)), "周岁": ("years", Fraction(1)),
    "岁": ("years", Fraction(1)), "个任期": ("terms", Fraction(1)),
    "个聘期": ("terms", Fraction(1)),
    "届": ("terms", Fraction(1)), "种": ("kinds", Fraction(1)), "类": ("kinds", Fraction(1)),
    "级": ("levels", Fraction(1)), "小时": ("hours", Fraction(1)), "学时": ("hours", Fraction(1)),
    "课时": ("lessons", Fraction(1)), "节": ("lessons", Fraction(1)), "元": ("yuan", Fraction(1)),
    "万元": ("yuan", Fraction(10_000)), "亿元": ("yuan", Fraction(100_000_000)),
    "平方米": ("m2", Fraction(1)), "㎡": ("m2", Fraction(1)), "兆": ("mbps", Fraction(1)),
    "M": ("mbps", Fraction(1)), "Mbps": ("mbps", Fraction(1)), "Gbps": ("mbps", Fraction(1000)),
    "分钟": ("minutes", Fraction(1)), "个月": ("months", Fraction(1)),
    ":1": ("ratio", Fraction(1)), "1:": ("ratio", Fraction(1)),
    "米": ("metres", Fraction(1)), "公里": ("metres", Fraction(1000)),
    "人次": ("person_times", Fraction(1)), "户": ("households", Fraction(1)),
    "家": ("companies", Fraction(1)), "支": ("teams", Fraction(1)), "间": ("rooms", Fraction(1)),
    "座": ("buildings", Fraction(1)), "栋": ("buildings", Fraction(1)),
    "套": ("sets", Fraction(1)), "台": ("devices", Fraction(1)), "册": ("volumes", Fraction(1)),
    "条": ("lines", Fraction(1)), "头": ("animals", Fraction(1)), "亩": ("mu", Fraction(1)),
    "吨": ("tonnes", Fraction(1)), "亿斤": ("tonnes", Fraction(50_000)),
    "天": ("days", Fraction(1)), "日": ("days", Fraction(1)),
    "个工作日": ("working_days", Fraction(1)), "倍": ("times", Fraction(1)),
    "分": ("points", Fraction(1)), "个百分点": ("percentage_points", Fraction(1)),
    "场次": ("events", Fraction(1)), "轮": ("events", Fraction(1)),
    "批次": ("events", Fraction(1)), "门": ("items", Fraction(1)), "部": ("items", Fraction(1)),
    "张": ("items", Fraction(1)), "件": ("items", Fraction(1)), "份": ("documents", Fraction(1)),
}  # fmt: skip
"""A printed unit → the unit of a fact, and how many of those it is; 万 before it is read apart."""
NOBODY_NAMED = "通知没有写责任单位；采用为方案时指定由牵头单位负责"
RECURS = (("每学期", "term"), ("每学年", "school_year"), ("每年", "year"), ("年度", "year"))
LIKE_OURS = {"share", "ratio"}

Item = Mapping[str, Any]
Line = tuple[str, str, bool]


def items_of(draft: Mapping[str, Any]) -> dict[str, list[Item]]:
    """Return every item of a draft by what it is called on screen."""
    return {
        "措施": list(draft["measures"]),
        "责任单位": [clause for one in draft["measures"] for clause in one["bodies"]],
        "目标": list(draft["targets"]),
    }


class Cards:
    """What the files of a plan hold.

    Attributes:
        bodies: Key → name, in the order of the notice.
        chapters: As plan.yaml has them.
        files: Path in the folder → content, a file for each measure.
        goals: Content of goals.yaml: what is promised outside any measure.
        no_promise: Numbers that promise nothing, with the reason.
        lacks: What could not be carried into the plan: id of the item, words, whether it stops.
    """

    def __init__(
        self, draft: Mapping[str, Any], *, carry_over: bool, lead_zh: str = ""
    ) -> None:  # fmt: skip
        """Make them of a draft that has a date, and measures with numbers and titles.

        A measure without bodies is led by `lead_zh`.
        """
        self._lead_zh = lead_zh
        self._draft = draft
        self._carry_over = carry_over
        self._issued = draft["date"]
        self._taken: dict[str, str] = {}
        self.lacks: list[Line] = []
        self.bodies: dict[str, str] = {}
        self.no_promise: list[dict[str, str]] = []
        self.files: dict[str, dict[str, Any]] = {}
        self._keys = _measure_keys(draft)
        self._chapter_keys = _chapter_keys(draft)
        self.chapters = [
            {"key": key, "numeral_zh": str(place), "label_zh": title or "各项措施",
             "short_zh": title[:12] or "各项措施"}
            for place, (title, key) in enumerate(self._chapter_keys.items(), start=1)
        ]  # fmt: skip
        for one in draft["measures"]:
            self._measure(one)
        self.goals = self._goals()
        self._carry()

    # Measures

    def _measure(self, one: Item) -> None:
        names = [name for clause in one["bodies"] for name in clause["units"]] or [self._lead_zh]
        keys = [self._body(name) for name in names]
        said = [clause["lead"] for clause in one["bodies"] if clause["lead"]]
        lead = self._body(said[0]) if said else keys[0]
        key = self._keys[one["id"]]
        content = {
            "measure": one["no"], "chapter": self._chapter_keys[one.get("chapter") or ""],
            "label_zh": one["title"].strip(), "lead": lead,
            "partners": [each for each in dict.fromkeys(keys) if each != lead],
            "source": SOURCE, "coverage": "none",
        }  # fmt: skip
        if note := _note(one) or ("" if one["bodies"] else NOBODY_NAMED):
            content["note_zh"] = note
        content["facts"] = self._facts(key, one["no"])
        content["coverage"] = _coverage(key, content["facts"])
        self.files[f"{content['chapter']}/m{one['no']:02}_{key}.yaml"] = content

    def _body(self, name: str) -> str:
        known = {label: key for key, label in self.bodies.items()}
        if name in known:
            return known[name]
        key = _body_key(name)
        if key is None or key in self.bodies:
            key = f"{kind_of(name).value}_{len(self.bodies) + 1:02}"
        self.bodies[key] = name
        return key

    def _goals(self) -> dict[str, Any]:
        """Return what is promised outside any measure; the body named most leads it."""
        leads = Counter(content["lead"] for content in self.files.values())
        found = self._facts("goals", None)
        return {
            "label_zh": "工作目标", "lead": leads.most_common(1)[0][0], "partners": [],
            "source": SOURCE, "coverage": _coverage("goals", found),
            "note_zh": "通知没有写明总目标由谁牵头，取牵头措施最多的单位", "facts": found,
        }  # fmt: skip

    # Facts

    def _facts(self, key: str, number: int | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        of_measure = [one for one in self._draft["targets"] if one["measure"] == number]
        for place, one in enumerate(of_measure, start=1):
            if one["kind"] == "progress":
                self.no_promise.append({"quote": _quote(one), "reason": "已有进展，不是目标"})
                continue
            if self._is_next_stage(one, key, found):
                continue
            name = self._name_of(one["promise"], key, place, one)
            known = _known(name) if name == one["promise"] else None
            found[name.removeprefix(f"{key}.")] = self._fact(one, known)
        for one in of_measure:
            self._constants(key, one, found)
        return found

    def _is_next_stage(self, one: Item, key: str, found: Mapping[str, Any]) -> bool:
        """Add a target to the promise it is a later stage of: 到2025年达到60%，到2027年达到80%.

        Its value holds from the day after the stage before it is due.
        """
        name = one["promise"] or ""
        card = found.get(name.removeprefix(f"{key}.")) if name in self._taken else None
        if card is None:
            return False
        unit, values, reading = self._number(one, _known(name))
        value, before = self._value(one, values, reading), card["values"][-1]
        told = (unit, _compared(one, values, _known(name)))
        is_later = value.get("due", "") > before.get("due", "~")
        if not (is_later and values and told == (card["unit"], card["compare"])):
            return False
        value["from"] = (date.fromisoformat(before["due"]) + timedelta(days=1)).isoformat()
        card["values"].append(value)
        return True

    def _name_of(self, name: str | None, key: str, place: int, one: Item) -> str:
        """Return the name a target goes by: that of the promise it means, if none had it before."""
        own = f"{key}.target_{place:02}"
        if not name:
            if one["kind"] == "goal":
                self._lack(one, "没有对应的指标：采用后可以登记兑现情形，不能计算", stops=False)
            return own
        if _known(name) is None:
            self._lack(one, f"所选的承诺“{name}”不存在，请重选", stops=True)
            return own
        if name in self._taken:
            self._lack(one, f"与另一处（{self._taken[name]}）同指一项承诺，另记为一项", stops=False)
            return own
        self._taken[name] = one["id"]
        return name

    def _fact(self, one: Item, known: Fact | None) -> dict[str, Any]:
        unit, values, reading = self._number(one, known)
        said = {"kind": one["kind"], "unit": unit, "compare": _compared(one, values, known),
                "force": one["force"]}  # fmt: skip
        words = _words_of_ours(known, values) if known else _words_of(one)
        card = {**words, **said, **_kept(known)}
        if recurs := (known.recurs if known else None) or _recurs(one):
            card["recurs"] = recurs
        return {**card, "values": [self._value(one, values, reading)]}

    def _value(self, one: Item, values: list[int | float], reading: str) -> dict[str, Any]:
        value: dict[str, Any] = {"from": self._issued, "value": values[0] if values else None}
        if len(values) > 1:
            value["upper"] = values[1]
        due, said = due_days.of_target(one, self._issued)
        if due and due >= self._issued:
            value["due"] = due
        value["quote"] = _quote(one)
        if whole := "；".join(part for part in (reading, said) if part):
            value["reading"] = whole
        return value

    def _number(self, one: Item, known: Fact | None) -> tuple[str, list[int | float], str]:
        """Return unit, values and how they were read."""
        raw = one["value"] if isinstance(one["value"], list) else [one["value"]]
        printed = [quantities.exact(value) for value in raw if value is not None]
        if known is not None and (not printed or known.compare in ("title", "start")):
            kept = known.values[0].value
            reading = (
                "" if kept is None or known.compare == "title" else "原文没有数，按该指标的口径"
            )
            return known.unit, [plain(kept)] if kept is not None else [], reading
        unit, times = _unit(one["unit"])
        if not unit:
            self._lack(one, f"本系统没有单位“{one['unit']}”，这个数只留在原文里", stops=False)
            return "none", [], f"原文的单位是“{one['unit']}”"
        if known is not None and unit != known.unit:
            if not (unit in COUNTS | {"none"} and known.unit in COUNTS | LIKE_OURS):
                words = f"单位“{one['unit']}”与所选承诺的单位不合，请改选承诺或改正单位"
                self._lack(one, words, stops=True)
            unit = known.unit
        if unit == "none" and printed:
            unit = "ratio"
        values = [plain(value * times) for value in printed]
        if unit == "share" and any(not 0 <= value <= 1 for value in values):
            self._lack(one, "比例应在 0 到 100% 之间，请核对数和单位", stops=True)
        return unit, values, ""

    # What indicators need besides

    def _constants(self, key: str, one: Item, found: dict[str, Any]) -> None:
        """Give a condition of this measure the name under which an indicator looks for it.

        That is so where the measure has one number of that unit, and the indicator wants one.
        """
        for wanted in _needed(one["promise"] or ""):
            fact = _known(wanted)
            if fact is None or wanted in self._taken:
                continue
            alike = [
                own for own, card in found.items()
                if own.startswith("target_") and card["kind"] != "goal"
                and (card["unit"], card["compare"]) == (fact.unit, fact.compare)
            ]  # fmt: skip
            if len(alike) == 1:
                card = found.pop(alike[0])
                found[wanted.removeprefix(f"{key}.")] = {**card, "label_zh": fact.label_zh}
                self._taken[wanted] = one["id"]

    def _carry(self) -> None:
        """Take what indicators need and the notice does not state from the built-in plan."""
        wanted: dict[str, str] = {}
        for name, item in list(self._taken.items()):
            for needed in _needed(name):
                if needed not in self._taken and _is_of_plan(needed):
                    wanted.setdefault(needed, item)
        for needed, item in wanted.items():
            fact = facts.built_in().facts[needed]
            words = f"“{fact.label_zh}”（{needed}）通知没有写，指标要用"
            if not self._carry_over:
                self.lacks.append(
                    (item, f"{words}：请选“沿用自带方案的口径”，或在正文里标出", True)
                )
                continue
            self.lacks.append((item, f"{words}：沿用自带方案的口径，标为设置", False))
            self._taken[needed] = item
            self.goals["facts"][needed.removeprefix("goals.")] = _carried(fact, self._issued)

    def _lack(self, one: Item, words: str, *, stops: bool) -> None:
        self.lacks.append((one["id"], f"“{_label(one)}”{words}", stops))


def _carried(fact: Fact, issued: str) -> dict[str, Any]:
    value = fact.values[-1]
    card = {
        "label_zh": fact.label_zh, "kind": fact.kind, "unit": fact.unit, "compare": fact.compare,
        "force": fact.force, "note_zh": "通知没有写；沿用自带方案的口径，请教育分局核定",
    }  # fmt: skip
    kept: dict[str, Any] = {
        "from": issued,
        "value": None if value.value is None else plain(value.value),
    }
    if value.upper is not None:
        kept["upper"] = plain(value.upper)
    said = f"沿用自带方案：{value.quote or fact.label_zh}"
    return {**card, "values": [{**kept, "quote": None, "grade": "setting", "reading": said}]}


def _words_of_ours(known: Fact, values: list[int | float]) -> dict[str, str]:
    """Return what ours is called; its short words may say our number: 绿色校园全覆盖."""
    ours = known.values[0].value
    is_same = not values or ours is None or quantities.exact(values[0]) == ours
    short = {"short_zh": known.short_zh} if is_same and known.short_zh != known.label_zh else {}
    return {"label_zh": known.label_zh, **short}


def _words_of(one: Item) -> dict[str, str]:
    label = _label(one)
    short = {"short_zh": label[:LONGEST_SHORT]} if len(label) > LONGEST_SHORT else {}
    note = {"note_zh": f"范围：{one['scope']}"} if one["scope"] else {}
    return {"label_zh": label, **short, **note}


def _kept(known: Fact | None) -> dict[str, Any]:
    """Return what only the built-in plan can say of a promise: whom it counts, what shows it."""
    if known is None:
        return {}
    scope = {"scope": known.scope} if known.scope else {}
    return {**scope, **({"trends": list(known.trends)} if known.trends else {})}


def _compared(one: Item, values: list[int | float], known: Fact | None) -> str:
    """Return how a value is compared: as printed, but without a number only as ours is."""
    if known and one["value"] is None and known.values[0].value is not None:
        return known.compare
    return one["comparison"] if values or one["comparison"] == "title" else "qualitative"


def _unit(printed: str) -> tuple[str, Fraction]:
    """Return the unit of a fact, and how many of it a printed one is; empty for an unknown one.

    >>> _unit("所"), _unit("万册")
    (('schools', Fraction(1, 1)), ('volumes', Fraction(10000, 1)))
    """
    found = UNITS.get(printed)
    if found is None and printed.startswith("万"):
        unit, times = UNITS.get(printed[1:], ("", Fraction(1)))
        return unit, times * 10_000
    return found or ("", Fraction(1))


def _known(name: str) -> Fact | None:
    return facts.built_in().facts.get(name)


def _is_of_plan(name: str) -> bool:
    fact = _known(name)
    return fact is not None and facts.built_in().measure_of(fact) is not None


@cache
def _needed(name: str) -> tuple[str, ...]:
    """Return the facts that the indicator of a promise takes its numbers from."""
    card = indicator_cards.every_by_promise().get(name)
    return tuple(sorted(indicator_cards.facts_of(card))) if card else ()


def _measure_keys(draft: Mapping[str, Any]) -> dict[str, str]:
    """Return the key of each measure by id: that of the built-in one it is most about, if any."""
    by_title = {one.label_zh: one.key for one in facts.built_in().measures if one.number}
    found: dict[str, str] = {}
    for one in draft["measures"]:
        named = [
            target["promise"].split(".")[0] for target in draft["targets"]
            if target["measure"] == one["no"] and target["promise"]
        ]  # fmt: skip
        own = [key for key, _count in Counter(named).most_common() if key != "goals"]
        wanted = [*filter(None, [by_title.get(one["title"])]), *own]
        free = [key for key in wanted if key not in found.values()]
        found[one["id"]] = free[0] if free else f"measure_{one['no']:02}"
    return found


def _chapter_keys(draft: Mapping[str, Any]) -> dict[str, str]:
    """Return the key of each section by its title, in the order of the notice."""
    ours = {chapter.label_zh: chapter.key for chapter in facts.built_in().chapters}
    titles = dict.fromkeys(one.get("chapter") or "" for one in draft["measures"])
    return {
        title: ours.get(title, f"chapter_{place}") for place, title in enumerate(titles, start=1)
    }


@cache
def _body_words() -> dict[str, list[str]]:
    path = Path(__file__).with_name("body_keys.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _body_key(name: str) -> str | None:
    ours = {label: key for key, label in facts.built_in().bodies.items()}
    if name in ours or kind_of(name) != Kind.DEPARTMENT:
        return ours.get(name)
    return next(
        (key for key, words in _body_words().items() if any(word in name for word in words)), None
    )


def _note(one: Item) -> str:
    """Return what the plan's own form has no place for: joint leads, open lists."""
    joint = [
        name for clause in one["bodies"] for name, role in clause["roles"].items()
        if role == "joint_lead"
    ]  # fmt: skip
    parts = [f"共同牵头：{'、'.join(joint)}"] if len(joint) > 1 else []
    if any(clause["open_ended"] for clause in one["bodies"]):
        parts.append("通知还写有“等有关单位”之类，未逐一列名")
    return "；".join(parts)


def _coverage(key: str, found: Mapping[str, Any]) -> str:
    """Say how far indicators answer for a measure's goals."""
    goals = [name for name, card in found.items() if card["kind"] == "goal"]
    counted = [
        name for name in goals
        if (name if "." in name else f"{key}.{name}") in indicator_cards.every_by_promise()
    ]  # fmt: skip
    if not counted:
        return "none"
    return "complete" if len(counted) == len(goals) else "partial"


def _quote(one: Item) -> str:
    return " ".join(str(one["text"]).split())


def _label(one: Item) -> str:
    words = " ".join(str(one["indicator"] or "").split()) or _quote(one)
    return words if len(words) > 1 else _quote(one)


def _recurs(one: Item) -> str | None:
    return next((code for words, code in RECURS if words in one["text"]), None)
