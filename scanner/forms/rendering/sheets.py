"""A sheet of a workbook while it is written: page, cells, notes, heights of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scanner.forms._texts import text
from scanner.forms.rendering.clean import clean, no_formula
from scanner.result import is_unbounded
from scanner.words.texts import Tongue

SONG, HEI = "宋体", "黑体"
FILLS = {
    "draft": "FDF0F0",
    "missing": "FCE4D6",
    "reached": "FFF2CC",
    "open": "FFF2CC",
    "head": "EDEDED",
    "blank": "FFFF00",
    "heading": "D9E2EC",
}
SMALL, USUAL = 8.0, 10.0  # points
_RED = "B01E1E"
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LONGEST = 32_000  # characters that a cell holds, less a little
_HIGHEST = 400.0  # points that spreadsheets show of a row, less a little


class Sheet:
    """A sheet, written from the top; ``row`` is the last row begun."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float], tongue: Tongue) -> None:
        self.sheet = sheet
        self.row = 0
        self._widths = widths
        self._tongue = tongue
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def stamp(self, words: str, foot: str) -> None:
        """Write the stamp into the header of every page and into the first row; a foot with page numbers."""
        head, below = _HeaderFooterPart(size=10, color=_RED), _HeaderFooterPart(size=8)
        head.text = _coded(words)
        page = text("page", self._tongue, page="&P", pages="&N")
        below.text = f"{page}　{_coded(foot)}"
        self.sheet.oddHeader = HeaderFooterItem(center=head)
        self.sheet.oddFooter = HeaderFooterItem(center=below)
        self.wide(words, Font(name=HEI, bold=True, color=_RED), center=True)

    def wide(
        self, words: str, font: Font | None = None, *, center: bool = False, fill: str | None = None
    ) -> None:
        """Write words over all columns, in the next row."""
        self.row += 1
        cell = self.sheet.cell(self.row, 1, no_formula(words)[:_LONGEST])
        cell.font = font or Font(name=SONG, size=USUAL)
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="center" if center else "left"
        )
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        self.sheet.merge_cells(
            start_row=self.row, start_column=1, end_row=self.row, end_column=len(self._widths)
        )
        self._heighten(self.row, words, sum(self._widths), cell.font.size or USUAL)

    def heads(self, names: Iterable[str]) -> None:
        """Write the heading row, which stands on every page."""
        self.begin()
        for column, name in enumerate(names, 1):
            cell = self.cell(self.row, column, name, fill=FILLS["head"])
            cell.font = Font(name=HEI, size=USUAL, bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.sheet.print_title_rows = f"{self.row}:{self.row}"

    def begin(self) -> int:
        """Begin the next row, with an empty cell in every column; return its number."""
        self.row += 1
        for column in range(1, len(self._widths) + 1):
            self.cell(self.row, column, None)
        return self.row

    def cell(
        self,
        row: int,
        column: int,
        value: str | int | Sequence[str] | None,
        *,
        size: float = USUAL,
        fill: str | None = None,
    ) -> Any:
        """Write a cell: a number, a text, or the lines of one. A text is never taken for a formula."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, int):
            cell.value = value
        elif value:
            lines = [value] if isinstance(value, str) else value
            words = "\n".join([no_formula(lines[0]), *map(clean, lines[1:])])
            cell.value, cell.data_type = words[:_LONGEST], "s"
            self._heighten(row, words, self._widths[column - 1], size)
        cell.font, cell.border = Font(name=SONG, size=size), _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        return cell

    def number(self, row: int, column: int, number: int, source: str) -> None:
        """Write a number, its source in a note."""
        unbounded = is_unbounded(number)
        cell = self.cell(row, column, text("sheet.unbounded", self._tongue) if unbounded else number)
        cell.number_format = "#,##0"
        cell.alignment = Alignment(horizontal="right", vertical="center", indent=1)
        note = Comment(no_formula(source), "Pandian")
        note.width, note.height = 360, 140
        cell.comment = note

    def _heighten(self, row: int, words: str, width: float, size: float) -> None:
        """Make a row high enough for a text, and never lower than it is."""
        wanted = min(_lines(words, width * USUAL / size) * size * 1.4 + 4, _HIGHEST)
        self.sheet.row_dimensions[row].height = max(wanted, self.sheet.row_dimensions[row].height or 0)


def _lines(words: str, width: float) -> int:
    """Return how many lines a text takes in a column; a Chinese character is two wide."""
    return sum(
        1 + int(sum(1.0 + (character > "\u2e80") for character in line) / max(width - 1, 1))
        for line in words.split("\n")
    )


def _coded(words: str) -> str:
    """Return a text for a header or footer, where ``&`` begins a code."""
    return no_formula(words).replace("&", "&&")
