"""The addresses that a register gets, each behind the register's own permission."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import URLPattern, path

from gengdu.access.guards import requires
from gengdu.access.scope import Viewer
from gengdu.records.ledgers import Ledger
from gengdu.records.sheets import Register
from gengdu.web.ledgers.pages import EntryPages
from gengdu.web.ledgers.quick import QuickPages
from gengdu.web.sheets import bulk, changes, compare, coverage, imports, pages, views

ViewerOf = Callable[..., Viewer]


def urls_of(register: Register, viewer_of: ViewerOf) -> list[URLPattern]:
    """Return the addresses of a register's pages.

    Args:
        register: The register.
        viewer_of: Returns who looks, with the schools of their scope on a day.
    """
    shown = pages.Pages(register, viewer_of)
    taken = imports.Imports(register, viewer_of)
    together = bulk.BulkEdits(register, viewer_of)
    done = changes.Changes(register, viewer_of)
    saved = views.Views(register, viewer_of)
    beside = compare.Compare(register, viewer_of)
    key, look, edit = register.key, requires(register.view), requires(register.edit)
    take_out = requires("export_records", register.view)
    return [
        *_of_entries(register, viewer_of),
        *coverage.urls(register, viewer_of),
        path(f"registers/{key}/", look(shown.listed), name=f"{key}_list"),
        path(f"registers/{key}/export/", take_out(shown.exported), name=f"{key}_export"),
        path(f"registers/{key}/template/", edit(shown.template), name=f"{key}_template"),
        path(f"registers/{key}/new/", edit(shown.added), name=f"{key}_new"),
        path(f"registers/{key}/<int:thing>/", look(shown.detail), name=f"{key}_detail"),
        path(f"registers/{key}/<int:thing>/edit/", edit(shown.edited), name=f"{key}_edit"),
        path(f"registers/{key}/draft/", edit(shown.drafted), name=f"{key}_draft"),
        path(f"registers/{key}/import/", edit(taken.begun), name=f"{key}_import"),
        path(f"registers/{key}/import/<int:number>/", edit(taken.batch), name=f"{key}_batch"),
        path(f"registers/{key}/import/<int:number>/step/", edit(taken.step), name=f"{key}_step"),
        path(f"registers/{key}/import/<int:number>/rejected/", edit(taken.rejected),
             name=f"{key}_rejected"),
        path(f"registers/{key}/bulk/", edit(together.begun), name=f"{key}_bulk"),
        path(f"registers/{key}/bulk/<slug:draft>/", edit(together.draft), name=f"{key}_bulk_draft"),
        path(f"registers/{key}/changes/", look(done.listed), name=f"{key}_changes"),
        path(f"registers/{key}/changes/<int:number>/", look(done.change), name=f"{key}_change"),
        path(f"registers/{key}/changes/<int:number>/undo/", edit(done.undo), name=f"{key}_undo"),
        path(f"registers/{key}/views/", look(saved.views), name=f"{key}_views"),
        path(f"registers/{key}/views/<int:view_id>/", look(saved.view), name=f"{key}_view"),
        path(f"registers/{key}/compare/", look(beside.compared), name=f"{key}_compare"),
        path(f"registers/{key}/compare/export/", take_out(beside.exported),
             name=f"{key}_compare_export"),
        path(f"registers/{key}/<int:thing>/compare/", look(beside.beside), name=f"{key}_beside"),
    ]  # fmt: skip


def _of_entries(register: Register, viewer_of: ViewerOf) -> list[URLPattern]:
    """Return the further addresses that the entries of a ledger have."""
    if not isinstance(register, Ledger):
        return []
    entry = EntryPages(register, viewer_of)
    quick = QuickPages(register, viewer_of)
    key, look = register.key, requires(register.view)
    take_out = requires("export_records", register.view)
    by_phone = [path(f"registers/{key}/quick/", requires(register.edit)(quick.entry),
                     name=f"{key}_quick")]  # fmt: skip
    return [
        *(by_phone if register.quick else ()),
        path(f"registers/{key}/<int:thing>/versus/", look(entry.versus), name=f"{key}_versus"),
        path(f"registers/{key}/package/", take_out(entry.packaged), name=f"{key}_package"),
        path(f"registers/{key}/<int:thing>/word/", take_out(entry.word), name=f"{key}_word"),
    ]
