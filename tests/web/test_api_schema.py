"""The API keeps to its own document, whatever is asked of it: drawn at random, always alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gengdu.records.models import Change
from gengdu.records.sheets import register
from tests import tokens
from tests.tokens import Program
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

CHECKS = [
    not_a_server_error, content_type_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
DRAWN = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
MODES = list(schemathesis.GenerationMode)


@pytest.fixture
def wang(district: World) -> Iterator[Program]:
    """Wang's program, and a site that keeps the test's connections, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(API_CALLS_PER_MINUTE=100_000):
        yield tokens.program(district.wang)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", MODES, ids=[mode.value for mode in MODES])
def test_no_request_breaks_the_document_or_the_server(wang: Program, mode: Any) -> None:
    head = {"Authorization": f"Bearer {wang.secret}"}
    document = schemathesis.openapi.from_wsgi(
        f"{tokens.ROOT}/openapi.json", get_wsgi_application(), headers=head
    )

    for found in document.get_all_operations():
        operation = found.ok()

        @settings(DRAWN, max_examples=6)
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            case.call_and_validate(headers=head, checks=CHECKS)

        check()


NAMES = st.one_of(
    st.sampled_from([*register("pupils").by_key, "pk", "thing", "record__name", "-name", ""]),
    st.text(max_size=12),
    st.sampled_from(["name;drop table x", "' or 1=1 --", "school__pk", "*", "name,", "\U0001f600"]),
)


@settings(DRAWN, max_examples=40)
@given(
    sort=NAMES, columns=st.lists(NAMES, max_size=4), filtered=NAMES, value=st.text(max_size=8),
    q=st.text(max_size=8),
)  # fmt: skip
def test_no_name_from_an_address_reaches_the_database(
    wang: Program, sort: str, columns: list[str], filtered: str, value: str, q: str
) -> None:
    asked = {"sort": sort, "columns": ",".join(columns), f"f_{filtered}": value, "q": q}

    for name, text in asked.items():
        answer = wang.get("/registers/pupils/", {name: text})

        assert answer.status_code in (200, 422)
        assert set(answer.json()) >= {"rows"} or answer.json()["details"]


def test_nothing_of_it_was_written_without_being_asked(wang: Program) -> None:
    before = Change.objects.count()

    wang.post("/registers/pupils/", {"rows": [{"cells": {"name": "丛新"}}]})

    assert Change.objects.count() == before
