"""No row is lost on the way: a list counts, pages and exports all of them, however many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gengdu.documents.reading import read_rows
from gengdu.registers.bodies.models import Body, BodyAlias
from gengdu.web.exports import operations
from gengdu.web.models import ListExport
from tests import world
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST, EXPORT = reverse("body_aliases_list"), reverse("body_aliases_export")
PER_PAGE = 50


def add(body: Body, first: int, last: int) -> None:
    """Give a body many other names, numbered."""
    BodyAlias.objects.bulk_create(
        (
            BodyAlias(body=body, alias=f"别称{number:06d}", recorded_at=world.known(world.LONG_AGO))
            for number in range(first, last + 1)
        ),
        batch_size=10_000,
    )


def grown(body: Body, counts: tuple[int, ...]) -> Iterator[int]:
    """Let the register grow to each of these counts."""
    there = 0
    for count in counts:
        add(body, there + 1, count)
        there = count
        yield count


def fetched(client: Client, folder: Path) -> list[list[object]]:
    """Return the rows of the list's export, however it is made, and leave no file behind."""
    response: Any = client.get(EXPORT)
    if response.status_code == 302:
        export = ListExport.objects.latest("pk")
        assert export.state == "ready"
        response = client.get(reverse("export_file", args=[export.pk]))
        content = b"".join(response.streaming_content)
        client.post(reverse("export", args=[export.pk]), {"step": "drop"})
    else:
        content = b"".join(response.streaming_content)
    path = folder / "list.xlsx"
    path.write_bytes(content)
    head, *rows = (row for _number, row in read_rows(path))
    assert head[1] == "别称"
    return rows


def test_count_last_page_and_export_agree_from_none_to_a_hundred_thousand_rows(
    district: World, as_wang: Client, tmp_path: Path
) -> None:
    BodyAlias.objects.all().delete()
    made_at_once = []
    for count in grown(Body.objects.create(key="many"), (0, 1, 30_001, 100_001)):
        last = f"别称{count:06d}"
        page = as_wang.get(LIST, {"view": "0", "page": 1 + max(0, count - 1) // PER_PAGE})

        rows = fetched(as_wang, tmp_path)

        assert page.context["total"] == len(rows) == count
        assert [row.cells[1] for row in page.context["rows"]][-1:] == ([last] if count else [])
        assert [row[1] for row in rows[-1:]] == ([last] if count else [])
        made_at_once.append(not operations.is_long(count))
    assert made_at_once == [True, True, False, False]
