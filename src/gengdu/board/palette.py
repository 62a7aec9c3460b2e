"""Finds by a few letters what a person may open: pages, promises, indicators, schools, people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gengdu.access import looking
from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.analytics import cards
from gengdu.board import context
from gengdu.policy import facts
from gengdu.records import sheets
from gengdu.records.ledgers import Ledger, ledgers
from gengdu.records.queries import in_force
from gengdu.records.sheets import Register
from gengdu.records.sounds import sound
from gengdu.registers.schools import queries as schools
from gengdu.registers.schools.models import SchoolProfile
from gengdu.web import moments
from gengdu.web.sheets import numbers
from gengdu.web.sheets.listing import FOUND, Listing, Row, Wanted
from gengdu.web.templatetags.shell import link

HITS_PER_GROUP = 6
LONGEST_TEXT = 40
FEWEST_LETTERS = 2
"""A single Latin letter is the beginning of half of all names."""
HAS_OWN_PAGES = "schools"
"""Schools are looked for by name here, also where a register declares them."""


@dataclass(frozen=True)
class Hit:
    """One thing found, and where it opens."""

    label: str
    hint: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind.

    Attributes:
        more: The address of the list with all that match, where there are more.
    """

    title: str
    hits: Sequence[Hit]
    more: str = ""


