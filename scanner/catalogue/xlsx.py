"""XLSX: columns, tables, people, lines and what was not scanned, a sheet each; needs the extra ``xlsx``."""

from __future__ import annotations

import io
from typing import Any

from scanner.catalogue._places import ExportError, Naming
from scanner.catalogue._rows import Cell, Sheet, harmless, sheets
from scanner.result import Result
from scanner.words.visible import visible

NAME = "xlsx"
FILE_NAME = "pandian.xlsx"

_WIDEST = 60  # characters of a column on the screen
_LONGEST = 32_767  # characters that a cell may hold


def render(result: Result, naming: Naming) -> bytes:
    """Return the workbook.

    Raises:
        ExportError: openpyxl is not installed.
    """
    del naming
    try:
        from openpyxl import Workbook  # noqa: PLC0415 -- an extra, and slow to import
    except ImportError:
        raise ExportError("XLSX needs the extra 'xlsx'. Run: pip install 'pandian[xlsx]'") from None
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(result):
        _write(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 -- an extra

    for number, row in enumerate((sheet.head, *sheet.rows), start=1):
        for position, cell in enumerate(row, start=1):
            _put(page.cell(number, position), cell)
    for position in range(1, len(sheet.head) + 1):
        page.cell(1, position).font = Font(bold=True)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for position, name in enumerate(sheet.head):
        cells = [name, *(str(row[position] or "") for row in sheet.rows[:200])]
        widest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in cell) for cell in cells)
        page.column_dimensions[page.cell(1, position + 1).column_letter].width = min(widest + 2, _WIDEST)


def _put(place: Any, cell: Cell) -> None:
    """Write text as text: a cell that begins with = would become a formula, whatever it means."""
    if isinstance(cell, str):
        place.value = str(harmless(visible(cell)))[:_LONGEST]
        place.data_type = "s"
        place.quotePrefix = True
    else:
        place.value = cell
