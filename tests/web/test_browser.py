"""What people do, in a real Chromium, over the whole demo served as `make run` serves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import drafts
from tests.web import demo_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        demo_site.browser_path() is None, reason="这台机器没有 Chromium，浏览器测试没有跑"
    ),
]

PAGES = (
    "/",
    "/chapters/workforce/",
    "/measures/0/",
    "/measures/2/",
    "/targets/principals.young_leader_share/",
    "/targets/goals.degree_ratio/",
    "/targets/school_siting.small_school_increase/",
    "/targets/goals.rural_conditions/",
    "/evaluations/quality-balance/",
    "/evaluations/universal-preschool/",
    "/evaluations/universal-preschool/?population=3600&variant=henan",
    "/evaluations/quality-balance/indicators/lead_teachers/",
    "/evaluations/quality-balance/years/",
    "/evaluations/quality-balance/path/",
    "/forecasts/",
    "/tasks/",
    "/tasks/from/path/",
    "/tasks/from/relaxations/",
    "/evaluations/quality-balance/path/?budget_all=20",
    "/evaluations/quality-balance/path/scenarios/?shift=primary-9-11-40",
    "/evaluations/quality-balance/schools/11/",
    "/evaluations/quality-balance/schools/9/junior/lead_teachers/",
    "/evaluations/quality-balance/schools/11/primary/teaching_area/",
    "/evaluations/quality-balance/items/",
    "/evaluations/quality-balance/items/g04/",
    "/evaluations/quality-balance/locked/",
    "/surveys/",
    "/surveys/3/",
    "/surveys/3/edit/",
    "/surveys/3/response/",
    "/surveys/2/result/",
    "/s/",
    "/drafts/",
    "/indicators/",
    "/indicators/young_leader_share/records/?of=rows",
    "/standards/small_schools.pupils/",
    "/schools/",
    "/search/?q=wang",
    "/registers/pupils/?view=0",
    "/registers/pupils/bulk/?all=1&f_sex=女&f_stage=junior&column=boarding",
    "/registers/pupils/changes/",
    "/registers/pupils/views/",
    "/registers/pupils/compare/?q=wang",
    "/approvals/",
    "/registers/school_plans/",
    "/registers/school_plans/225/",
    "/registers/school_plans/225/versus/",
    "/registers/school_plans/new/?from=225",
    "/registers/school_plans/coverage/",
    "/registers/campus_titles/coverage/",
    "/registers/family_stations/coverage/",
    "/registers/parent_sessions/quick/",
    "/schools/open/",
    "/schools/12/event/",
    "/schools/12/event/?kind=merged&day=2026-10-15&successor=10",
    "/schools/year/",
    "/schools/year/?school=12",
    "/schools/year/class/?school=12&class=primary-1-1",
    "/quality/",
    "/quality/?school=20",
    "/quality/pupil_no_guardian_phone/",
    "/quality/review/",
    "/reminders/",
    "/reminders/?state=ended",
    "/me/reminders/",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with demo_site.serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with demo_site.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def officer(browser: Any, site: str) -> Any:
    return demo_site.sign_in(browser, site, "fenju")


def test_a_wrong_password_is_refused_in_words(browser: Any, site: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{site}/login/")

    page.fill("#id_username", "fenju")
    page.fill("#id_password", "wrong")
    page.click("form button.btn-primary")

    assert "账号或密码不对" in page.inner_text("[role=alert]")


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_is_wider_than_the_screen_or_meets_an_error(
    browser: Any, site: str, width: int
) -> None:
    page = demo_site.sign_in(browser, site, "fenju", width=width)
    troubles: list[str] = []
    page.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda sent: None if sent.url.startswith((site, "data:")) else troubles.append(sent.url),
    )

    for address in PAGES:
        answer = page.goto(site + address, wait_until="load")
        assert answer.status == 200, address
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, f"{address} is {too_wide} px too wide at {width}"

    assert troubles == []


def test_each_number_of_a_target_opens_into_that_many_records(officer: Any, site: str) -> None:
    officer.goto(f"{site}/targets/principals.young_leader_share/?on=2025-12-31")
    links = officer.eval_on_selector_all(
        "a.num[href*='/records/']", "all => all.map(a => [a.href, a.textContent])"
    )
    assert len(links) > 10

    for address, number in links[:12]:
        officer.goto(address)
        assert officer.locator("tr[data-record]").count() == int(number.replace(",", "")), address


def test_the_command_line_and_the_pages_agree_to_the_digit(
    officer: Any, site: str, folder: Path
) -> None:
    printed = json.loads(demo_site.gengdu(folder, "status", "--on", "2025-12-31", "--json"))

    for measure in {item["measure"] for item in printed}:
        officer.goto(f"{site}/measures/{measure}/?on=2025-12-31")
        text = officer.inner_text("main")
        for item in printed:
            if item["measure"] == measure and item["value"] is not None:
                assert item["shown"] in text, (item["promise"], item["shown"])


def test_another_day_is_chosen_in_the_head_of_the_page(officer: Any, site: str) -> None:
    officer.goto(f"{site}/")

    officer.fill("#on", "2024-12-31")
    officer.wait_for_url("**on=2024-12-31")

    assert "2024-12-31" in officer.input_value("#on")


def test_a_head_sees_numbers_of_other_schools_but_cannot_open_them(browser: Any, site: str) -> None:
    page = demo_site.sign_in(browser, site, "xiaozhang")

    answer = page.goto(f"{site}/indicators/young_leader_share/records/?of=rows")

    assert answer.status == 403
    assert "没有权限" in page.inner_text("main")


def test_a_target_page_prints_on_a4(officer: Any, site: str) -> None:
    officer.goto(f"{site}/targets/goals.degree_ratio/")

    printed = officer.pdf(format="A4", print_background=True)

    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000


def test_on_a_phone_the_menu_opens_and_leads_to_a_measure(browser: Any, site: str) -> None:
    page = demo_site.sign_in(browser, site, "zhen", width=360, height=740)

    page.click(".menu-button")
    page.click("#menu >> text=四 校长教师队伍")
    page.click("text=11 选优培强乡村校长")

    assert "45周岁以下" in page.inner_text("main")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_few_letters_lead_to_a_page_by_the_keyboard(browser: Any, site: str, width: int) -> None:
    page = demo_site.sign_in(browser, site, "zhen", width=width, height=740)
    if width < 720:
        page.click("[data-palette]")
    else:
        page.keyboard.press("Control+k")

    page.keyboard.type("xypq")
    page.wait_for_selector("#palette-list a[aria-selected=true] >> text=校长")
    page.keyboard.press("Enter")

    page.wait_for_url("**/measures/11/**")


def test_a_head_changes_a_page_of_rows_and_takes_it_back(browser: Any, site: str) -> None:
    page = demo_site.sign_in(browser, site, "xiaozhang")
    page.goto(f"{site}/registers/pupils/?view=0")

    page.check("[data-whole-page]")
    page.click("text=批量修改选中的 50 条")
    page.select_option("#column", "health")
    page.wait_for_url("**column=health**")
    page.fill("#value", "体检合格")
    page.fill("#reason", "体检")
    page.click("text=看看影响")
    page.click("text=确认修改 50 条")
    assert "50 名学生" in page.inner_text("main")
    page.fill("#reason", "改错了")
    page.click("text=撤销这次操作")

    assert "已撤销" in page.inner_text("main")


def test_a_notice_is_checked_with_the_keyboard(officer: Any, site: str, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    notice = tmp_path / "通知.txt"
    notice.write_text(drafts.TEXT, encoding="utf-8")
    officer.goto(f"{site}/drafts/")
    officer.set_input_files("#file", notice)
    officer.click("form[data-drop] button")
    done, count = officer.locator("[data-done]"), officer.locator("[data-count]")
    card = officer.locator(".card-item.current")
    expect(done).to_have_text("0")
    every = int(count.inner_text())

    officer.keyboard.press("j")
    item = card.get_attribute("id")
    expect(officer.locator(f".m.current[data-items~={item}]")).not_to_have_count(0)
    officer.keyboard.press("Space")
    expect(done).to_have_text("1")
    expect(card).not_to_have_id(item)

    officer.keyboard.press("Enter")
    officer.fill("[data-item-form] [name$=-title], [data-item-form] [name$=-indicator]", "改过的")
    officer.keyboard.press("Control+Enter")
    expect(done).to_have_text("2")
    expect(card).to_contain_text("改过的")

    officer.keyboard.press("Delete")
    expect(count).to_have_text(str(every - 1))
    officer.keyboard.press("u")
    expect(count).to_have_text(str(every))

    officer.set_viewport_size({"width": 360, "height": 740})
    officer.click("#tab-text")
    officer.locator("[data-text] .m-measure").first.click()
    expect(officer.locator("#pane-reading .card-item.current h3")).to_be_visible()
    assert officer.evaluate("document.documentElement.scrollWidth") <= 360
