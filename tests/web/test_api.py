"""The API over the small world: lists, details, writing and the plan, each as the token may."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gengdu.access.models import Account, Role, ScopeKind
from gengdu.access.trail.models import Kind, TrailEntry
from gengdu.board import presentation, queries
from gengdu.kernel.identifiers import identity_check_digit
from gengdu.records.models import Change
from gengdu.registers.pupils.models import Enrolment, PupilRecord
from gengdu.web import moments
from tests import tokens, world
from tests.conftest import signed_in
from tests.tokens import Program, program
from tests.web.children import pupil
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

LIST = "/registers/pupils/"
NUMBERS = {"P01": "371002201603010012", "P05": "371002201603010055"}
OF_ZHAO = {"宫一", "宫二", "宫三"}
NEW = {
    "name": "丛新", "sex": "男", "birth_date": "2016-05-06", "school": "崮山小学",
    "grade": "四年级", "class_number": "1班", "identity_number": "371002201605060013",
    "registry_number": "G371002201605060013",
}  # fmt: skip


@pytest.fixture
def numbered(district: World) -> World:
    """The small world, some of its children with identity numbers."""
    for code, number in NUMBERS.items():
        PupilRecord.objects.filter(pupil__pupil_code=code).update(
            identity_number=number, registry_number=f"G{number}", identity_kind="1"
        )
    return district


@pytest.fixture
def wang(numbered: World) -> Program:
    return program(numbered.wang)


@pytest.fixture
def of_li(numbered: World) -> Account:
    """Somebody of the bureau who works for Li's school alone."""
    return world.account(
        "li-bureau", "驻校", Role.BUREAU_OFFICER, ScopeKind.SCHOOL, numbered.li_school.pk
    )


@pytest.fixture
def li(of_li: Account) -> Program:
    return program(of_li)


def body(response: HttpResponse, status: int = 200) -> Any:
    assert response.status_code == status, response.content.decode()
    return response.json()


def names(found: Any) -> list[str]:
    return [row["cells"]["name"] for row in found["rows"]]


# Reading


def test_the_registers_name_their_columns_and_codes(wang: Program) -> None:
    found = {item["key"]: item for item in body(wang.get("/registers/"))["registers"]}

    pupils = found["pupils"]
    columns = {column["key"]: column for column in pupils["columns"]}
    assert (pupils["key"], pupils["may_write"]) == ("pupils", True)
    assert columns["boarding"]["codes"] == {"1": "走读", "2": "住校"}
    assert columns["birth_date"]["type"] == "date"
    assert columns["identity_number"]["masked"]
    assert "grade_number" not in columns


def test_a_list_is_cut_into_pages_and_says_how_many_there_are(wang: Program) -> None:
    pages = [body(wang.get(LIST, {"limit": 4, "page": page})) for page in (1, 2, 3, 4)]

    assert {page["total"] for page in pages} == {9}
    assert [len(page["rows"]) for page in pages] == [4, 4, 1, 0]
    assert len({row["thing"] for page in pages for row in page["rows"]}) == 9


def test_columns_sort_filter_and_search_are_those_of_the_list(wang: Program) -> None:
    found = body(
        wang.get(LIST, {"columns": "name,grade", "sort": "-name", "f_stage": "primary", "q": "宫"})
    )

    assert names(found) == ["宫二", "宫三", "宫一"]
    assert found["rows"][0]["cells"] == {"name": "宫二", "grade": "四年级"}


def test_li_never_sees_zhaos_children_in_list_search_or_count(li: Program) -> None:
    everybody = body(li.get(LIST, {"limit": 1000}))
    found = {q: body(li.get(LIST, {"q": q})) for q in ("宫", "gong", NUMBERS["P05"])}

    assert sorted(names(everybody)) == ["丛一", "丛三", "丛二", "丛四"]
    assert everybody["total"] == 4
    assert [(item["total"], item["rows"]) for item in found.values()] == [(0, [])] * 3
    assert body(li.get(LIST, {"f_school": "松徐小学"}))["total"] == 0


