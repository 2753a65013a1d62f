"""Workbooks: Excel (xlsx, xlsm, xlsb, xls) and OpenDocument, read through calamine.

A sheet is a table. Its header is the first row that is more than half filled, without numbers and dates (as
text, too), so that a title above it is no header; without one, columns are named by position. Hidden sheets
are read too. A workbook keeps 15 digits of a number: a longer one is text, as 1.10105194912310E+17.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from connectors._arrays import array_of, batch_of, take, unique
from connectors._files.headers import NO_HEADER, HeaderRule, Headers
from connectors._files.part import OfFields, PartBroken
from connectors._model import Batch
from connectors._sampling import chosen
from connectors._storage import Stored

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ROWS_ABOVE_HEADER = 10
_ROWS_BELOW_HEADER = 500  # that tell a header from data
_BATCH_ROWS = 65_536
_KEPT_WHOLE = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart(OfFields):
    """One sheet; it is one piece, and read anew each time, so that memory holds one sheet only."""

    path: Stored
    sheet: str
    fields: tuple[tuple[str, pa.DataType], ...]
    rows: int
    rule: HeaderRule
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.name}, sheet '{self.sheet}'"

    @property
    def pieces(self) -> tuple[int, ...]:
        return (self.rows,)

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        del piece
        batch = self._read([name for name, _ in self.fields])
        return [take(batch, chosen(batch.num_rows, rows, rng))]

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        batch = self._read(columns)
        for start in range(0, batch.num_rows, _BATCH_ROWS):
            yield batch.slice(start, _BATCH_ROWS)

    def _read(self, columns: Sequence[str]) -> Batch:
        with _opened(self.path) as workbook:
            arrays, rows, _ = _cells(workbook, self.sheet, self.rule)
        try:
            return batch_of(columns, [arrays[name] for name in columns], rows)
        except KeyError:
            raise PartBroken("the sheet was changed while it was read") from None


def open_workbook(
    path: Stored, headers: Headers, group: str, name: str
) -> list[tuple[str, SheetPart | PartBroken]]:
    """Return the sheets that hold something, by name; ``headers`` may name the file or the sheet.

    Raises:
        PartBroken: No workbook, a protected one, or the extra ``excel`` is not installed.
    """
    with _opened(path) as workbook:
        within = "/".join(filter(None, (group, name)))
        rules = [(sheet, headers.rule((group, name), (within, sheet))) for sheet in workbook.sheet_names]
        sheets = [(sheet, _sheet(workbook, path, sheet, rule)) for sheet, rule in rules]
    return [(sheet, part) for sheet, part in sheets if not isinstance(part, SheetPart) or part.fields]


def _sheet(workbook: CalamineWorkbook, path: Stored, sheet: str, rule: HeaderRule) -> SheetPart | PartBroken:
    try:
        arrays, rows, note = _cells(workbook, sheet, rule)
    except PartBroken as error:
        return error
    fields = tuple((name, array.type) for name, array in arrays.items())
    return SheetPart(path=path, sheet=sheet, fields=fields, rows=rows, rule=rule, note=note)


def _cells(
    workbook: CalamineWorkbook, sheet: str, rule: HeaderRule
) -> tuple[Mapping[str, pa.Array[Any]], int, str]:
    """Return the columns of a sheet, the number of rows, and a note."""
    with _explained():
        rows = [[_cell(value) for value in row] for row in workbook.get_sheet_by_name(sheet).iter_rows()]
    header = _header(rows, rule)
    body = [row for row in rows[0 if header is None else header + 1 :] if any(v is not None for v in row)]
    width = max(map(len, rows), default=0)
    titles = [""] * width if header is None else [str(value or "").strip() for value in rows[header]]
    columns = zip(*body, strict=True) if body else ((),) * width
    arrays = dict(zip(unique(titles), map(array_of, columns), strict=True))
    untitled = [name for name, title in zip(arrays, titles, strict=True) if not title]
    empty = {name for name in untitled if arrays[name].null_count == len(body)}
    used = {name: array for name, array in arrays.items() if name not in empty}
    return used, len(body), "" if header is not None else NO_HEADER


def _cell(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        # A workbook knows no whole numbers, and of long ones not the last digits.
        return int(value) if abs(value) < _KEPT_WHOLE else f"{value:.14E}"
    return None if value == "" else value


def _header(rows: Sequence[Sequence[object]], rule: HeaderRule) -> int | None:
    for number, row in enumerate(rows[:_ROWS_ABOVE_HEADER]):
        filled = [value for value in row if value is not None]
        if rule.said is None and any(not isinstance(value, str) for value in filled):
            return None
        if len(filled) * 2 > len(row):
            below = rows[number + 1 : number + 1 + _ROWS_BELOW_HEADER]
            return number if rule.holds(_texts(row), [_texts(each) for each in below]) else None
    return None


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if value is None else str(value) for value in row]


@contextmanager
def _opened(path: Stored) -> Iterator[CalamineWorkbook]:
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- an extra
    except ImportError:
        raise PartBroken("workbooks need the extra 'excel': pip install 'pandian[excel]'") from None
    with _explained(), _workbook(CalamineWorkbook, path) as workbook:
        yield workbook


def _workbook(reader: type[CalamineWorkbook], path: Stored) -> CalamineWorkbook:
    if not path.storage.remote:
        return reader.from_path(path.path)
    with path.open() as file:
        return reader.from_filelike(io.BytesIO(file.read()))


@contextmanager
def _explained() -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 -- an extra

    try:
        yield
    except PasswordError:
        raise PartBroken("protected by a password; scan a copy without one") from None
    except FileNotFoundError:
        raise PartBroken("no such file (any more)") from None
    except PermissionError:
        raise PartBroken("permission denied") from None
    except (CalamineError, OSError, ValueError):
        raise PartBroken("cut off, damaged or no workbook") from None
