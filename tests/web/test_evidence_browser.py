"""Files chosen and sent in a real Chromium: over dropped lines, reloads, on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from gengdu.records.evidence.models import Evidence, StoredFile, Upload
from tests import evidence, files
from tests.conftest import signed_in
from tests.evidence import plan_of
from tests.web import demo_site, evidence_site
from tests.web.evidence_site import elsewhere
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        demo_site.browser_path() is None, reason="这台机器没有 Chromium，浏览器测试没有跑"
    ),
]


@pytest.fixture(scope="module")
def opened(
    district: World, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The site, the entry of Li's school, and browsers that have signed in."""
    places = {name: tmp_path_factory.mktemp(name) for name in ("FILES", "UPLOADS")}
    with (
        django_db_blocker.unblock(),
        evidence.declared(),
        override_settings(ROOT_URLCONF="tests.web.evidence_site", **places),
        evidence_site.serving() as address,
    ):
        entry = plan_of(district.li_school)
        yield {
            "address": address, "entry": f"{address}/test/entries/{entry.pk}/", "item": entry.pk,
            "li": signed_in(district.li), "wang": signed_in(district.wang),
        }  # fmt: skip
        for alias in connections:
            connections[alias].close()


@pytest.fixture(scope="module")
def browser(opened: dict[str, Any]) -> Iterator[Any]:
    # After the small world is written: its loop keeps this thread from the store.
    with demo_site.chromium() as started:
        yield started


@pytest.fixture
def empty(opened: dict[str, Any], django_db_blocker: Any) -> Iterator[None]:
    """Leave no file of one test to the next."""
    yield

    def remove() -> None:
        for model in (Evidence, Upload, StoredFile):
            model.objects.all().delete()
        connections.close_all()

    elsewhere(remove)


@pytest.fixture
def page(browser: Any, opened: dict[str, Any], empty: None) -> Iterator[Any]:
    """The page of the entry, as Li sees it on a wide screen."""
    made = evidence_site.sign_in(browser, opened["address"], opened["li"])
    made.troubles = []
    made.on("pageerror", lambda error: made.troubles.append(str(error)))
    made.goto(opened["entry"])
    yield made
    assert made.troubles == []
    made.context.close()


def choose(page: Any, *paths: Path) -> None:
    page.set_input_files("[data-choose] >> nth=0", [str(path) for path in paths])


def count(page: Any, wanted: int) -> None:
    page.wait_for_function(
        "n => document.querySelectorAll('.proofs > li').length === n", arg=wanted, timeout=20_000
    )


def proofs(item: int) -> list[Evidence]:
    def read() -> list[Evidence]:
        found = list(Evidence.objects.filter(item=item, superseded_at=None).order_by("position"))
        connections.close_all()
        return found

    return elsewhere(read)  # type: ignore[no-any-return]


@pytest.fixture
def sent_files(tmp_path: Path) -> dict[str, Path]:
    heavy = files.photo(
        3600, 2400, taken=datetime(2026, 9, 10, 8, 30), at=(37.345, 122.31),  # noqa: DTZ001
        orientation=6, quality=100,
    ) + bytes(2 * 2**20)  # fmt: skip
    made = {
        "heavy": ("家访.jpg", heavy),
        "paper": ("方案.pdf", files.pdf(3)),
        "video": ("课堂.mp4", files.video(seconds=420)),
        "program": ("照片.jpg", b"MZ\x90\x00" + bytes(100)),
        "table": ("签到.xlsx", files.excel(5)),
    }
    folders = {key: tmp_path / key for key in made}
    for folder in folders.values():
        folder.mkdir()
    return {key: files.put(folders[key], *made[key]) for key in made}


