"""Registers as they were known on a day: what was recorded later is not there yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gengdu.documents.reading import read_rows
from gengdu.records.models import Change
from gengdu.records.queries import end_of
from gengdu.registers.pupils.models import PupilRecord
from gengdu.registers.schools.models import SchoolProfile
from gengdu.web.models import ListExport
from tests.tokens import program
from tests.web.children import text
from tests.web.reading import Page
from tests.world import ON, World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST, EXPORT = reverse("pupils_list"), reverse("pupils_export")
BEFORE = {"known": ON.isoformat()}
"""The knowledge of the world's last day; whatever a test writes is written after it."""


@pytest.fixture
def corrected(as_wang: Client) -> int:
    """A girl of Zhao's school who was registered as 宫一, a boy, and was found to be 龚依."""
    thing = pupil("宫一")
    PupilRecord.objects.filter(pupil=thing).update(sex="male")
    address = reverse("pupils_edit", args=[thing])
    form = as_wang.get(address).context["form"]
    fields = {f["column"].key: f["value"] for _, fields in form.groups() for f in fields}
    data = {**fields, "seen": form.seen, "mode": "correction", "name": "龚依", "sex": "女"}
    assert as_wang.post(address, data).status_code == 302
    return thing


def pupil(name: str) -> int:
    return PupilRecord.objects.values_list("pupil", flat=True).get(name=name, superseded_at=None)


def detail(thing: int) -> str:
    return reverse("pupils_detail", args=[thing])


def listed(client: Client, **query: str) -> list[str]:
    """Return the names on a list, and see that it counts them."""
    context = client.get(LIST, {"columns": "name", **query}).context
    assert context["total"] == len(context["rows"])
    return [row.cells[0] for row in context["rows"]]


def exported(client: Client, folder: Path, **query: str) -> list[list[object]]:
    response: Any = client.get(EXPORT, query)
    if response.status_code == 302:
        address = reverse("export_file", args=[ListExport.objects.latest("pk").pk])
        response = client.get(address)
    (folder / "list.xlsx").write_bytes(b"".join(response.streaming_content))
    return [row for _, row in read_rows(folder / "list.xlsx")]


def test_a_day_is_over_at_midnight_where_the_district_is() -> None:
    assert end_of(ON) == datetime(2025, 12, 31, 16, tzinfo=UTC)


def test_a_correction_is_not_on_the_list_of_what_was_known_before(
    as_wang: Client, corrected: int
) -> None:
    assert ("龚依" in listed(as_wang), "宫一" in listed(as_wang)) == (True, False)
    assert ("龚依" in listed(as_wang, **BEFORE), "宫一" in listed(as_wang, **BEFORE)) == (
        False, True,
    )  # fmt: skip


def test_a_row_counts_from_the_day_on_which_it_was_recorded(
    as_wang: Client, corrected: int
) -> None:
    today = datetime.now(UTC).astimezone(end_of(ON).tzinfo).date()

    assert "龚依" in listed(as_wang, known=today.isoformat())
    assert "龚依" not in listed(as_wang, known=(today - timedelta(days=1)).isoformat())


@pytest.mark.parametrize(
    ("query", "now", "then"),
    [
        ({"q": "龚"}, ["龚依"], []),
        ({"q": "宫一"}, [], ["宫一"]),
        ({"q": "gongyi", "f_sex": "女"}, ["龚依"], []),
        ({"q": "gongyi", "f_sex": "男"}, [], ["宫一"]),
    ],
)
def test_search_and_filters_look_into_what_was_known(
    as_wang: Client, corrected: int, query: dict[str, str], now: list[str], then: list[str]
) -> None:
    assert listed(as_wang, **query) == now
    assert listed(as_wang, **query, **BEFORE) == then


def test_what_others_were_called_is_what_was_known_as_well(as_wang: Client) -> None:
    profile = SchoolProfile.objects.get(name="松徐小学", superseded_at=None)
    at = datetime.now(UTC)
    SchoolProfile.objects.filter(pk=profile.pk).update(superseded_at=at)
    profile.pk, profile.name, profile.recorded_at = None, "松徐学校", at
    profile.save()

    now = as_wang.get(LIST, {"f_school": "松徐学校"}).context["total"]
    then = as_wang.get(LIST, {"f_school": "松徐小学", **BEFORE})

    assert (now, then.context["total"]) == (3, 3)
    assert "松徐学校" not in text(then)


