"""CSV and XLSX: a row for every column, and no formula in a cell."""

import csv
import dataclasses
import io

import openpyxl

from connectors import Table
from connectors._dictionary import load_dictionary
from scanner.catalogue import export


def test_csv_has_a_row_for_every_column(warehouse):
    rows = list(csv.DictReader(io.StringIO(export("csv", warehouse).decode("utf-8-sig"))))
    found = {(row["table"], row["column"]): row["pi_types"] for row in rows}

    assert found["customers", "mobile"] == "mobile"
    assert found["things", "sku"] == ""
    assert len(rows) == 6


def test_no_cell_of_a_spreadsheet_is_a_formula(hostile):
    cells = [c for row in csv.reader(io.StringIO(export("csv", hostile).decode("utf-8-sig"))) for c in row]
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", hostile)))

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_the_workbook_holds_the_numbers_of_the_scan(warehouse):
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", warehouse)))
    people = [[cell.value for cell in row] for row in book["people"].iter_rows(min_row=2)]
    everybody = next(c for c in warehouse.organization.subjects if c.category == "all")

    assert book.sheetnames == ["columns", "tables", "people", "lines", "not_scanned"]
    assert people[0][4:7] == [everybody.lower, everybody.estimate, everybody.upper]
    assert len(list(book["lines"].iter_rows())) == len(warehouse.findings) + 1


def test_the_csv_is_read_back_as_a_data_dictionary(hostile, tmp_path):
    (dataset,) = hostile.datasets
    tables = tuple(
        dataclasses.replace(
            table, columns=tuple(dataclasses.replace(column, comment="=注释") for column in table.columns)
        )
        for table in dataset.tables
    )
    commented = dataclasses.replace(hostile, datasets=(dataclasses.replace(dataset, tables=tables),))
    (tmp_path / "dictionary.csv").write_bytes(export("csv", commented))
    dictionary = load_dictionary(str(tmp_path / "dictionary.csv"))

    for table in tables:
        if table.name.strip() != table.name or "\n" in table.name:
            continue
        bare = tuple(dataclasses.replace(c, comment="") for c in _columns(table))
        described = dictionary.describe(Table(name=table.name, columns=bare), dataset.name)
        assert [column.comment for column in described.columns] == ["=注释"]


def _columns(table):
    from connectors._model import Column

    return [Column(column.name, column.type) for column in table.columns]
