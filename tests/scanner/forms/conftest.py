"""A scan of the demo warehouse, and readers of DOCX and XLSX that know nothing of what wrote them."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from scanner.config import load_config
from scanner.demo import build
from scanner.forms import fill_form, render
from scanner.forms.declared import facts_of_config
from scanner.notebook import scan
from scanner.result import NotScanned, to_dict

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
parsed = ET.fromstring  # of files that the tests made
NUMBER = re.compile(r"(\d[\d,]*)")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo-forms")
    build(folder, persons=3_000, progress=lambda *_: None)
    return folder


@pytest.fixture(scope="session")
def demo_result(demo_folder):
    """Return the result of the demo scan."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANDIAN_KEY", "ab" * 16)
        return scan(config=demo_folder / "pandian.yaml").record


@pytest.fixture(scope="session")
def demo_record(demo_result):
    """Return scan.json of the demo scan, as anybody would read it."""
    return json.loads(json.dumps(to_dict(demo_result)))


@pytest.fixture(scope="session")
def demo_facts(demo_folder):
    return facts_of_config(demo_folder / "pandian.yaml", os.environ)


@pytest.fixture(scope="session")
def declared(demo_result, demo_facts):
    """Return a function that fills a form from the demo scan and renders it."""
    written = {}

    def make(form, form_format, lang="zh"):
        key = form, form_format, lang
        if key not in written:
            filled = fill_form(form, demo_result, lang=lang, facts=[demo_facts], declared_in="pandian.yaml")
            written[key] = render(filled, form_format)
        return written[key]

    return make


@pytest.fixture(scope="session")
def unread_result(demo_result):
    """Return the demo result as if twelve tables of a source could not be read."""
    missed = tuple(NotScanned(source="hr", table=f"pay_{n}", reason="permission denied") for n in range(12))
    return replace(demo_result, complete=False, not_scanned=missed)


@pytest.fixture(scope="session")
def demo_config(demo_folder):
    return load_config(demo_folder / "pandian.yaml", os.environ)


@dataclass(frozen=True)
class Sourced:
    """A number as a reader meets it: the text before its mark, or that of its cell, and its source."""

    shown: str
    source: str

    @property
    def numbers(self):
        return [int(found.replace(",", "")) for found in NUMBER.findall(self.shown)]


class Docx:
    """A Word document, read with the standard library alone."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = parsed(self.parts["word/document.xml"])
        self.notes = self._notes()

    def _notes(self):
        if "word/footnotes.xml" not in self.parts:
            return {}
        root = parsed(self.parts["word/footnotes.xml"])
        return {
            int(note.get(f"{W}id")): "".join(t.text or "" for t in note.iter(f"{W}t")).strip()
            for note in root.iter(f"{W}footnote")
        }

    @property
    def text(self):
        return "\n".join(self._text(p) for p in self.body.iter(f"{W}p"))

    @staticmethod
    def _text(element):
        return "".join(t.text or "" for t in element.iter(f"{W}t"))

    def sourced(self):
        """Return every number with a footnote: the run of text before the mark, and the footnote."""
        return [found for p in self.body.iter(f"{W}p") for found in self._sourced(p)]

    def _sourced(self, paragraph):
        before = ""
        for run in paragraph.iter(f"{W}r"):
            reference, code = run.find(f"{W}footnoteReference"), run.find(f"{W}instrText")
            if reference is not None:
                yield Sourced(before, self.notes[int(reference.get(f"{W}id"))])
            elif code is not None and "NOTEREF" in code.text:
                yield Sourced(before, self.notes[int(re.search(r"_RefSource(\d+)", code.text)[1])])
            elif run.find(f"{W}t") is not None and not _is_mark(run):
                before = self._text(run)

    def everywhere(self, part):
        """Return the text of headers or footers."""
        names = [name for name in self.parts if name.startswith(f"word/{part}")]
        return "\n".join(self._text(parsed(self.parts[name])) for name in names)


def _is_mark(run):
    style = run.find(f"{W}rPr/{W}rStyle")
    return style is not None and style.get(f"{W}val") == "FootnoteReference"


class Xlsx:
    """A workbook, read with openpyxl."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    @property
    def cells(self):
        return [cell for sheet in self.book for row in sheet.iter_rows() for cell in row]

    @property
    def text(self):
        return "\n".join(str(cell.value) for cell in self.cells if cell.value is not None)

    def sourced(self):
        """Return every cell with a number and a note."""
        return [Sourced(str(c.value), c.comment.text) for c in self.cells if c.comment is not None]


@pytest.fixture(scope="session")
def read():
    """Return the readers by format."""
    return {"docx": Docx, "xlsx": Xlsx}
