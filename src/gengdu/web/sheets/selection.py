"""Which rows of a list somebody has chosen: some that were ticked, or all that match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gengdu.access.scope import Viewer
from gengdu.kernel.identifiers import is_row_number
from gengdu.records.sheets import Register
from gengdu.web import moments
from gengdu.web.sheets.listing import Listing, Wanted

MOST_TICKED = 500


@dataclass(frozen=True)
class Selection:
    """Rows chosen on a list as it stood on a day.

    Attributes:
        query: What narrows the list, as in its address.
        ticked: Ids of the things ticked; None where all that match are meant.
    """

    register: Register
    on: date
    query: Mapping[str, str]
    ticked: tuple[int, ...] | None

    @classmethod
    def read(cls, register: Register, data: Any, on: date) -> Selection:
        """Read a form or an address; what the register does not declare is left aside."""
        wanted = Wanted.read(register, data, on)
        texts = data.getlist("thing")[:MOST_TICKED]
        ticked = tuple(dict.fromkeys(int(text) for text in texts if is_row_number(text)))
        return cls(register, on, wanted.query, None if data.get("all") else ticked)

    @classmethod
    def kept(cls, register: Register, draft: Mapping[str, Any]) -> Selection:
        """Read what `as_draft` returned."""
        ticked = None if draft["ticked"] is None else tuple(draft["ticked"])
        return cls(register, date.fromisoformat(draft["on"]), draft["query"], ticked)

    def as_draft(self) -> dict[str, Any]:
        """Return what may be kept in a session."""
        ticked = None if self.ticked is None else list(self.ticked)
        return {"on": self.on.isoformat(), "query": dict(self.query), "ticked": ticked}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that bring it through a form."""
        found = [*self.query.items(), ("on", self.on.isoformat())]
        if self.ticked is None:
            return [*found, ("all", "1")]
        return [*found, *(("thing", str(thing)) for thing in self.ticked)]

    @property
    def list_query(self) -> dict[str, str]:
        """What leads back to the list, with the day where it is another than now."""
        day = {} if self.on == moments.present_day() else {"on": self.on.isoformat()}
        return {**self.query, **day}

    def listing(self, viewer: Viewer) -> Listing:
        """Return the list as the viewer sees it."""
        return Listing(Wanted.read(self.register, self.query, self.on), viewer)

    def things(self, viewer: Viewer, most: int) -> list[int]:
        """Return the ids of the things chosen that the viewer sees, at most one more than asked."""
        rows = self.listing(viewer).rows()
        if self.ticked is not None:
            rows = rows.filter(thing__in=self.ticked)
        return list(dict.fromkeys(rows.values_list("thing", flat=True)[: most + 1]))

    @property
    def words(self) -> list[str]:
        """What narrows the list, in words."""
        wanted = Wanted.read(self.register, self.query, self.on)
        found = [
            f"{self.register.by_key[key].title}：{filter_words(self.register, key, value, self.on)}"
            for key, value in wanted.filters.items()
        ]
        return [*found, *sought(wanted)]


def sought(wanted: Wanted) -> list[str]:
    """Return what a list looks for, in words; never a number."""
    found = [_("查找“%(q)s”") % {"q": wanted.q}] if wanted.q else []
    if wanted.found is not None:
        found.append(_("按完整号码查到的 %(count)s 条") % {"count": len(wanted.found)})
    return found


def filter_words(register: Register, key: str, value: str, on: date) -> str:
    """Return a filter's value as people read it."""
    if value == "-":
        return _("未填")
    kind = register.by_key[key].kind_on(on)
    parsed = kind.parse_column([value])
    return value if parsed.faults else str(kind.shown(parsed.values[0]))
