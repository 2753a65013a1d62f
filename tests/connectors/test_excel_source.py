"""Workbooks, as people keep them."""

import datetime as dt

import openpyxl
import pytest

from connectors import Unread, connect


def write(path, **sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)


def read(source, table):
    names = [column.name for column in table.columns]
    return [tuple(row.values()) for batch in source.stream(table, names) for row in batch.to_pylist()]


@pytest.mark.parametrize(
    ("rows", "names", "expected"),
    [
        ([["name", "phone"], ["A", "1"]], ["name", "phone"], [("A", "1")]),
        ([["Staff of 2026"], [None], ["name", "phone"], ["A", 139]], ["name", "phone"], [("A", 139)]),
        ([[1, 2], [3, 4]], ["column_1", "column_2"], [(1, 2), (3, 4)]),
        ([["a", "a", None], ["x", "y", "z"]], ["a", "a_2", "column_3"], [("x", "y", "z")]),
        ([["a", "b"], [1, None], ["x", None]], ["a", "b"], [("1", None), ("x", None)]),
        ([["a", "b", None], [1, 2, None]], ["a", "b"], [(1, 2)]),
        ([["born"], [dt.date(1990, 1, 2)]], ["born"], [(dt.date(1990, 1, 2),)]),
        ([["x"], [1.5], [2]], ["x"], [(1.5,), (2.0,)]),
        ([["a", "b"]], ["a", "b"], []),
        # A first row of values is no header: what it holds would be the names of columns.
        (
            [["11010519491231002X", "a"], ["11010519491231003X", "b"]],
            ["column_1", "column_2"],
            [("11010519491231002X", "a"), ("11010519491231003X", "b")],
        ),
        ([["id"], [110105194912310021.0]], ["id"], [("1.10105194912310E+17",)]),
    ],
)
def test_a_sheet_becomes_a_table(tmp_path, rows, names, expected):
    write(tmp_path / "staff.xlsx", Sheet1=rows)

    with connect(str(tmp_path / "staff.xlsx")) as source:
        (table,) = source.tables()
        assert [column.name for column in table.columns] == names
        assert read(source, table) == expected


def test_several_sheets_are_a_group(tmp_path):
    write(tmp_path / "book.xlsx", one=[["a"], [1]], two=[["b"], [2]], empty=[])

    with connect(str(tmp_path)) as source:
        assert [(table.group, table.name) for table in source.tables()] == [("book", "one"), ("book", "two")]


def test_what_is_no_workbook_is_said(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")

    with connect(str(tmp_path)) as source:
        (entry,) = source.tables()

    assert entry == Unread(table="x", reason="cut off, damaged or no workbook")


def test_without_the_extra_the_table_is_not_scanned_and_the_extra_named(tmp_path, monkeypatch):
    write(tmp_path / "book.xlsx", one=[["a"], [1]])
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)

    with connect(str(tmp_path)) as source:
        (entry,) = source.tables()

    assert "pandian[excel]" in entry.reason
