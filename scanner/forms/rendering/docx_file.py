"""Writes a filled form as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

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
    Reply,
)
from scanner.forms.rendering import styles
from scanner.forms.rendering.clean import breakable, clean
from scanner.forms.rendering.footnotes import Footnotes

_LABEL = 0.33  # share of the page for what is asked


def render(filled: FilledForm) -> bytes:
    """Return the document as the bytes of a ``.docx`` file."""
    return _Writer(filled).written()


class _Writer:
    """One document while it is written."""

    def __init__(self, filled: FilledForm) -> None:
        self._filled = filled
        self._document = Document()
        self._notes = Footnotes(self._document)
        styles.set_up(self._document, prose=filled.prose, chinese=filled.tongue == "zh")

    def written(self) -> bytes:
        self._properties()
        self._stamp()
        self._first_page()
        for block in self._filled.blocks:
            self._block(block)
        self._signing()
        self._notes.save()
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _properties(self) -> None:
        properties = self._document.core_properties
        properties.title, properties.comments = self._filled.title, self._filled.stamp
        properties.author, properties.language = "Pandian", self._filled.tongue

    def _stamp(self) -> None:
        section = self._document.sections[0]
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = head.add_run(clean(self._filled.stamp))
        styles.dress(run, styles.HEI, 10.5, bold=True)
        run.font.color.rgb = styles.RED
        _line(head, "bottom")
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _line(foot, "top")
        self._page_number(foot)
        below = section.footer.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._small(below, clean(self._filled.foot))
        for paragraph in (foot, below):
            paragraph.paragraph_format.line_spacing = Pt(12)

    def _page_number(self, paragraph: DocxParagraph) -> None:
        before, between, after = text("page", self._filled.tongue, page="|", pages="|").split("|")
        for words, field in ((before, "PAGE"), (between, "NUMPAGES")):
            self._small(paragraph, words)
            _field_mark(self._small(paragraph, ""), "begin")
            _field_mark(self._small(paragraph, ""), "code", field)
            _field_mark(self._small(paragraph, ""), "separate")
            self._small(paragraph, "1")
            _field_mark(self._small(paragraph, ""), "end")
        self._small(paragraph, after)

    @staticmethod
    def _small(paragraph: DocxParagraph, words: str) -> Any:
        run = paragraph.add_run(words)
        styles.dress(run, styles.SONG, 8.0)
        run.font.color.rgb = styles.GREY
        return run

    def _first_page(self) -> None:
        title = self._document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(6), Pt(4)
        title.paragraph_format.line_spacing = Pt(30)
        size = 20 if self._filled.tongue == "zh" else 17
        styles.dress(title.add_run(clean(self._filled.title)), styles.HEI, size, bold=True)
        below = self._document.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below.paragraph_format.space_after = Pt(8)
        below.paragraph_format.line_spacing = Pt(16)
        styles.dress(below.add_run(clean(self._filled.subtitle)), styles.KAI, 11)
        for notice in self._filled.notices:
            self._notice(notice)
        self._fields(self._filled.facts)

    def _notice(self, notice: Notice) -> None:
        table = self._table(1, (1.0,))
        cell = table.rows[0].cells[0]
        if notice.tone in styles.SHADES:
            styles.shade(cell, styles.SHADES[notice.tone])
        head = cell.paragraphs[0]
        styles.give(head, styles.NOTICE)
        run = head.add_run(clean(notice.title))
        styles.dress(run, styles.HEI, 11, bold=True)
        if notice.tone in {"draft", "missing"}:
            run.font.color.rgb = styles.RED
        self._lines(cell, notice.lines, styles.NOTICE, started=True)
        self._gap()

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Fields):
            self._fields(block)
        else:
            self._grid(block)

    def _heading(self, heading: Heading) -> None:
        if heading.level:
            self._document.add_heading(clean(heading.text), heading.level)
            return
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        title = self._document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.keep_with_next = True
        styles.dress(title.add_run(clean(heading.text)), styles.HEI, 16, bold=True)

    def _paragraph(self, block: Paragraph) -> None:
        for line in block.lines:
            paragraph = self._document.add_paragraph()
            if self._filled.prose:
                paragraph.paragraph_format.first_line_indent = Pt(28)
            if block.hint:
                paragraph.paragraph_format.keep_with_next = True
            self._write(paragraph, line)
            if block.hint:
                for run in paragraph.runs:
                    styles.dress(run, styles.KAI, 11)
                    run.font.color.rgb = styles.GREY
        self._gap()

    def _fields(self, fields: Fields, *, height: Length | None = None, whole: bool = False) -> None:
        """Write questions with their answers; with ``whole``, on one page."""
        table = self._table(len(fields.rows), (_LABEL, 1 - _LABEL))
        for row, (asked, answer) in zip(table.rows, fields.rows, strict=True):
            styles.keep_whole(row)
            row.height = height
            styles.shade(row.cells[0], styles.SHADES["head"])
            label = row.cells[0].paragraphs[0]
            styles.give(label, styles.FORM_CELL)
            label.add_run(clean(asked))
            self._lines(row.cells[1], answer, styles.FORM_CELL)
        rows = list(table.rows)
        for row in rows[:-1] if whole else rows[:-1][:1]:
            _keep_with_next(row)
        self._gap()

    def _grid(self, grid: Grid) -> None:
        table = self._table(len(grid.rows) + 1, grid.widths)
        styles.repeat_head(table.rows[0])
        for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
            styles.shade(cell, styles.SHADES["head"])
            paragraph = cell.paragraphs[0]
            styles.give(paragraph, styles.GRID_CELL)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            styles.dress(paragraph.add_run(clean(head)), styles.HEI, 9, bold=True)
        _keep_with_next(table.rows[0])
        cells = list(table._cells)  # noqa: SLF001 -- .rows[i].cells takes quadratic time
        for start, answers in enumerate(grid.rows, 1):
            styles.keep_whole(table.rows[start])
            row = cells[start * len(grid.heads) : (start + 1) * len(grid.heads)]
            for cell, answer in zip(row, answers, strict=True):
                self._lines(cell, answer, styles.GRID_CELL)
        self._gap()

    def _table(self, rows: int, shares: Sequence[float]) -> Table:
        table: Table = self._document.add_table(rows, len(shares))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Emu(int(styles.WIDTH * share)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, cell in enumerate(table._cells):  # noqa: SLF001 -- as above
            cell.width = widths[number % len(widths)]
        return table

    def _gap(self) -> None:
        gap = self._document.add_paragraph()
        gap.paragraph_format.line_spacing = Pt(6)

    def _signing(self) -> None:
        heading = self._document.add_heading(text("signing.title", self._filled.tongue), 1)
        heading.paragraph_format.keep_with_next = True
        self._fields(self._filled.signing, height=Cm(1.0), whole=True)
        # The paragraph that has to end a document must not make a page of its own.
        self._document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)

    def _lines(self, cell: _Cell, lines: Answer, style: str, *, started: bool = False) -> None:
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if not number and not started else cell.add_paragraph()
            styles.give(paragraph, style)
            self._write(paragraph, line)
        if not lines:
            styles.give(cell.paragraphs[0], style)

    def _write(self, paragraph: DocxParagraph, line: Line) -> None:
        for piece in line:
            if isinstance(piece, Blank):
                shown = text("blank", self._filled.tongue, what=clean(piece.prompt))
                paragraph.add_run(shown).font.highlight_color = WD_COLOR_INDEX.YELLOW
            elif isinstance(piece, Figure):
                paragraph.add_run(clean(piece.text))
                self._notes.refer(paragraph, clean(piece.source))
            elif isinstance(piece, Reply):
                paragraph.add_run(breakable(piece.text))
                self._notes.refer(paragraph, clean(piece.source))
            else:
                paragraph.add_run(breakable(piece.text))


def _keep_with_next(row: Any) -> None:
    """Keep a table's row on the page of the row that follows."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _line(paragraph: DocxParagraph, side: str) -> None:
    """Draw a thin line above or below a paragraph."""
    borders, border = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "7F7F7F")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 -- python-docx has no borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _field_mark(run: Any, kind: str, content: str = "") -> None:
    """Make a run a part of a field: its begin, code, separator or end."""
    mark = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
    if kind == "code":
        mark.text = content
    else:
        mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)  # noqa: SLF001 -- python-docx has no fields
