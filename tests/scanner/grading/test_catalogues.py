"""Catalogues and sheets: YAML, CSV and XLSX, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from scanner.config import ConfigError, load_config
from scanner.grading import PackError, parse_catalogue
from scanner.user_files.sheets import SheetError, read_sheets

CSV = (
    "编号,名称,级别,表,关键词,认定方式,发布机关,发布日期\n"
    "1,负荷,重要数据,grid_*,负荷、load,公开发布,示例部门,2026-05-01\n"
    "2,储量,核心,*,储量,,,\n"
)


def workbook(rows, merge=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_catalogue_in_any_usual_encoding(encoding):
    (catalogue,) = parse_catalogue("list.csv", CSV.encode(encoding))

    assert (catalogue.issuer, catalogue.date, catalogue.basis) == (
        "示例部门",
        dt.date(2026, 5, 1),
        "published",
    )
    assert [entry.grade for entry in catalogue.entries] == ["important", "core"]
    assert catalogue.entries[0].match.words == ("负荷", "load")


def test_a_workbook_is_read_like_a_csv_file():
    rows = [line.split(",") for line in CSV.splitlines()]
    rows[1][7] = dt.datetime(2026, 5, 1)

    (catalogue,) = parse_catalogue("list.xlsx", workbook(rows))

    assert (catalogue.date, len(catalogue.entries)) == (dt.date(2026, 5, 1), 2)


def test_merged_cells_count_for_every_row():
    (sheet,) = read_sheets("m.xlsx", workbook([["a", "b"], ["x", "1"], [None, "2"]], merge="A2:A3"))

    assert [row.cells for row in sheet.rows] == [("a", "b"), ("x", "1"), ("x", "2")]


def test_a_formula_without_a_value_is_an_error_that_names_the_cell():
    with pytest.raises(SheetError, match="cell B2 of sheet 'Sheet' is a formula"):
        read_sheets("m.xlsx", workbook([["a", "b"], ["x", "=1+1"]]))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.csv", b"a,b\n1,2\n", "row 1: has no heading for basis"),
        ("c.csv", "依据,发布机关,日期\n".encode(), "no heading for tables, columns or words"),
        ("c.csv", CSV.replace("重要数据", "绝对重要").encode(), "row 2: the grade is neither"),
        ("c.csv", CSV.replace("grid_*,负荷、load", ",").encode(), "row 2: says nothing about"),
        ("c.csv", CSV.replace("2026-05-01", "May").encode(), "date:"),
        ("c.csv", b'a,"b\n', "not a readable CSV"),
        ("c.xlsx", b"PK\x03\x04 broken", "not a readable XLSX"),
        ("c.xls", b"\xd0\xcf\x11\xe0rest", "old .xls"),
        ("c.csv", b"\xff\xff\x00\x00", "no text that can be read"),
        ("c.yaml", b"a: [", "not valid YAML at line"),
        ("c.yaml", b"{name: x}", "basis: Field required"),
        (
            "c.yaml",
            b"{name: x, basis: notified, issuer: y, date: 2026-01-01, entries: [{id: a, match: {}}]}",
            "entries.number 1.match: nothing says which columns",
        ),
        (
            "c.yaml",
            (
                b"{name: x, basis: notified, issuer: y, date: 2026-01-01,"
                b" entries: [{id: a, match: {pi_types: [hat_size]}}]}"
            ),
            "no PI type 'hat_size'",
        ),
    ],
)
def test_what_is_wrong_is_named(name, content, message):
    with pytest.raises(PackError, match=message.replace("(", "\\(")) as caught:
        parse_catalogue(name, content)
    assert str(caught.value).startswith(name)


def test_the_configuration_reads_catalogues_beside_it(tmp_path):
    (tmp_path / "list.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "pandian.yaml").write_text("catalogues: [list.csv]\n", encoding="utf-8")

    assert [c.issuer for c in load_config(tmp_path / "pandian.yaml", {}).catalogues] == ["示例部门"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("catalogues: [none.csv]", "none.csv cannot be read"),
        ("catalogues: list.csv", "expected a list of files"),
        ("indicators: [bad.yaml]", "bad.yaml: id: Field required"),
    ],
)
def test_a_catalogue_that_cannot_be_read_stops_the_scan(tmp_path, text, message):
    (tmp_path / "bad.yaml").write_text("{}", encoding="utf-8")
    (tmp_path / "pandian.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=message):
        load_config(tmp_path / "pandian.yaml", {})
