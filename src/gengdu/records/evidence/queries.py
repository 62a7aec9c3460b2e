"""Reads which files prove what, as far as somebody may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.records import sheets
from gengdu.records.evidence import rights
from gengdu.records.evidence.models import Evidence, Upload, UploadState
from gengdu.records.evidence.operations import Given
from gengdu.records.models import Item
from gengdu.records.queries import known_rows

MOST_OFFERED = 60


def of_item(item: Item, known: date | None = None) -> QuerySet[Evidence]:
    """Return the evidence of an entry, in order; the caller has checked that it may be seen."""
    rows = Evidence.objects.filter(known_rows(known), item=item)
    return rows.select_related("file", "item", "recorded_in__account").order_by("position", "pk")


def counts(items: Sequence[int], known: date | None = None) -> dict[int, int]:
    """Return how many files prove each of some entries; entries without any are left out."""
    found: dict[int, int] = {}
    rows = Evidence.objects.filter(known_rows(known), item__in=items)
    for item in rows.values_list("item_id", flat=True):
        found[item] = found.get(item, 0) + 1
    return found


def find(number: int, viewer: Viewer, on: date, known: date | None = None) -> Evidence | None:
    """Return one piece of evidence that a viewer may see; None of any other.

    A number goes on to lead to the file after its caption was changed.
    """
    row = Evidence.objects.filter(pk=number).select_related("item", "file").first()
    if row is None or not rights.in_sight(row.item, viewer, on, known):
        return None
    rows = Evidence.objects.filter(known_rows(known), item=row.item_id, file=row.file_id)
    return rows.select_related("item", "file", "recorded_in__account").order_by("-pk").first()


def taken_off(number: int, viewer: Viewer, on: date) -> Evidence | None:
    """Return a row that was ended, of an entry that a viewer may see; to put it back."""
    row = Evidence.objects.filter(pk=number).select_related("item", "file").first()
    return row if row is not None and rights.in_sight(row.item, viewer, on) else None


def offered(
    viewer: Viewer, on: date, *, ledger: str, words: str = "", besides: Item | None = None
) -> list[Evidence]:
    """Return files that prove entries which a viewer may see, newest first, each file once.

    What proves something about a child is not offered for a ledger that others read as well.

    Args:
        viewer: Who asks.
        on: The day by which entries are looked for.
        ledger: The ledger for an entry of which they are looked for.
        words: What name or caption hold; empty for any.
        besides: The entry for which they are looked for: what it has is left out.
    """
    rows = Evidence.objects.filter(superseded_at=None)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(caption__icontains=words))
    if besides is not None:
        there = of_item(besides).values("file")
        rows = rows.exclude(file__in=there)
    seen = Q(pk__in=[])
    for register in sheets.registers():
        is_fit = register.identity is Item and _may_go(register.key, ledger)
        if is_fit and viewer.may(register.view):
            things = register.within(viewer, on).order_by().values("thing")
            seen |= Q(item__ledger=register.key, item__in=things)
    found: dict[int, Evidence] = {}
    newest = rows.filter(seen).select_related("file", "item").order_by("-recorded_at", "-pk")
    for row in newest[: 4 * MOST_OFFERED]:
        found.setdefault(row.file_id, row)
        if len(found) == MOST_OFFERED:
            break
    return list(found.values())


def _may_go(source: str, target: str) -> bool:
    """Tell whether files of one ledger's entries may prove those of another."""
    one, other = sheets.find(source), sheets.find(target)
    if one is None or other is None:
        return False
    return not one.shows_children or other.shows_children


def chosen(
    uploads: Sequence[str],
    others: Sequence[int],
    *,
    ledger: str,
    account: Account,
    viewer: Viewer,
    on: date,
) -> list[Given]:
    """Return what somebody picked for an entry: own finished uploads, and files they may see.

    Args:
        uploads: Public ids; what is not theirs or not finished is left out.
        others: Numbers of evidence of other entries; what they may not see is left out, and what
            is about a child where the ledger is not.
        ledger: The ledger of the entry.
        account: Whose uploads.
        viewer: What they may see.
        on: The day by which entries are looked for.
    """
    own = Upload.objects.filter(
        account=account, public_id__in=uploads, state=UploadState.DONE
    ).select_related("file")
    by_id = {upload.public_id: upload for upload in own}
    found = [Given.of_upload(by_id[one]) for one in uploads if one in by_id]
    for number in others:
        evidence = find(number, viewer, on)
        if evidence is not None and _may_go(evidence.item.ledger, ledger):
            found.append(Given.of_evidence(evidence))
    return found
