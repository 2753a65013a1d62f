"""Footnotes of a Word document, which python-docx does not write.

A footnote is an entry of the part ``footnotes.xml``; in the text stands a reference to its id. Numbers with
the same source share a footnote: later ones refer to it by a field, so that its number stands there again.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from scanner.forms.rendering.styles import NOTE_MARK, give

_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_CLOSE = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_SEPARATORS = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p>{_CLOSE}<w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p>{_CLOSE}<w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote></w:footnotes>"""


class Footnotes:
    """The footnotes of one document; ``save`` adds them to it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = parse_xml(_SEPARATORS)
        self._numbers: dict[str, int] = {}

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """Add a reference to the footnote of this text at the end of a paragraph."""
        if text in self._numbers:
            self._repeat(paragraph, self._numbers[text])
            return
        number = len(self._numbers) + 1
        self._numbers[text] = number
        self._root.append(_footnote(number, text))
        _bookmarked(paragraph, number)

    @staticmethod
    def _repeat(paragraph: Paragraph, number: int) -> None:
        for kind in ("begin", "text", "separate", "number", "end"):
            run = paragraph.add_run()
            give(run, NOTE_MARK)
            if kind == "text":
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = f" NOTEREF {_bookmark(number)} \\f \\h "
                run._r.append(code)  # noqa: SLF001 -- python-docx has no fields
            elif kind == "number":
                run.text = str(number)
            else:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)  # noqa: SLF001 -- as above

    def save(self) -> None:
        """Add the part to the document."""
        if not self._numbers:
            return
        package = self._document.part.package
        part = Part(
            PackURI("/word/footnotes.xml"),
            _CONTENT,
            serialize_part_xml(self._root),
            package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        mentioned = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        )
        settings.insert_element_before(mentioned, "w:endnotePr", "w:compat", "w:rsids", "m:mathPr")


def _bookmark(number: int) -> str:
    return f"_RefSource{number}"


def _bookmarked(paragraph: Paragraph, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _bookmark(number))
    run = paragraph.add_run()
    give(run, NOTE_MARK)
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)  # noqa: SLF001 -- python-docx has no footnotes
    run._r.addprevious(start)  # noqa: SLF001 -- as above
    run._r.addnext(end)  # noqa: SLF001 -- as above


def _footnote(number: int, text: str) -> Any:
    made = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
    )
    made.findall(f".//{qn('w:t')}")[0].text = f" {text}"
    return made
