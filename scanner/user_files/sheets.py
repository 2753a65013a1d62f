"""Tables that people keep in files: CSV and XLSX, as rows of text.

XLSX needs the extra ``xlsx``. Merged cells are filled with their value; a formula counts with the value the
spreadsheet last computed, and without one it is an error, never an empty cell.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LARGEST = 50_000_000  # bytes of a file, and of its sheets unpacked
_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
_DELIMITERS = ",\t;|"


class SheetError(ValueError):
    """A table that cannot be read; the message names file, sheet and cell, and says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with text in it; ``number`` is that of the file, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; a CSV file is one without a name."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the tables in a file's bytes; rows without text are left out.

    Raises:
        SheetError: The file is too large, is neither CSV nor XLSX, or holds a formula without a value.
    """
    if len(content) > LARGEST:
        raise SheetError(f"{name}: is larger than {LARGEST:,} bytes. Save only the list itself.")
    if content.startswith(b"PK"):
        return tuple(_workbook(name, content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(f"{name}: is an old .xls file. Save it as .xlsx or as CSV (UTF-8).")
    return (Sheet("", tuple(_kept(enumerate(_csv(name, content), start=1)))),)


def _kept(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[Row]:
    for number, cells in rows:
        texts = tuple(_text(cell) for cell in cells)
        if any(texts):
            yield Row(number, texts)


def _text(cell: Any) -> str:
    """Return a cell as a person reads it: whole numbers without a point, days without a time."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _csv(name: str, content: bytes) -> list[list[str]]:
    text = _decoded(name, content)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetError(f"{name}: is not a readable CSV file ({error}). Check its quotes.") from None


def _decoded(name: str, content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetError(f"{name}: is no text that can be read. Save it as CSV (UTF-8) or as .xlsx.")


def _workbook(name: str, content: bytes) -> Iterator[Sheet]:
    try:
        import openpyxl  # noqa: PLC0415 -- an extra, and slow to import
    except ImportError as error:
        raise SheetError(
            f"{name}: reading XLSX needs openpyxl. "
            "Run: pip install 'pandian[xlsx]', or save it as CSV (UTF-8)."
        ) from error
    _check_size(name, content)
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # whatever a broken file makes the library raise
        raise SheetError(f"{name}: is not a readable XLSX file. Open it, save it again as .xlsx.") from error
    for sheet in values.worksheets:
        _check_formulas(name, sheet, formulas[sheet.title])
        merged: dict[Any, Any] = dict(_merged(sheet))
        rows = (
            (i, [merged.get((cell.row, cell.column), cell.value) for cell in row])
            for i, row in enumerate(sheet.iter_rows(), start=1)
        )
        yield Sheet(sheet.title, tuple(_kept(rows)))


def _check_size(name: str, content: bytes) -> None:
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile:
        raise SheetError(f"{name}: is not a readable XLSX file. Open it, save it again as .xlsx.") from None
    if unpacked > LARGEST:
        raise SheetError(f"{name}: unpacks to more than {LARGEST:,} bytes. Save only the list itself.")


def _check_formulas(name: str, values: Any, formulas: Any) -> None:
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and values[cell.coordinate].value is None:
                raise SheetError(
                    f"{name}: cell {cell.coordinate} of sheet '{values.title}' is a formula without a stored "
                    "value. Open the file in a spreadsheet program, save it, or paste the values."
                )


def _merged(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                yield (row, column), value
