"""Files that LibreOffice wrote: kept ones always, fresh ones where it is installed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gengdu.documents.reading import read_rows
from gengdu.records.importing import batches
from gengdu.records.staging import Stage
from gengdu.registers.pupils.register import PUPILS
from tests.corpus.libreoffice import make
from tests.web.test_imports import bring
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed (scripts/install_test_needs.sh)",
)


@pytest.mark.parametrize("name", make.FORMATS)
def test_a_list_saved_by_libreoffice_is_read_alike_in_every_format(
    numbered: World, as_li: Client, name: str
) -> None:
    batch = bring(as_li, SimpleUploadedFile(name, (make.HERE / name).read_bytes()))

    with Stage.opened(batches.stage_path(batch), PUPILS) as stage:
        new = {row[2] for row in stage.looked("new")}
        refused = {row[0]: row[2] for row in stage.looked("rejected")}
        remarks = stage.remarks(list(refused))
        (second,) = [row for row in stage.rows(PUPILS.part("record")) if "丛乙" in row]
    faults = {row: {key: said for key, said, is_fault in some if is_fault}
              for row, some in remarks.items()}  # fmt: skip
    assert new == {"丛甲", "丛乙", "丛丙"}
    assert list(refused.values()) == ["丛丁", "丛戊"]
    lost, no_day = (faults[row] for row in sorted(refused))
    assert "后面的数字已丢失" in lost["identity_number"]
    assert "没有这一天" in no_day["birth_date"]
    assert {make.NUMBERS[1], f"G{make.NUMBERS[1]}", "2016-05-07"} <= set(map(str, second))


@needs_libreoffice
@pytest.mark.parametrize("wanted", ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods"])
def test_an_export_saved_again_in_libreoffice_comes_back_and_changes_nothing(
    numbered: World, as_wang: Client, wanted: str, tmp_path: Path
) -> None:
    response = as_wang.get(reverse("pupils_export"), {"all_columns": "1"})
    exported = tmp_path / "学生.xlsx"
    exported.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    again = make.saved(exported, wanted)
    batch = bring(as_wang, SimpleUploadedFile("again", again), on_day="2025-12-31")

    assert set(batch.counts) == {"unchanged", "warned"}, batch.counts


@needs_libreoffice
def test_a_template_filled_in_libreoffice_keeps_its_columns_and_its_lists(
    numbered: World, as_li: Client, tmp_path: Path
) -> None:
    response = as_li.get(reverse("pupils_template"), {"filled": "1"})
    template = tmp_path / "模板.xlsx"
    template.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    again = make.saved(template, "xlsx:Calc MS Excel 2007 XML")
    saved_again = tmp_path / "again.xlsx"
    saved_again.write_bytes(again)
    batch = bring(as_li, SimpleUploadedFile("again.xlsx", io.BytesIO(again).read()))

    assert list(read_rows(saved_again)) == list(read_rows(template))
    assert "rejected" not in batch.counts, batch.counts
