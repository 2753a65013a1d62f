"""Writes a filled form as a workbook: the form on the first sheet, each of its tables on one of its own.

A number is a number: estimate, lower and upper end have a cell each, its source stands in a note and in the
last column. Texts from a source never become formulas.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scanner.forms._clean import no_formula
from scanner.forms._texts import text
from scanner.forms.content import (
    Answer,
    Blank,
    Block,
    Fields,
    Figure,
    FilledForm,
    Grid,
    Heading,
    Line,
    Notice,
    Words,
)
from scanner.result import UNBOUNDED

_FONT, _HEAD_FONT = "宋体", "黑体"
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="center")
_FILLS = {
    "draft": "FDF0F0",
    "missing": "FCE4D6",
    "reached": "FFF2CC",
    "open": "FFF2CC",
    "head": "EDEDED",
    "blank": "FFFF00",
    "heading": "D9E2EC",
}
_WIDTHS = (30, 46, 13, 13, 13, 40)  # columns of the first sheet
_LONGEST = 32_000  # characters that a cell holds, less a little
_CELL_LINES = 27  # lines of the highest row that spreadsheets show
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def render(filled: FilledForm) -> bytes:
    """Return the workbook as the bytes of an ``.xlsx`` file."""
    return _Writer(filled).written()


@dataclass(frozen=True, slots=True)
class _End:
    """A column behind a table: ``estimate``, ``lower`` or ``upper`` of the numbers in column ``place``."""

    place: int
    which: str


class _Writer:
    """One workbook while it is written."""

    def __init__(self, filled: FilledForm) -> None:
        self._filled = filled
        self._tongue = filled.tongue
        self._book = Workbook()
        self._names: set[str] = set()

    def written(self) -> bytes:
        sheet = self._book.worksheets[0]
        sheet.title = self._sheet_name(text("sheet.form", self._tongue))
        self._prepare(sheet, _WIDTHS)
        self._form(sheet)
        self._book.properties.title, self._book.properties.creator = self._filled.title, "Pandian"
        self._book.properties.description = self._filled.stamp
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    # ------------------------------------------------------------------ sheets
    def _prepare(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        head, foot = _HeaderFooterPart(size=10, color="B01E1E"), _HeaderFooterPart(size=8)
        head.text = _coded(self._filled.stamp)
        page = text("page", self._tongue, page="&P", pages="&N")
        foot.text = f"{page}　{_coded(self._filled.foot)}"
        sheet.oddHeader, sheet.oddFooter = HeaderFooterItem(center=head), HeaderFooterItem(center=foot)
        stamp = self._wide(
            sheet, self._filled.stamp, len(widths), font=Font(name=_HEAD_FONT, bold=True, color="B01E1E")
        )
        stamp.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def _sheet_name(self, wanted: str) -> str:
        """Return a name that no other sheet has: at most 31 characters, all of which sheets may have."""
        name = no_formula(wanted).translate(_FORBIDDEN).strip()[:31] or "-"
        number = 1
        while name.lower() in self._names:
            number += 1
            name = f"{name[: 28 - len(str(number))]} ({number})"
        self._names.add(name.lower())
        return name

    def _form(self, sheet: Worksheet) -> None:
        title = self._wide(sheet, self._filled.title, 6, font=Font(name=_HEAD_FONT, size=16, bold=True))
        title.alignment = Alignment(horizontal="center")
        self._wide(sheet, self._filled.subtitle, 6).alignment = Alignment(horizontal="center")
        for notice in self._filled.notices:
            self._notice(sheet, notice)
        self._heads(sheet)
        self._fields(sheet, self._filled.facts)
        for block in self._filled.blocks:
            self._block(sheet, block)
        self._heading(sheet, text("signing.title", self._tongue))
        self._fields(sheet, self._filled.signing)

    def _heads(self, sheet: Worksheet) -> None:
        names = ("item", "answer", "estimate", "lower", "upper", "source")
        row = sheet.max_row + 1
        for column, name in enumerate(names, 1):
            self._head(sheet, row, column, text(f"sheet.{name}", self._tongue))
        sheet.print_title_rows = f"{row}:{row}"

    def _block(self, sheet: Worksheet, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(sheet, block.text)
        elif isinstance(block, Fields):
            self._fields(sheet, block)
        elif isinstance(block, Grid):
            self._grid(sheet, block)
        else:
            for line in block.lines:
                self._row(sheet, "", line)

    # ------------------------------------------------------------------ first sheet
    def _wide(self, sheet: Worksheet, words: str, columns: int, *, font: Font | None = None) -> Any:
        """Write words over all columns, in the next row."""
        row = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_row + 1
        cell = sheet.cell(row, 1, no_formula(words)[:_LONGEST])
        cell.font, cell.alignment = font or Font(name=_FONT, size=10), _WRAP
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        width = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1))
        self._height(sheet, row, [(words, width)], font)
        return cell

    def _notice(self, sheet: Worksheet, notice: Notice) -> None:
        fill = _filled(notice.tone)
        bold = Font(name=_HEAD_FONT, size=11, bold=True)
        for words, font in (
            (notice.title, bold),
            *((_said(line, self._tongue), None) for line in notice.lines),
        ):
            cell = self._wide(sheet, words, 6, font=font)
            if fill:
                cell.fill = fill
        for line in notice.lines:
            for piece in line:
                if isinstance(piece, Figure):
                    self._row(sheet, "", (piece,))

    def _heading(self, sheet: Worksheet, words: str) -> None:
        cell = self._wide(sheet, words, 6, font=Font(name=_HEAD_FONT, size=12, bold=True))
        cell.fill = PatternFill("solid", fgColor=_FILLS["heading"])

    def _fields(self, sheet: Worksheet, fields: Fields) -> None:
        for asked, answer in fields.rows:
            for number, line in enumerate(answer or ((),)):
                self._row(sheet, asked if not number else "", line)

    def _row(self, sheet: Worksheet, asked: str, line: Line) -> None:
        """Write a line; the first number in it gets cells of this row, each further one a row."""
        figures = [piece for piece in line if isinstance(piece, Figure)]
        row = sheet.max_row + 1
        words = _said(line, self._tongue)
        for column in range(1, 7):
            self._cell(sheet, row, column, None)
        self._cell(sheet, row, 1, asked).fill = PatternFill("solid", fgColor=_FILLS["head"])
        answer = self._cell(sheet, row, 2, words)
        if any(isinstance(piece, Blank) for piece in line):
            answer.fill = PatternFill("solid", fgColor=_FILLS["blank"])
        for offset, figure in enumerate(figures):
            if offset:
                for column in range(1, 7):
                    self._cell(sheet, row + offset, column, None)
                self._cell(sheet, row + offset, 2, figure.text)
            self._numbers(sheet, row + offset, figure)
        source = figures[0].source if figures else ""
        self._height(sheet, row, [(asked, _WIDTHS[0]), (words, _WIDTHS[1]), (source, _WIDTHS[5] * 1.2)])

    def _numbers(self, sheet: Worksheet, row: int, figure: Figure) -> None:
        value = figure.value
        for column, number in enumerate((value.estimate, value.lower, value.upper), 3):
            self._number(sheet, row, column, number, figure.source)
        source = self._cell(sheet, row, 6, figure.source)
        source.font = Font(name=_FONT, size=8)
        self._height(sheet, row, [(figure.source, _WIDTHS[5] * 1.2)])

    # ------------------------------------------------------------------ tables
    def _grid(self, main: Worksheet, grid: Grid) -> None:
        name = self._sheet_name(grid.name)
        self._row(main, grid.name, (Words(text("sheet.see", self._tongue, name=name)),))
        main.cell(main.max_row, 2).hyperlink = f"#'{name}'!A1"
        sheet = self._book.create_sheet(name)
        ends = _ends(grid)
        widths = [max(10.0, share * 110) for share in grid.widths]
        more = [13.0] * len(ends) + ([44.0] if ends else [])
        self._prepare(sheet, [*widths, *more])
        font = Font(name=_HEAD_FONT, size=13, bold=True)
        self._wide(sheet, grid.name, len(widths) + len(more), font=font)
        row = sheet.max_row + 1
        for column, head in enumerate(self._grid_heads(grid, ends), 1):
            self._head(sheet, row, column, head)
        sheet.freeze_panes, sheet.print_title_rows = f"A{row + 1}", f"{row}:{row}"
        for answers in grid.rows:
            self._grid_row(sheet, answers, ends, widths)

    def _grid_heads(self, grid: Grid, ends: Sequence[_End]) -> list[str]:
        more = [
            grid.heads[end.place]
            + text("bracketed", self._tongue, what=text(f"sheet.{end.which}", self._tongue))
            for end in ends
        ]
        return [*grid.heads, *more, *([text("sheet.source", self._tongue)] if ends else [])]

    def _grid_row(
        self, sheet: Worksheet, answers: Sequence[Answer], ends: Sequence[_End], widths: Sequence[float]
    ) -> None:
        """Write a row of a table; where several numbers stand in one cell, each gets a row behind it."""
        first = sheet.max_row + 1
        for row in range(first, first + max(1, *(len(_figures(answer)) for answer in answers))):
            for column in range(1, len(answers) + len(ends) + bool(ends) + 1):
                self._cell(sheet, row, column, None)
        for column, answer in enumerate(answers, 1):
            if figure := _alone(answer):
                self._number(sheet, first, column, figure.value.estimate, figure.source)
            else:
                cell = self._cell(sheet, first, column, self._text(answer))
                if any(isinstance(piece, Blank) for line in answer for piece in line):
                    cell.fill = PatternFill("solid", fgColor=_FILLS["blank"])
        self._behind(sheet, first, answers, ends)
        self._height(sheet, first, [(self._text(a), w) for a, w in zip(answers, widths, strict=True)])

    def _text(self, answer: Answer) -> str:
        return "\n".join(_said(line, self._tongue) for line in answer)

    def _behind(self, sheet: Worksheet, first: int, answers: Sequence[Answer], ends: Sequence[_End]) -> None:
        """Write the ends of intervals, and the sources, behind the columns of the table."""
        sources: dict[str, None] = {}
        for column, end in enumerate(ends, len(answers) + 1):
            for row, figure in enumerate(_figures(answers[end.place]), first):
                self._number(sheet, row, column, getattr(figure.value, end.which), figure.source)
                sources[figure.source] = None
        if ends:
            told = "\n".join(sources)
            self._cell(sheet, first, len(answers) + len(ends) + 1, told).font = Font(name=_FONT, size=8)
            self._height(sheet, first, [(told, 44 * 1.2)])

    # ------------------------------------------------------------------ cells
    @staticmethod
    def _cell(sheet: Worksheet, row: int, column: int, value: str | int | None) -> Any:
        content = no_formula(value)[:_LONGEST] if isinstance(value, str) else value
        cell = sheet.cell(row, column)
        if content not in {None, ""}:
            cell.value = content
            if isinstance(content, str):
                cell.data_type = "s"
        cell.font, cell.alignment, cell.border = Font(name=_FONT, size=10), _WRAP, _BORDER
        return cell

    def _number(self, sheet: Worksheet, row: int, column: int, number: int, source: str) -> None:
        shown = number if number < UNBOUNDED // 2 else text("sheet.unbounded", self._tongue)
        cell = self._cell(sheet, row, column, shown)
        cell.number_format, cell.comment = "#,##0", _note(source)

    def _head(self, sheet: Worksheet, row: int, column: int, words: str) -> None:
        cell = self._cell(sheet, row, column, words)
        cell.font = Font(name=_HEAD_FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor=_FILLS["head"])
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)

    @staticmethod
    def _height(
        sheet: Worksheet, row: int, contents: Sequence[tuple[str, float]], font: Font | None = None
    ) -> None:
        """Make a row high enough for its longest text, and never lower than it is."""
        size = (font.size if font else None) or 10
        lines = max(_lines(words, width * 10 / size) for words, width in contents)
        wanted = min(lines, _CELL_LINES) * size * 1.45 + 4
        sheet.row_dimensions[row].height = max(wanted, sheet.row_dimensions[row].height or 0)


def _lines(words: str, width: float) -> int:
    """Return how many lines a text takes in a column; a Chinese character is two wide."""
    return sum(
        1 + int(sum(1.0 + (c > "\u2e80") for c in line) / (width * 0.95)) for line in words.split("\n")
    )


def _ends(grid: Grid) -> list[_End]:
    """Return the columns behind a table: the ends of numbers, and the number too if it is amid text."""
    ends = []
    for place in range(len(grid.heads)):
        answers = [row[place] for row in grid.rows if _figures(row[place])]
        if answers and not all(_alone(answer) for answer in answers):
            ends.append(_End(place, "estimate"))
        if answers:
            ends += [_End(place, "lower"), _End(place, "upper")]
    return ends


def _alone(answer: Answer) -> Figure | None:
    """Return the number that an answer consists of; None if it is more or other."""
    found = [piece for line in answer for piece in line]
    return found[0] if len(found) == 1 and isinstance(found[0], Figure) else None


def _figures(answer: Answer) -> list[Figure]:
    return [piece for line in answer for piece in line if isinstance(piece, Figure)]


def _said(line: Line, tongue: Any) -> str:
    return "".join(
        text("blank", tongue, what=piece.prompt) if isinstance(piece, Blank) else piece.text for piece in line
    )


def _filled(tone: str) -> PatternFill | None:
    return PatternFill("solid", fgColor=_FILLS[tone]) if tone in _FILLS else None


def _note(source: str) -> Comment:
    note = Comment(no_formula(source), "Pandian")
    note.width, note.height = 360, 140
    return note


def _coded(words: str) -> str:
    """Return a text for a header or footer, where ``&`` begins a code."""
    return no_formula(words).replace("&", "&&")
