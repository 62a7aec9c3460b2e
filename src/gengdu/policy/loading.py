"""Reads the YAML files of the plan strictly, so that a slip in a fact file never becomes a number.

Unknown keys, repeated keys, missing units and impossible dates are refused with the file, the place
in it, what was found and what was expected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import jsonschema
import yaml

SCHEMAS = Path(__file__).parent / "schema"
_TYPES = {"object": "键与值", "array": "列表", "string": "文字", "number": "数字",
          "integer": "整数", "null": "空"}  # fmt: skip
_RULES = {"pattern": "应合样式", "minItems": "项数至少", "minLength": "字数至少",
          "maxLength": "字数至多", "minimum": "不得小于", "uniqueItems": "不得重复"}  # fmt: skip


class MalformedFact(ValueError):
    """A fact file breaks a rule; the message names the file, the key and what was expected."""


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Refuses repeated keys and leaves dates as the text they were written in.

    The parser in C, where PyYAML has it, reads the policy eight times as fast.
    """


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise MalformedFact(
                f"第 {key_node.start_mark.line + 1} 行重复出现键“{key}”，请只保留一处"
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Any:
    """Return the content of one YAML file.

    Raises:
        MalformedFact: If the file is no YAML, or repeats a key.
    """
    try:
        return _StrictLoader(path.read_text(encoding="utf-8")).get_single_data()
    except MalformedFact as error:
        raise MalformedFact(f"{path.name}：{error}") from None
    except UnicodeDecodeError:
        raise MalformedFact(f"{path.name}：不是 UTF-8 编码的文件，请另存为 UTF-8") from None
    except yaml.YAMLError as error:
        raise MalformedFact(
            f"{path.name}：不是有效的 YAML 文件，{_place(error)}读不下去，请检查缩进、冒号和括号"
        ) from None


def read_facts_file(path: Path) -> dict[str, Any]:
    """Return one file of facts after checking it against the schema.

    Raises:
        MalformedFact: Naming the file, the place and what was expected there.
    """
    content = read_checked(path, SCHEMAS / "file.schema.json")
    for name, fact in content["facts"].items():
        _check_values(path, name, fact)
    return content  # type: ignore[no-any-return]


def read_checked(path: Path, schema: Path) -> Any:
    """Return one YAML file after checking it against a JSON Schema.

    Raises:
        MalformedFact: Naming the file, the place and what was expected there.
    """
    content = read_yaml(path)
    for error in _in_reading_order(content, schema):
        raise MalformedFact(f"{path.name}：{_explain(error)}")
    return content


@cache
def _validator(schema: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _in_reading_order(content: Any, schema: Path) -> Iterator[jsonschema.ValidationError]:
    found = _validator(schema).iter_errors(content)
    yield from sorted(found, key=lambda error: str(error.json_path))


def _explain(error: Any) -> str:
    """Return one schema error as a Chinese sentence."""
    place = "".join(
        f"第 {part + 1} 个" if isinstance(part, int) else f"{'.' if index else ''}{part}"
        for index, part in enumerate(error.absolute_path)
    )
    where = f"“{place}”" if place else "文件"
    match error.validator:
        case "required":
            return f"{where}缺少{error.message.split(' ')[0]}这一项，应当补上"
        case "additionalProperties":
            unknown = sorted(map(str, set(error.instance) - set(error.schema["properties"])))
            known = "、".join(error.schema["properties"])
            return f"{where}有不认识的键“{'、'.join(unknown)}”，只能用：{known}"
        case "enum":
            allowed = "、".join(map(str, error.validator_value))
            return f"{where}写的是“{error.instance}”，只能是：{allowed}"
        case "type":
            return f"{where}写的是“{error.instance}”，应为{_types(error.validator_value)}"
        case rule:
            wanted = _RULES.get(str(rule), str(rule))
            return f"{where}写的是“{error.instance}”，{wanted} {error.validator_value}"


def _types(names: str | list[str]) -> str:
    return "或".join(_TYPES[name] for name in ([names] if isinstance(names, str) else names))


def _check_values(path: Path, name: str, fact: dict[str, Any]) -> None:
    """Check what a schema cannot say: dates that exist, their order, quotes and grades."""
    for value in fact["values"]:
        _check_dates(path, name, value)
        _check_number(path, name, fact["unit"], value["value"])
        if value["quote"] is None and "grade" not in value:
            raise MalformedFact(
                f"{path.name}：“{name}”没有原文引语，必须写明来源等级 grade，并在界面上标出"
            )
    starts = [value["from"] for value in fact["values"]]
    if starts != sorted(set(starts)):
        raise MalformedFact(
            f"{path.name}：“{name}”各个取值应按起算日 from 从早到晚排列，且不得重复"
        )


def _check_dates(path: Path, name: str, value: dict[str, Any]) -> None:
    for key in ("from", "due", "checked"):
        if key in value:
            as_date(path, f"{name}.{key}", value[key])
    if value.get("due", value["from"]) < value["from"]:
        raise MalformedFact(
            f"{path.name}：“{name}”的期限 {value['due']} 早于起算日 {value['from']}"
        )


def _check_number(path: Path, name: str, unit: str, number: float | None) -> None:
    if number is None:
        return
    if not isfinite(number):
        raise MalformedFact(f"{path.name}：“{name}.value”写的是 {number}，应为一个有限的数")
    if unit == "share" and not 0 <= number <= 1:
        raise MalformedFact(
            f"{path.name}：“{name}”的比例写的是 {number}，比例一律写成 0 到 1 之间的数"
        )


def as_date(path: Path, place: str, text: str) -> date:
    """Return the date a file writes.

    Raises:
        MalformedFact: If there is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MalformedFact(f"{path.name}：“{place}”写的是 {text}，没有这一天") from None


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else "有一处"