def test_whoever_was_not_registered_yet_is_not_counted(as_wang: Client) -> None:
    PupilRecord.objects.filter(name="宫一").update(recorded_at=end_of(ON))
    last = PupilRecord.objects.get(name="宫一")
    last.pupil.enrolments.update(recorded_at=end_of(ON))

    page = as_wang.get(LIST, BEFORE)

    assert "共 8 名学生" in text(page)
    assert as_wang.get(detail(last.pupil_id), BEFORE).status_code == 404
    assert as_wang.get(detail(last.pupil_id)).status_code == 200


def test_a_childs_page_shows_what_was_known_and_no_later_step(
    as_wang: Client, corrected: int
) -> None:
    now, then = (as_wang.get(detail(corrected), query) for query in ({}, BEFORE))

    assert "龚依" in text(now)
    assert "龚依" not in text(then)
    assert "已被替代" in text(now)
    assert "已被替代" not in text(then)
    assert len(then.context["steps"]) == len(now.context["steps"]) - 1


def test_the_past_is_said_to_be_past_and_offers_nothing_to_change(
    as_wang: Client, corrected: int
) -> None:
    for address in (LIST, detail(corrected)):
        page = text(as_wang.get(address, BEFORE))
        links = {link.path for link in Page(page).links}

        assert "按 2025-12-31 当天已知" in page
        assert "只能查看，不能修改" in page
        assert not [path for path in links if path.endswith(("/edit/", "/import/", "/new/"))]
        assert 'id="selecting"' not in page


def test_nobody_can_ask_what_will_be_known(as_wang: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()  # noqa: TID251

    page = Page(text(as_wang.get(LIST, {"known": tomorrow})))

    assert [alert for alert in page.alerts if f"{tomorrow} 超出可查的范围" in alert]


@pytest.mark.parametrize("page", ["edit", "new", "bulk", "template"])
def test_a_page_that_writes_goes_by_what_is_known_now(as_wang: Client, page: str) -> None:
    address = reverse(f"pupils_{page}", args=[pupil("宫一")] if page == "edit" else [])

    asked, posted = (ask(f"{address}?known=2025-12-31&on=2025-11-01")
                     for ask in (as_wang.get, as_wang.post))  # fmt: skip

    assert asked.headers["Location"] == posted.headers["Location"] == f"{address}?on=2025-11-01"
    assert not Change.objects.exists()


def test_every_link_of_the_list_keeps_the_day(as_wang: Client, corrected: int) -> None:
    page = Page(text(as_wang.get(LIST, {**BEFORE, "sort": "name"})))

    own = [link for link in page.links if link.href.startswith("?") or link.path == EXPORT]
    assert len(own) > 5
    assert {link.query.get("known") for link in own} == {"2025-12-31"}


@pytest.mark.parametrize("at_once", [20_000, 1], ids=["at once", "in the background"])
def test_the_export_is_what_was_known_and_says_so(
    as_wang: Client, corrected: int, tmp_path: Path, settings: Any, at_once: int
) -> None:
    settings.EXPORT_ROWS_AT_ONCE = at_once

    rows = exported(as_wang, tmp_path, columns="name", **BEFORE)

    assert ["宫一"] in rows
    assert ["龚依"] not in rows
    facts = [row for _, row in read_rows(tmp_path / "list.xlsx", "说明")]
    assert ["依据", "2025-12-31 当天已知的记录，后来补报、更正的不计"] in facts


def test_two_days_are_compared_by_what_was_known(as_wang: Client, corrected: int) -> None:
    query = {"with": "2025-12-30", "columns": "name", **BEFORE}

    compared = text(as_wang.get(reverse("pupils_compare"), query))
    beside = text(as_wang.get(reverse("pupils_beside", args=[corrected]), query))

    assert "龚依" not in compared + beside
    assert "宫一" in beside


def test_the_scope_is_no_wider_in_what_was_known(as_li: Client, corrected: int) -> None:
    assert listed(as_li, **BEFORE) == ["丛一", "丛三", "丛二", "丛四"]
    assert as_li.get(detail(corrected), BEFORE).status_code == 404


def test_the_api_gives_what_was_known(district: World, corrected: int) -> None:
    caller = program(district.wang)
    found: dict[str, Any] = {}
    for name, query in (("now", {}), ("then", BEFORE)):
        rows = caller.get("/registers/pupils/", {"columns": "name", "q": "gongyi", **query}).json()
        one = caller.get(f"/registers/pupils/{corrected}/", dict(query)).json()
        names = [row["cells"]["name"] for row in rows["rows"]]
        steps = len(one["history"])
        found[name] = (rows["known"], rows["total"], names, one["cells"]["name"], steps)

    steps = found["now"][-1]
    assert found["now"] == (None, 1, ["龚依"], "龚依", steps)
    assert found["then"] == ("2025-12-31", 1, ["宫一"], "宫一", steps - 1)