def test_li_never_sees_zhaos_children_one_by_one(li: Program) -> None:
    answers = [li.get(f"{LIST}{thing}/") for thing in (pupil("P05"), 10**9)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert body(li.get(f"{LIST}{pupil('P01')}/"))["cells"]["name"] == "丛一"


def test_a_head_may_not_use_the_api_though_a_token_is_there(district: World) -> None:
    answer = tokens.of_whoever(district.li).get(LIST)

    assert "没有使用接口的权限" in body(answer, 403)["message_zh"]


def test_a_narrowed_scope_holds_from_the_next_call(numbered: World, wang: Program) -> None:
    assert body(wang.get(LIST))["total"] == 9

    Account.objects.filter(pk=numbered.wang.pk).update(
        scope_kind="school", scope_key=numbered.li_school.pk
    )

    assert body(wang.get(LIST))["total"] == 4


def test_a_detail_holds_cells_parts_and_history(wang: Program) -> None:
    found = body(wang.get(f"{LIST}{pupil('P01')}/", {"on": "2025-12-31"}))

    assert found["cells"]["school"] == "崮山小学"
    assert found["cells"]["postcode"] is None
    assert found["parts"][0] | {"label": ""} == {
        "key": "enrolment", "label": "", "starts_on": "2025-09-01", "ends_on": "2026-09-01",
    }  # fmt: skip
    assert len(found["history"]) == 5


def test_numbers_are_hidden_and_shown_whole_for_a_reason_alone(wang: Program) -> None:
    address = f"{LIST}{pupil('P05')}/"

    hidden = [wang.get(LIST), wang.get(address), wang.get(LIST, {"q": NUMBERS["P05"]})]
    shown = [wang.get(at, Reason="%E6%A0%B8%E5%AF%B9") for at in (LIST, address)]

    assert all(NUMBERS["P05"] not in answer.content.decode() for answer in hidden)
    assert "3710**********0055" in hidden[0].content.decode()
    assert all(NUMBERS["P05"] in answer.content.decode() for answer in shown)
    assert TrailEntry.objects.filter(kind=Kind.REVEAL, reason="核对").count() == 2
    assert "理由" in body(wang.get(LIST, Reason=" "), 422)["details"][0]["message_zh"]


def test_a_reason_is_refused_from_a_token_that_may_not_reveal(numbered: World) -> None:
    caller = program(numbered.wang, ["view_children"])

    answer = caller.get(LIST, Reason="check")

    assert "完整号码" in body(answer, 403)["message_zh"]


def test_every_look_at_children_is_in_the_trail(numbered: World, wang: Program) -> None:
    before = TrailEntry.objects.filter(kind=Kind.API).count()

    wang.get(LIST)
    wang.get(f"{LIST}{pupil('P01')}/")
    wang.get("/registers/")
    wang.get("/status")

    entries = TrailEntry.objects.filter(kind=Kind.API).order_by("-sequence")
    assert entries.count() == before + 2
    assert entries[0].ids == [pupil("P01")]
    assert (entries[1].object_count, entries[1].username) == (9, "wang")
    assert str(numbered.li_school.pk) in entries[1].school_ids
    assert entries[1].details["token"] == wang.secret[:10]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"f_nothing": "1"}, "f_nothing"),
        ({"offset": "5"}, "offset"),
        ({"columns": "name,name;drop"}, "columns"),
        ({"columns": "stage"}, "columns"),
        ({"columns": ""}, "columns"),
        ({"sort": "pk"}, "sort"),
        ({"sort": "record__name"}, "sort"),
        ({"sort": "--name"}, "sort"),
        ({"f_stage": "nonsense"}, "f_stage"),
        ({"f_school": "没有的学校"}, "f_school"),
        ({"f_boarding": ""}, "f_boarding"),
        ({"limit": "1001"}, "limit"),
        ({"page": "0"}, "page"),
        ({"page": "99999999999999999999"}, "page"),
        ({"on": "2025-13-01"}, "on"),
        ({"on": "0001-01-01"}, "on"),
        ({"q": "a\0b"}, "q"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_what_the_register_does_not_declare_is_refused_by_name(
    wang: Program, query: dict[str, Any], where: str
) -> None:
    found = body(wang.get(LIST, query), 422)

    assert found["error"] == "invalid"
    assert [item["where"] for item in found["details"]] == [where]
    assert all(item["message_zh"] for item in found["details"])


# Being refused


def test_a_signed_in_browser_is_a_stranger_to_the_api(numbered: World) -> None:
    client = signed_in(numbered.wang)

    answer = client.get(tokens.ROOT + LIST)

    assert body(answer, 401)["error"] == "unauthenticated"
    assert not answer.cookies
    assert client.get("/").status_code == 200


def test_every_refusal_has_the_same_form(wang: Program) -> None:
    answers = {
        404: wang.get("/registers/nothing/"),
        405: wang.post("/status", {}),
        422: Client().post(
            tokens.ROOT + LIST, "{", content_type="application/json",
            headers={"Authorization": f"Bearer {wang.secret}"},
        ),
    }  # fmt: skip

    for status, answer in answers.items():
        found = body(answer, status)
        assert set(found) == {"error", "message_zh", "details"}
        assert found["message_zh"].endswith("。")
        assert answer.headers["Cache-Control"] == "no-store"


# Writing


def write(caller: Program, *rows: dict[str, Any], status: int = 200, **more: Any) -> Any:
    return body(caller.post(LIST, {"rows": list(rows), "dry_run": False, **more}), status)


def test_a_dry_run_writes_nothing_and_is_what_is_meant_at_first(wang: Program) -> None:
    before = Change.objects.count()
    change = {"thing": pupil("P01"), "cells": {"native_place": "山东威海"}}

    found = body(wang.post(LIST, {"rows": [change, {"cells": NEW}]}))

    assert (found["dry_run"], found["change"]) == (True, None)
    assert found["actions"] == {"new": 1, "changed": 1, "unchanged": 0, "rejected": 0}
    assert found["rows"][0]["differences"] == [
        {"column": "native_place", "old": "", "new": "山东威海"}
    ]
    assert Change.objects.count() == before


def test_rows_are_written_and_taken_back(numbered: World, wang: Program) -> None:
    done = write(wang, {"cells": NEW}, {"thing": pupil("P01"), "cells": {"class_number": "2班"}},
                 holds_from="2025-11-01", reason="分班")  # fmt: skip
    thing = done["rows"][0]["thing"]
    assert body(wang.get(f"{LIST}{thing}/"))["cells"]["name"] == "丛新"
    assert Enrolment.objects.filter(pupil=pupil("P01"), superseded_at=None,
                                    starts_on="2025-11-01", class_number=2).exists()  # fmt: skip

    undone = body(wang.post(f"/changes/{done['change']}/undo/", {"reason": "传错了"}))

    assert undone["undone"] == done["change"]
    assert wang.get(f"{LIST}{thing}/").status_code == 404
    assert "撤销过" in body(wang.post(f"/changes/{done['change']}/undo/", {}), 409)["message_zh"]


def test_what_was_read_can_be_written_back_and_changes_nothing(wang: Program) -> None:
    before = Change.objects.count()
    found = body(wang.get(f"{LIST}{pupil('P05')}/"))

    done = write(wang, {"thing": found["thing"], "cells": found["cells"]})

    assert done["actions"]["unchanged"] == 1
    assert (done["change"], Change.objects.count()) == (None, before)


def test_nothing_empties_a_cell_and_a_cell_left_out_stays(wang: Program) -> None:
    row = {"thing": pupil("P01"), "cells": {"native_place": "山东威海", "ethnicity": "汉族"}}
    write(wang, row, mode="correction")

    write(wang, {"thing": pupil("P01"), "cells": {"native_place": None}}, mode="correction")

    cells = body(wang.get(f"{LIST}{pupil('P01')}/"))["cells"]
    assert (cells["native_place"], cells["ethnicity"]) == (None, "汉族")


def test_one_bad_row_keeps_all_out_and_every_fault_is_told(wang: Program) -> None:
    before = Change.objects.count()

    found = write(wang, {"cells": NEW}, {"cells": {**NEW, "birth_date": "2016-02-30"}}, status=422)

    assert "没有写入任何数据" in found["message_zh"]
    assert "rows.1.cells.birth_date" in [item["where"] for item in found["details"]]
    assert Change.objects.count() == before


def test_differences_of_hidden_numbers_stay_hidden(wang: Program) -> None:
    row = {"thing": pupil("P05"), "cells": {"identity_number": "371002201605060013"}}

    answer = wang.post(LIST, {"rows": [row]}).content.decode()

    assert "3710**********0055" in answer
    assert NUMBERS["P05"] not in answer


def test_li_can_neither_change_nor_find_zhaos_children(li: Program) -> None:
    of_zhao = {"thing": pupil("P05"), "cells": {"native_place": "山东威海"}}
    nobody = {"thing": 10**9, "cells": {"native_place": "山东威海"}}
    by_number = {"cells": {"registry_number": f"G{NUMBERS['P05']}", "native_place": "山东威海"}}
    moved = {"thing": pupil("P01"), "cells": {"school": "松徐小学"}}

    refused = [write(li, row, status=422) for row in (of_zhao, nobody, by_number, moved)]

    assert refused[0] == refused[1]
    assert "别的学校" in str(refused[2])
    assert "不在您的管理范围内" in str(refused[3])
    assert "山东威海" not in str(refused[2])


def test_one_thing_is_not_written_twice_at_once(wang: Program) -> None:
    by_id = {"thing": pupil("P05"), "cells": {"native_place": "甲"}}
    by_number = {"cells": {"registry_number": f"G{NUMBERS['P05']}", "native_place": "乙"}}

    same, other = write(wang, by_id, by_id, status=422), write(wang, by_id, by_number, status=422)

    assert "不止一行" in str(same)
    assert "同一条记录" in str(other)


def many(count: int) -> list[dict[str, Any]]:
    """Return rows of new children, each with a right identity number."""
    stems = [f"37100220160506{place:03d}" for place in range(1, count + 1)]
    numbers = [stem + identity_check_digit(stem) for stem in stems]
    return [
        {"cells": {**NEW, "name": f"丛{place:03d}", "identity_number": number,
                   "registry_number": f"G{number}"}}
        for place, number in enumerate(numbers)
    ]  # fmt: skip


def test_of_more_children_than_an_entry_of_the_trail_holds_none_is_left_out(wang: Program) -> None:
    made = [row["thing"] for row in write(wang, *many(600))["rows"]]

    listed = body(wang.get(LIST, {"limit": 1000, "q": "丛"}))

    noted = TrailEntry.objects.filter(kind=Kind.API).order_by("-sequence")[:2]
    assert listed["total"] == 604
    assert set(made) < {thing for entry in noted for thing in entry.ids}
    first = next(row for row in listed["rows"] if row["thing"] == made[0])
    assert first["cells"]["name"] == "丛000"


@pytest.mark.parametrize("count", [0, 1001, 2000])
def test_more_rows_than_a_thousand_are_refused(wang: Program, count: int) -> None:
    found = write(wang, *[{"cells": {"name": "丛新"}}] * count, status=422)

    assert [item["where"] for item in found["details"]] == ["rows"]


@pytest.mark.parametrize(
    "given",
    [
        {"rows": [{"cells": {"nothing": "1"}}]},
        {"rows": [{"cells": {"stage": "primary"}}]},
        {"rows": [{"cells": {"name": "丛"}, "more": 1}]},
        {"rows": [{"cells": {"name": "丛"}}], "mode": "overwrite"},
        {"rows": [{"cells": {"name": "丛"}}], "dry_run": "no"},
        {"rows": [{"cells": {"name": ["丛"]}}]},
        {"rows": [{"thing": 2**64, "cells": {"name": "丛"}}]},
        {"rows": [{"thing": True, "cells": {"name": "丛"}}], "holds_from": "1850-01-01"},
        {"rows": [{"cells": {"home": 10**400}}]},
        {"rows": [{"cells": {"travel_km": float("inf")}}]},
        {"rows": [{"cells": {"name": "\ud800"}}]},
        {"rows": [{"cells": {"name": "丛"}}], "reason": "\ud800"},
        [],
        None,
    ],
)
def test_what_the_schema_does_not_know_is_refused(wang: Program, given: Any) -> None:
    found = body(wang.post(LIST, given), 422)

    assert found["details"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [("[" * 100_000, 422), ("{}" + " " * 8_000_001, 413), ("\0", 422), ("", 422)],
)
def test_what_is_no_json_or_too_much_of_it_is_refused(
    wang: Program, sent: str, status: int
) -> None:
    answer = Client().post(
        tokens.ROOT + LIST, sent, content_type="application/json",
        headers={"Authorization": f"Bearer {wang.secret}"},
    )  # fmt: skip

    assert body(answer, status)["message_zh"].endswith("。")


def test_a_reason_with_a_null_in_it_is_cleaned(wang: Program) -> None:
    row = {"thing": pupil("P01"), "cells": {"native_place": "山\0东"}}

    done = write(wang, row, reason="改\0正")

    assert Change.objects.get(pk=done["change"]).reason == "改正"


def test_nobody_takes_back_what_another_wrote(li: Program, wang: Program) -> None:
    done = write(wang, {"thing": pupil("P01"), "cells": {"native_place": "山东威海"}})

    assert li.post(f"/changes/{done['change']}/undo/", {}).status_code == 404
    assert li.post(f"/changes/{10**9}/undo/", {}).status_code == 404


def test_taking_back_needs_the_right_to_write_and_the_scope(
    of_li: Account, wang: Program, numbered: World
) -> None:
    done = write(wang, {"thing": pupil("P05"), "cells": {"native_place": "山东威海"}})
    address = f"/changes/{done['change']}/undo/"

    assert program(numbered.wang, ["view_children"]).post(address, {}).status_code == 403
    Account.objects.filter(pk=numbered.wang.pk).update(
        scope_kind="school", scope_key=numbered.li_school.pk
    )
    assert "范围" in body(wang.post(address, {}), 403)["message_zh"]


# The plan


def test_the_standing_is_that_of_the_command_line(wang: Program) -> None:
    found = body(wang.get("/status", {"on": "2025-12-31", "known": "2025-06-30", "measure": 11}))

    moment = queries.Moment(world.ON, moments.date(2025, 6, 30))
    wanted = [
        presentation.as_data(item) for item in queries.statuses(moment) if item.measure.number == 11
    ]
    assert found == {"on": "2025-12-31", "known": "2025-06-30", "promises": wanted}
    assert wang.get("/status", {"measure": 99}).status_code == 404


def test_an_indicator_is_broken_down_and_small_counts_stay_hidden(numbered: World) -> None:
    name, query = "aid_share", {"by": "school"}
    sees, hidden = program(numbered.wang), program(numbered.wang, ["view_plan"])

    whole, part = (body(caller.get(f"/indicators/{name}", query)) for caller in (sees, hidden))

    zhao = [next(g for g in found["groups"] if g["name"] == "松徐小学") for found in (whole, part)]
    assert (zhao[0]["is_hidden"], zhao[0]["value"]) == (False, 0.5)
    assert (zhao[1]["is_hidden"], zhao[1]["value"], zhao[1]["parts"]) == (True, None, None)
    assert whole["value"] == part["value"]


def test_an_unknown_indicator_is_not_found(wang: Program) -> None:
    assert "没有这个指标" in body(wang.get("/indicators/nothing"), 404)["message_zh"]


# What explains it


def test_the_document_lists_each_column_with_its_words_and_codes(wang: Program) -> None:
    found = body(wang.get("/openapi.json"))

    cells = found["components"]["schemas"]["PupilsCells"]["properties"]
    assert "代码：1 走读、2 住校" in cells["boarding"]["description"]
    assert found["paths"]["/api/v1/status"]["get"]["security"] == [{"Bearer": []}]


def test_the_page_explains_every_address_and_loads_nothing_from_elsewhere(as_wang: Client) -> None:
    page = as_wang.get("/api/").content.decode()

    for path in as_wang.get("/api/openapi.json").json()["paths"]:
        assert path in page
    assert "居住村居" in page
    assert "//cdn" not in page
