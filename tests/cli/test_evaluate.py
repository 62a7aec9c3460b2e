"""`gengdu evaluate quality-balance` from a file, as somebody types it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pytest

from gengdu.analytics.quality_balance.school_rows import COLUMNS
from gengdu.cli import evaluating, main
from gengdu.cli.messages import CannotGoOn

pytestmark = pytest.mark.xdist_group("cli")
GOOD = "甲小学,primary,primary,1000,42,10,9,0,5000,500,7500,2000000,23,0"
POINT = "点,teaching_point,primary,40,2,0,0,1,300,0,400,80000,4,1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, GOOD, POINT)


def written(folder: Path, *lines: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "schools.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]), encoding=encoding)
    return path


def told(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    main(["evaluate", "quality-balance", *more])
    return capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_however_an_office_saved_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    path = written(tmp_path, GOOD, encoding=encoding)

    found = json.loads(told(capsys, "--schools", str(path), "--json"))

    assert [one["school"] for one in found["schools"]] == ["甲小学"]
    assert found["verdict"] == "pass"


def test_a_workbook_is_read_with_its_numbers_as_excel_keeps_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(list(COLUMNS))
    book.active.append([_cell(text) for text in GOOD.split(",")])
    book.save(tmp_path / "schools.xlsx")

    found = json.loads(told(capsys, "--schools", str(tmp_path / "schools.xlsx"), "--json"))

    assert found["verdict"] == "pass"


def _cell(text: str) -> object:
    return float(text) if text.isdigit() else text


def test_past_knowledge_of_a_file_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "quality-balance", "--schools", str(file), "--known", "2025-12-31"])

    assert "请去掉 --known" in capsys.readouterr().err


def test_what_is_printed_names_the_verdict_the_coefficients_and_who_is_left_out(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "--schools", str(file))

    assert "小学：● 达标" in out
    assert "1 / 1 所达标" in out
    assert "点：教学点 40 人，不足 50 人，不纳入评估" in out


def test_every_fault_is_told_and_nothing_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, GOOD.replace("42", "许多"), POINT.replace(",40,", ",-4,"))

    with pytest.raises(SystemExit) as left:
        main(["evaluate", "quality-balance", "--schools", str(path), "--json"])

    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert "schools.csv 有 2 处不对，没有计算" in err
    assert "第 2 行“teachers_above”" in err
    assert "第 3 行“pupils”" in err


def test_a_file_that_is_not_there_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "quality-balance", "--schools", str(tmp_path / "nothing.csv")])

    assert "文件不存在" in capsys.readouterr().err


def test_the_form_is_saved_beside_with_what_the_file_tells(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "form.xlsx"

    told(capsys, "--schools", str(file), "--form", str(target))

    book = openpyxl.load_workbook(target)
    assert book.sheetnames[:2] == ["表Ⅰ", "表Ⅱ-1"]
    assert book["表Ⅱ-2"]["B4"].value == "甲小学"
    assert book["表Ⅲ"]["C4"].value == 4.2


def test_nothing_of_an_indicator_anywhere_is_told_and_not_as_a_dash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, GOOD.replace(",42,10,", ",42,0,"))

    said = told(capsys, "--schools", str(path))

    assert "骨干教师均值为 0，差异系数算不出来" in said
    assert "— 大于" not in said


def test_an_empty_file_is_told_in_words_that_fit_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "schools.csv"
    empty.write_text("", encoding="utf-8")

    with pytest.raises(SystemExit):
        told(capsys, "--schools", str(empty))

    said = capsys.readouterr().err
    assert "文件里没有数据" in said
    assert "上传" not in said


def test_a_form_that_is_no_workbook_is_refused_before_anything_is_computed(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "quality-balance", "--schools", str(file),
              "--form", str(tmp_path / "form.csv")])  # fmt: skip

    assert "只能存为 .xlsx" in capsys.readouterr().err


def test_who_asks_for_spark_where_it_is_not_installed_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "find_spec", lambda _name: None)

    with ExitStack() as stack, pytest.raises(CannotGoOn, match="没有安装 pyspark"):
        evaluating._engine("spark", "local[2]", "", tmp_path, stack)()
