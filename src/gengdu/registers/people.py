"""Cells and rules that pupils and staff share: sex, nationality, numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gengdu.kernel import cells
from gengdu.kernel.identifiers import sex_of
from gengdu.records.sheets import Remark, Rows

# Codes as the national templates list them (data README, source REG); 2 to 5 were not found.
IDENTITY_KINDS = {
    "1": "居民身份证",
    "6": "香港特区护照/身份证明",
    "7": "澳门特区护照/身份证明",
    "8": "台湾居民来往大陆通行证",
    "9": "境外永久居住证",
    "A": "护照",
    "Z": "其他",
}
IDENTITY_SYNONYMS = ("身份证号", "身份证号码", "身份证件号码", "证件号码", "证件号", "身份证",
                     "公民身份号码")  # fmt: skip
IDENTITY_KIND_CELL = cells.Code(IDENTITY_KINDS, synonyms={"身份证": "1", "二代身份证": "1"})
_BLANKS = re.compile(r"[\s\-]+")


@dataclass(frozen=True)
class DocumentNumber(cells.Text):
    """The number of an identity document of any kind, without blanks and in capitals."""

    max_length: int = 18

    def _from_text(self, text: str) -> str:
        return super()._from_text(_BLANKS.sub("", text).upper())


@dataclass(frozen=True)
class CountryCode(cells.Kind[str]):
    """A country by its three letters; China also by name, and codes with a name behind them."""

    def _from_text(self, text: str) -> str:
        letters = re.match(r"[A-Za-z]{3}(?![A-Za-z])", text)
        if letters:
            return letters[0].upper()
        if text.startswith("中国") or text in ("中华人民共和国", "156"):
            return "CHN"
        raise cells.BadCell(f"“{text[:30]}”不是国家代码，请填三位字母，例如 CHN")

    def _from_other(self, value: object) -> str:
        return self._from_text(str(value))

    def _shown(self, value: str) -> str:
        return "中国" if value == "CHN" else value


def _changed(rows: Rows, key: str) -> list[bool]:
    """Tell for each row whether the file says otherwise than what is recorded."""
    pairs = zip(rows.get(key), rows.before(key), strict=True)
    return [now is not None and now != was for now, was in pairs]


def identity_numbers(rows: Rows) -> Iterator[Remark]:
    """Hold identity numbers of residents against their rule, birth date and sex."""
    known = cells.IdentityNumber()
    kinds, births = rows.known("identity_kind"), rows.known("birth_date")
    sexes, given = rows.known("sex"), rows.get("identity_number")
    is_hidden = None in given  # then what the file says of the others is compared
    changed = [_changed(rows, key) for key in ("birth_date", "sex")] if is_hidden else []
    for place, number in enumerate(rows.known("identity_number")):
        if not number or kinds[place] not in (None, "", "1"):
            continue
        fault = known.fault(number) if given[place] is not None else None
        if fault:
            yield Remark(place, "identity_number", fault)
            continue
        if given[place] is None and not any(cells_[place] for cells_ in changed):
            continue  # as it is recorded: the desk for data quality says so
        if births[place] and f"{births[place]:%Y%m%d}" != number[6:14]:
            yield Remark(place, "birth_date", "与身份证件号中的出生日期不一致，请核对", False)
        if sexes[place] and sex_of(number) != sexes[place]:
            yield Remark(place, "sex", "与身份证件号第17位不一致，请核对", False)