@dataclass(frozen=True)
class Search:
    """One person's search."""

    request: HttpRequest
    account: Account
    text: str

    @classmethod
    def of(cls, request: HttpRequest, account: Account) -> Search:
        """Read a form, or the address."""
        data = request.POST if request.method == "POST" else request.GET
        return cls.for_text(request, account, data.get("q", ""))

    @classmethod
    def for_text(cls, request: HttpRequest, account: Account, text: str) -> Search:
        """Return the search for what somebody typed."""
        words = " ".join(text.replace("\0", "").split())
        return cls(request, account, words[:LONGEST_TEXT])

    @property
    def is_number(self) -> bool:
        """Whether a number of a person is looked for, which must stand in no address."""
        return numbers.is_number(self.text)

    @property
    def on(self) -> date:
        """The day that is looked at."""
        return moments.moment_of(self.request).on

    def groups(self) -> list[Group]:
        """Return what was found; without a text, the pages of the menu."""
        viewer = schools.viewer_of(self.account, on=self.on)
        pages = context.pages(self.request, viewer)
        if not self.text:
            found = [Group(_("页面"), [Hit(page.label, "", page.url) for page in pages])]
        else:
            named = ((page.label, "", page.url) for page in pages)
            found = [
                _group(_("页面"), self._matching((*named, *self._measures()))),
                _group(_("台账"), self._matching(self._ledgers(viewer))),
                self._schools(viewer),
                *self._registers(viewer),
                _group(_("承诺与指标"), self._matching((*self._promises(), *self._indicators()))),
            ]
        return [group for group in found if group.hits]

    def _link(self, view: str, *args: object, **query: object) -> str:
        return link({"request": self.request}, view, *args, **query)

    def _matching(self, offered: Iterable[tuple[str, str, str]]) -> Iterator[Hit]:
        for label, hint, url in offered:
            if matches(self.text, label):
                yield Hit(label, hint, url)

    def _measures(self) -> Iterator[tuple[str, str, str]]:
        for measure in facts.plan().measures:
            if measure.number:
                label = f"{measure.number} {measure.label_zh}"
                yield label, _("措施"), self._link("measure", measure.number)

    def _ledgers(self, viewer: Viewer) -> Iterator[tuple[str, str, str]]:
        for ledger in ledgers():
            if not viewer.may(ledger.view):
                continue
            hint = _("措施%(number)s") % {"number": ledger.place.number}
            yield str(ledger.label), hint, self._link(f"{ledger.key}_list")
            if ledger.coverage is not None:
                label = _("%(ledger)s覆盖情况") % {"ledger": ledger.label}
                yield label, hint, self._link(f"{ledger.key}_coverage")

    def _promises(self) -> Iterator[tuple[str, str, str]]:
        for name, fact in facts.plan().facts.items():
            if fact.kind == "goal" and facts.plan().measure_of(fact) is not None:
                yield fact.label_zh, _("承诺"), self._link("target", name)

    def _indicators(self) -> Iterator[tuple[str, str, str]]:
        for name, card in cards.cards().items():
            yield card.label_zh, _("指标"), self._link("indicator", name)

    def _schools(self, viewer: Viewer) -> Group:
        if not viewer.may("view_registers"):
            return Group("", ())
        profiles = SchoolProfile.objects.filter(in_force(self.on)).order_by("name")
        offered = (
            (name, "", self._link("school", school))
            for school, name in profiles.values_list("school_id", "name")
        )
        return _group(_("学校"), self._matching(offered), self._link("schools", q=self.text))

    def _registers(self, viewer: Viewer) -> Iterator[Group]:
        if self.text.isascii() and len(self.text) < FEWEST_LETTERS:
            return
        for register in sheets.registers():
            is_searched = (
                register.search and register.key != HAS_OWN_PAGES and not register.beside
            )  # what belongs to a person is found through the person
            if is_searched and viewer.may(register.view):
                yield self._rows(register, viewer)

    def _rows(self, register: Register, viewer: Viewer) -> Group:
        """Look into a register as its own list does, within the same scope."""
        columns = [register.name, *([register.school] if register.school else [])]
        text = numbers.cleaned(self.text) if self.is_number else self.text
        wanted = Wanted.read(register, {"q": text, "columns": ",".join(columns)}, self.on)
        listing = Listing(wanted, viewer)
        rows = list(listing.values(listing.rows()[: HITS_PER_GROUP + 1]))
        shown = rows[:HITS_PER_GROUP]
        if register.shows_children:
            model = register.identity or register.anchor.model
            looking.looked(
                self.request, subject=str(model._meta.label), ids=[row.thing for row in shown],
                school_ids={row.school for row in shown if row.school}, what=_("查找"),
            )  # fmt: skip
        hits = (
            Hit(name, hint, self._link(f"{register.key}_detail", row.thing))
            for row, (name, hint) in zip(rows, self._called(register, rows), strict=True)
        )
        query = numbers.query(listing)
        more = {name: value for name, value in query.items() if name in ("q", FOUND)}
        return _group(str(register.label), hits, self._link(f"{register.key}_list", **more))

    def _called(self, register: Register, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """Yield what each row is called, and what stands beside it: an entry by its whole name."""
        names: dict[int, str] = {}
        if isinstance(register, Ledger):
            items = [row.thing for row in rows]
            names = register.names(register.rows(self.on).filter(item_id__in=items), self.on)
        for row in rows:
            name, *others = (str(cell or "") for cell in row.cells)
            yield (names[row.thing], "") if row.thing in names else (name, "".join(others))


def address(request: HttpRequest, **query: object) -> str:
    """Return the address of the page that searches, keeping the day."""
    return link({"request": request}, "search", **query)


def _group(title: str, found: Iterable[Hit], more: str = "") -> Group:
    hits = list(found)
    return Group(title, hits[:HITS_PER_GROUP], more if len(hits) > HITS_PER_GROUP else "")


@lru_cache(maxsize=4_000)
def _spoken(label: str) -> str:
    return f" {sound(label)}"


def matches(text: str, label: str) -> bool:
    """Tell whether a label holds a text, or begins with it when spoken.

    >>> [matches(text, "崮山小学") for text in ("小学", "gushan", "gsxx", "shan")]
    [True, True, True, False]
    """
    if text.casefold() in label.casefold():
        return True
    spoken = text.replace(" ", "").casefold()
    return len(spoken) >= FEWEST_LETTERS and spoken.isascii() and f" {spoken}" in _spoken(label)
