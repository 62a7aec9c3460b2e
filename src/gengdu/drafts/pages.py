"""Gathers what the pages of a draft show, and what a script on them is answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from gengdu.access.guards import account_of
from gengdu.access.models import Account
from gengdu.drafts import correcting, forms, items, marking, showing
from gengdu.drafts.models import Correction, Draft
from gengdu.drafts.showing import Card
from gengdu.kernel.identifiers import is_row_number
from gengdu.policy import facts


def found(number: int) -> Draft:
    """Return a draft by number; of none there is no such page."""
    draft = Draft.objects.filter(pk=number).first() if is_row_number(str(number)) else None
    if draft is None:
        raise Http404
    return draft


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page of drafts; its line of the menu is that of the list."""
    request.gengdu_menu = reverse("drafts")  # type: ignore[attr-defined]
    return render(request, f"drafts/{name}.html", context)


def is_script(request: HttpRequest) -> bool:
    """Tell whether a script of the page asks, which wants a part of it or an answer as data."""
    return request.headers.get("X-Draft") is not None


def checking(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Return what the page shows on which notice and reading stand side by side."""
    every = showing.cards(draft.text, draft.reading)
    order = request.GET.get("order", "")
    show = request.GET.get("show", "")
    order = order if order in showing.ORDERS else "doubt"
    show = show if show in showing.SHOWS else "all"
    groups = showing.groups(showing.chosen(every, show), order)
    return {
        **bar(draft, account_of(request)), "order": order, "show": show,
        "counts": showing.counts(every), "groups": groups, "promises": promises(),
        "lines": marking.lines(draft.text, draft.reading),
    }  # fmt: skip


def bar(draft: Draft, account: Account) -> dict[str, Any]:
    """Return what stands above both panes."""
    done, count = items.progress(draft.reading)
    return {
        "draft": draft, "done": done, "count": count,
        "percent": round(100 * done / count) if count else 0,
        "to_undo": correcting.to_undo(draft, account),
        "to_redo": correcting.to_redo(draft, account),
    }  # fmt: skip


def promises() -> list[str]:
    """Return every promise that can be computed, as it is offered."""
    return [forms.promise_label(one.name) for one in facts.built_in().promises]


def answer(draft: Draft, account: Account, seen: int, said: str, at: str = "") -> JsonResponse:
    """Return what a script needs to bring its page to the version there is now.

    Args:
        draft: As it is now.
        account: Who asks.
        seen: The version that the page shows.
        said: What is to be told.
        at: The item that is to be looked at.
    """
    since = list(draft.corrections.filter(number__gt=seen))
    above = bar(draft, account)
    return JsonResponse({
        "version": draft.version, "said": said, "at": at, "whole": _is_whole(draft, since),
        "cards": {card.id: _card(draft, card) for card in _touched(draft, since)},
        "done": above["done"], "count": above["count"], "percent": above["percent"],
        "undo": above["to_undo"] is not None, "redo": above["to_redo"] is not None,
    })  # fmt: skip


def _touched(draft: Draft, since: list[Correction]) -> list[Card]:
    touched = {item for one in since for item in one.items}
    return [
        card for card in showing.cards(draft.text, draft.reading)
        if card.id in touched or touched.intersection(row.id for row in card.clauses)
    ]  # fmt: skip


def _is_whole(draft: Draft, since: list[Correction]) -> bool:
    """Tell whether more changed than cards: items came or went, or what their places rest on."""
    for one in since:
        for change in one.changes:
            before, after = change["before"], change["after"]
            if before is None or after is None or change["kind"] == items.HEAD:
                return True
            if any(before.get(key) != after.get(key) for key in ("no", "title", "measure")):
                return True
    return False


def _card(draft: Draft, card: Card) -> str:
    """Draw a card by itself; without the request, for it needs nothing of the shell."""
    return render_to_string("drafts/_card.html", {"card": card, "draft": draft})
