"""Looks of a Word form: page, fonts and sizes after the templates of the authorities.

The template of the self-assessment report asks for A4, margins of 2.54 and 3.18 cm, text in FangSong of 14
points on lines of 26 points, headings in SimHei, KaiTi and FangSong, digits and letters in Times New Roman.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

RED, GREY = RGBColor(0xB0, 0x1E, 0x1E), RGBColor(0x59, 0x59, 0x59)
LATIN = "Times New Roman"
SONG, FANG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"
SHADES = {"draft": "FDF0F0", "missing": "FCE4D6", "reached": "FFF2CC", "open": "FFF2CC", "head": "EDEDED"}
FORM_CELL, GRID_CELL, NOTICE = "FormCell", "GridCell", "FormNotice"  # styles; names and ids are the same
NOTE_MARK = "FootnoteReference"
WIDTH = Cm(21.0 - 2 * 3.18)  # between the margins
_HEADINGS = {1: (HEI, 14.0, False), 2: (KAI, 14.0, True), 3: (FANG, 14.0, True)}
_FORM_SIZES = {1: 13.0, 2: 12.0, 3: 11.0}


def set_up(document: Document, *, prose: bool, chinese: bool) -> None:
    """Give a new document its page and styles; a form of tables has smaller letters than a report."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.54)
    section.left_margin = section.right_margin = Cm(3.18)
    section.header_distance, section.footer_distance = Cm(1.3), Cm(1.2)
    _speak_chinese(document)
    _normal(document, size=14.0 if prose else 11.0)
    for level, (font, size, bold) in _HEADINGS.items():
        style: Any = document.styles[f"Heading {level}"]
        dress(style, font, size if prose else _FORM_SIZES[level], bold=bold or not chinese)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
    for name, size in ((FORM_CELL, 10.5), (GRID_CELL, 9.0), (NOTICE, 10.0)):
        cell: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        dress(cell, SONG, size)
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    _footnotes(document)


def _speak_chinese(document: Document) -> None:
    """Say that Chinese characters are simplified Chinese: programs choose glyphs by it."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _normal(document: Document, *, size: float) -> None:
    style: Any = document.styles["Normal"]
    dress(style, FANG, size)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if size > 12:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(26)


def _footnotes(document: Document) -> None:
    note: Any = document.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    note.element.set(qn("w:styleId"), "FootnoteText")
    dress(note, SONG, 8.0)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(0)
    mark: Any = document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True


def dress(style: Any, font: str, size: float, *, bold: bool = False) -> None:
    """Give a style or run its fonts: one for Chinese, one for Latin letters."""
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)


def give(what: Any, style: str) -> None:
    """Give a paragraph or run a style by its id; python-docx looks it up by its name, which is slow."""
    what._element.style = style  # noqa: SLF001 -- as said


def shade(cell: Any, colour: str) -> None:
    """Fill a table's cell with a colour (six hexadecimal digits)."""
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:color"), "auto")
    fill.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001 -- python-docx has no shading


def repeat_head(row: Any) -> None:
    """Let a table's row stand at the top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no such flag


def keep_whole(row: Any) -> None:
    """Keep a table's row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- python-docx has no such flag