def test_several_files_are_chosen_at_once_and_appear_in_order(
    page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    choose(page, sent_files["paper"], sent_files["table"], sent_files["heavy"])
    count(page, 3)

    found = proofs(opened["item"])
    assert [one.name for one in found] == ["方案.pdf", "签到.xlsx", "家访.jpg"]
    assert page.inner_text("[data-count]") == "3 份"
    assert page.locator(".uploads li").count() == 0


def test_a_heavy_photo_is_shrunk_before_it_is_sent_and_keeps_place_and_time(
    page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    carried: list[int] = []
    page.on(
        "request",
        lambda sent: carried.append(len(sent.post_data_buffer or b""))
        if "offset=" in sent.url else None,
    )  # fmt: skip

    choose(page, sent_files["heavy"])
    count(page, 1)

    (found,) = proofs(opened["item"])
    assert sum(carried) < sent_files["heavy"].stat().st_size / 2
    assert found.taken_at is not None
    assert found.taken_at.isoformat() == "2026-09-10T00:30:00+00:00"
    assert found.latitude == pytest.approx(37.345, abs=1e-4)
    assert found.longitude == pytest.approx(122.31, abs=1e-4)
    stored = elsewhere(lambda: StoredFile.objects.get())
    assert (stored.width, stored.height) == (1707, 2560)  # upright


def test_what_is_refused_says_which_file_and_why(page: Any, sent_files: dict[str, Path]) -> None:
    choose(page, sent_files["program"], sent_files["paper"])
    count(page, 1)

    refused = page.inner_text(".uploads li.refused")
    assert "照片.jpg" in refused
    assert "这是程序或脚本，不是证明材料" in refused
    page.click(".uploads li.refused button:has-text('移除')")
    assert page.locator(".uploads li").count() == 0


def test_a_dropped_line_is_waited_out_and_nothing_is_sent_twice(
    page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    pieces: list[str] = []

    def line(route: Any) -> None:
        pieces.append(route.request.url)
        if len(pieces) in (2, 3):
            route.abort()
        else:
            route.continue_()

    page.route("**/evidence/uploads/*/?offset=*", line)
    choose(page, sent_files["video"])
    page.wait_for_selector(".uploads li.held")
    assert "网络不通" in page.inner_text(".uploads li.held .how")
    count(page, 1)

    offsets = [int(url.rpartition("=")[2]) for url in pieces]
    assert offsets == sorted(offsets)
    stored = elsewhere(lambda: StoredFile.objects.get())
    assert stored.size == sent_files["video"].stat().st_size


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(
    page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    pieces: list[str] = []

    def stops_after_two(route: Any) -> None:
        pieces.append(route.request.url)
        if len(pieces) > 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/evidence/uploads/*/?offset=*", stops_after_two)
    choose(page, sent_files["video"])
    page.wait_for_selector(".uploads li.held")
    page.unroute("**/evidence/uploads/*/?offset=*")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    assert "上次没有传完：课堂.mp4" in page.inner_text("[data-unfinished]")
    after: list[str] = []
    page.on("request", lambda sent: after.append(sent.url) if "offset=" in sent.url else None)
    choose(page, sent_files["video"])
    count(page, 1)

    assert int(after[0].rpartition("=")[2]) == 2 * 2**20
    assert len(proofs(opened["item"])) == 1
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_caption_is_saved_and_a_file_taken_off_and_put_back_in_the_page(
    page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    choose(page, sent_files["paper"])
    count(page, 1)

    page.click(".deeds summary")
    page.fill(".deeds input[name=caption]", "九月定稿")
    page.click(".deeds details button")
    page.wait_for_selector(".said a:has-text('九月定稿')")
    page.click(".deeds button:has-text('移除')")
    count(page, 0)
    assert "已移除“九月定稿”" in page.inner_text("[data-said]")
    page.click("[data-said] button:has-text('撤销')")
    count(page, 1)

    assert [one.caption for one in proofs(opened["item"])] == ["九月定稿"]


def test_a_new_entry_takes_along_what_was_sent_and_what_proves_others(
    browser: Any, page: Any, opened: dict[str, Any], sent_files: dict[str, Path]
) -> None:
    page.goto(f"{opened['address']}/test/new/")
    choose(page, sent_files["paper"], sent_files["table"])
    count(page, 2)
    page.click(".proofs li:has-text('签到') [data-unpick]")
    page.click("#save")
    page.wait_for_selector("text=written")
    assert [one.name for one in proofs(opened["item"])] == ["方案.pdf"]

    page.goto(f"{opened['address']}/test/new/")
    page.click("[data-pick]")
    page.check(".offer:has-text('方案.pdf') input")
    page.click("[data-offered-take]")
    count(page, 1)
    assert page.input_value("[data-picked] input[name=evidence_file]").isdigit()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_block_and_the_previews_fit_the_screen(
    browser: Any, opened: dict[str, Any], empty: None, sent_files: dict[str, Path], width: int
) -> None:
    page = evidence_site.sign_in(
        browser, opened["address"], opened["li"], width=width, has_touch=width == 360
    )
    troubles: list[str] = []
    page.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" else None,
    )
    page.goto(opened["entry"])
    choose(page, sent_files["heavy"], sent_files["paper"], sent_files["table"])
    count(page, 3)
    page.reload()

    addresses = page.eval_on_selector_all(".said > a", "all => all.map(one => one.href)")
    for address in (opened["entry"], *addresses):
        page.goto(address, wait_until="networkidle")
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, address
    for button in page.goto(opened["entry"]) and page.query_selector_all(".deeds .btn"):
        assert width == 1440 or button.bounding_box()["height"] >= 38  # for a thumb

    assert troubles == []
    page.context.close()
