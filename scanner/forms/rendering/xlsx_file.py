"""Writes a filled form as a workbook: the form on the first sheet, each of its tables on one of its own.

A number is a number: estimate, lower and upper end have a cell each, its source stands in a note and in the
last column. Texts from a source never become formulas.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font

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
    Paragraph,
    Piece,
    Reply,
    Words,
)
from scanner.forms.rendering.clean import no_formula
from scanner.forms.rendering.sheets import FILLS, HEI, SMALL, Sheet

_COLUMNS = {"item": 30, "answer": 48, "estimate": 13, "lower": 13, "upper": 13, "source": 52}
_SOURCE = len(_COLUMNS)
_GRID_WIDTH, _NUMBER_WIDTH, _SOURCE_WIDTH = 110, 18.0, 60.0
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))  # in names of sheets


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
        self._main = self._sheet(text("sheet.form", self._tongue), list(_COLUMNS.values()))
        del self._book[self._book.sheetnames[0]]  # the one that a new workbook has

    def written(self) -> bytes:
        self._form()
        properties = self._book.properties
        properties.title, properties.creator = no_formula(self._filled.title), "Pandian"
        properties.description = no_formula(self._filled.stamp)
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    def _sheet(self, wanted: str, widths: Sequence[float]) -> Sheet:
        sheet = Sheet(self._book.create_sheet(self._sheet_name(wanted)), widths, self._tongue)
        sheet.stamp(self._filled.stamp, self._filled.foot)
        return sheet

    def _sheet_name(self, wanted: str) -> str:
        """Return a name that no other sheet has: at most 31 characters, all of which sheets may have."""
        name = no_formula(wanted).translate(_FORBIDDEN).strip()[:31] or "-"
        number = 1
        while name.lower() in self._names:
            number += 1
            name = f"{name[: 28 - len(str(number))]} ({number})"
        self._names.add(name.lower())
        return name

    def _form(self) -> None:
        self._main.wide(self._filled.title, Font(name=HEI, size=16, bold=True), center=True)
        self._main.wide(self._filled.subtitle, center=True)
        for notice in self._filled.notices:
            self._notice(notice)
        self._main.heads(text(f"sheet.{name}", self._tongue) for name in _COLUMNS)
        self._fields(self._filled.facts)
        for block in self._filled.blocks:
            self._block(block)
        self._heading(text("signing.title", self._tongue))
        self._fields(self._filled.signing)

    def _notice(self, notice: Notice) -> None:
        fill = FILLS.get(notice.tone)
        self._main.wide(notice.title, Font(name=HEI, size=11, bold=True), fill=fill)
        for line in notice.lines:
            if any(isinstance(piece, Figure) for piece in line):
                self._row("", line)
            else:
                self._main.wide(self._said(line), fill=fill)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.text)
        elif isinstance(block, Fields):
            self._fields(block)
        elif isinstance(block, Grid):
            self._grid(block)
        else:
            self._paragraph(block)

    def _heading(self, words: str) -> None:
        self._main.wide(words, Font(name=HEI, size=12, bold=True), fill=FILLS["heading"])

    def _paragraph(self, block: Paragraph) -> None:
        for line in block.lines:
            if block.hint:
                self._main.wide(self._said(line), Font(name=HEI, size=SMALL + 1, color="595959"))
            else:
                self._row("", line)

    def _fields(self, fields: Fields) -> None:
        for asked, answer in fields.rows:
            for number, line in enumerate(answer or ((),)):
                self._row("" if number else asked, line)

    def _row(self, asked: str, line: Line) -> None:
        """Write a line; the first number in it gets cells of this row, each further one a row."""
        row = self._main.begin()
        self._main.cell(row, 1, asked, fill=FILLS["head"])
        self._main.cell(row, 2, self._said(line), fill=_fill(line))
        figures = [piece for piece in line if isinstance(piece, Figure)]
        if replies := [piece.source for piece in line if isinstance(piece, Reply)]:
            self._main.cell(row, _SOURCE, replies[0], size=SMALL)
        for number, figure in enumerate(figures):
            if number:
                row = self._main.begin()
                self._main.cell(row, 1, None, fill=FILLS["head"])
                self._main.cell(row, 2, figure.text)
            value = figure.value
            for column, end in enumerate((value.estimate, value.lower, value.upper), 3):
                self._main.number(row, column, end, figure.source)
            self._main.cell(row, _SOURCE, figure.source, size=SMALL)

    def _grid(self, grid: Grid) -> None:
        ends, sourced = _ends(grid), any(_sourced(answer) for row in grid.rows for answer in row)
        widths = [max(10.0, share * _GRID_WIDTH) for share in grid.widths]
        more = [_NUMBER_WIDTH] * len(ends) + [_SOURCE_WIDTH] * sourced
        sheet = self._sheet(grid.name, [*widths, *more])
        name = sheet.sheet.title
        self._row(grid.name, (Words(text("sheet.see", self._tongue, name=name)),))
        self._main.sheet.cell(self._main.row, 2).hyperlink = f"#'{name}'!A1"
        sheet.wide(grid.name, Font(name=HEI, size=13, bold=True))
        sheet.heads(
            [*grid.heads, *self._end_heads(grid, ends), *[text("sheet.source", self._tongue)] * sourced]
        )
        sheet.sheet.freeze_panes = f"A{sheet.row + 1}"
        for answers in grid.rows:
            self._grid_row(sheet, answers, ends)

    def _end_heads(self, grid: Grid, ends: Sequence[_End]) -> list[str]:
        """Return the heads of the columns behind a table; the number amid text has no name of its own."""
        amid = {end.place for end in ends if end.which == "estimate"}
        called = {which: text(f"sheet.{which}", self._tongue) for which in ("estimate", "lower", "upper")}
        return [
            called[end.which]
            if end.place in amid
            else grid.heads[end.place] + text("bracketed", self._tongue, what=called[end.which])
            for end in ends
        ]

    def _grid_row(self, sheet: Sheet, answers: Sequence[Answer], ends: Sequence[_End]) -> None:
        """Write a row of a table; where several numbers stand in one cell, each gets a row behind it."""
        first = sheet.begin()
        for column, answer in enumerate(answers, 1):
            if figure := _alone(answer):
                sheet.number(first, column, figure.value.estimate, figure.source)
            else:
                said = [self._said(line) for line in answer]
                sheet.cell(first, column, said, fill=_fill(piece for line in answer for piece in line))
        for _ in range(max(len(_figures(answer)) for answer in answers) - 1):
            sheet.begin()
        for column, end in enumerate(ends, len(answers) + 1):
            for row, figure in enumerate(_figures(answers[end.place]), first):
                sheet.number(row, column, getattr(figure.value, end.which), figure.source)
        sources = [
            piece.source
            for answer in answers
            for line in answer
            for piece in line
            if isinstance(piece, Figure | Reply)
        ]
        if sources:
            sheet.cell(first, len(answers) + len(ends) + 1, list(dict.fromkeys(sources)), size=SMALL)

    def _said(self, line: Line) -> str:
        return "".join(
            text("blank", self._tongue, what=piece.prompt) if isinstance(piece, Blank) else piece.text
            for piece in line
        )


def _ends(grid: Grid) -> list[_End]:
    """Return the columns behind a table: the ends of doubtful numbers, and the number too if amid text."""
    ends = []
    for place in range(len(grid.heads)):
        answers = [row[place] for row in grid.rows if _figures(row[place])]
        if not all(_alone(answer) for answer in answers):
            ends.append(_End(place, "estimate"))
        if any(f.value.lower < f.value.upper for answer in answers for f in _figures(answer)):
            ends += [_End(place, "lower"), _End(place, "upper")]
    return ends


def _alone(answer: Answer) -> Figure | None:
    """Return the number that an answer consists of; None if it is more or other."""
    found = [piece for line in answer for piece in line]
    return found[0] if len(found) == 1 and isinstance(found[0], Figure) else None


def _figures(answer: Answer) -> list[Figure]:
    return [piece for line in answer for piece in line if isinstance(piece, Figure)]


def _sourced(answer: Answer) -> bool:
    return any(isinstance(piece, Figure | Reply) for line in answer for piece in line)


def _fill(pieces: Iterable[Piece]) -> str | None:
    return FILLS["blank"] if any(isinstance(piece, Blank) for piece in pieces) else None
