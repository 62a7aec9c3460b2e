"""The pages under a plan that was adopted from another notice."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from gengdu.analytics import cards
from gengdu.drafts.models import Adoption
from gengdu.notices import adopting, reading
from gengdu.policy import facts, notice
from gengdu.records.ledgers import ledgers
from tests import drafts
from tests.conftest import forget_numbers
from tests.web.reading import Page
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
NOTICE = """示例县教育振兴行动方案
示例县人民政府办公室
2024年5月10日
各镇人民政府：
现将方案印发给你们。
一、主要任务
（一）学校
1.新建学校。2025年6月底前，新建改扩建学校12所。（责任单位：县教育局）
2.建设绿色校园。到2026年，乡村绿色校园占乡村学校的比例达到95%以上。（责任单位：县教育局）
"""


@pytest.fixture(scope="module", autouse=True)
def in_force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[facts.Plan]:
    """The plan of a notice that promises few of our things, under other numbers."""
    choices = adopting.Choices("another", "振兴", "示例县", carry_over=True)
    draft = adopting.draft(reading.read(NOTICE))
    folder = adopting.write(draft, choices, tmp_path_factory.mktemp("plans"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "_in_force", folder)
        _forget()
        yield facts.plan()
    _forget()


def _forget() -> None:
    every = ledgers()
    of_notice = (notice.text, notice.sections, notice.breaks, notice._lines)
    for kept in (facts.plan, cards.cards, cards.by_promise, *of_notice):
        kept.cache_clear()
    for ledger in every:
        vars(ledger).pop("place", None)
    forget_numbers()


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def listed(client: Client, address: str) -> set[str]:
    """Return the keys of the ledgers that a page leads to, in its own part."""
    main = read(client, address).split("<main")[1]
    every = {reverse(f"{ledger.key}_list"): ledger.key for ledger in ledgers()}
    links = Page(f"<main{main.split('</main>')[0]}</main>").links
    return {every[link.path] for link in links if link.path in every}


def test_a_ledger_stands_under_the_measure_that_promises_what_it_counts(as_wang: Client) -> None:
    assert listed(as_wang, reverse("chapter", args=["chapter_1"])) == {"campus_titles"}
    assert listed(as_wang, reverse("measure", args=[1])) == set()
    assert listed(as_wang, reverse("measure", args=[2])) == {"campus_titles"}


def test_a_goal_without_an_indicator_says_what_is_asked_and_leads_to_the_judgement_on_it(
    as_wang: Client, as_li: Client
) -> None:
    (goal,) = facts.plan().measures[1].promises
    address = reverse("target", args=[goal.name])
    page = read(as_wang, address)

    for words in ("≥ 12所", "2025-06-30", "已过期限 184 天", "没有对应的指标", "还没有书面判断"):
        assert words in page
    (link,) = [one for one in Page(page).links if one.text == "写书面判断"]
    assert link.path == reverse("written_judgements_new")
    assert link.query == {"promise": goal.name, "body": "县教育局"}
    assert "写书面判断" not in read(as_li, address)


def test_the_page_of_the_plan_in_force_says_so_and_compares_it_with_the_built_in_one(
    as_wang: Client, district: World, in_force: facts.Plan
) -> None:
    draft = drafts.draft(district.wang)
    Adoption.objects.create(
        draft=draft, plan="another", version=0, account=district.wang, made_at=drafts.AT
    )

    with override_settings(PLANS=in_force.folder.parent):
        page = read(as_wang, reverse("draft_plan", args=[draft.pk, "another"]))

    assert "这就是现行方案" in page
    assert "怎样启用" not in page
    assert f"与自带方案“{facts.built_in().short_zh}”的不同" in page
    assert "只有一个方案有这一条" in page


def test_the_goals_show_the_notice_line_by_line_up_to_its_first_heading(as_wang: Client) -> None:
    quoted = read(as_wang, reverse("measure", args=[0])).split('class="notice">')[1]

    assert quoted.split("</p>")[0].splitlines() == NOTICE.splitlines()[:5]


def test_what_the_plan_says_nothing_of_is_folded_below_its_goals(as_wang: Client) -> None:
    shown, folded = read(as_wang, reverse("measure", args=[0])).split("<details class", 1)

    assert "趋势指标" not in shown
    assert "其他指标和台账（自带方案的）" in folded
    assert reverse("school_plans_list") in folded
