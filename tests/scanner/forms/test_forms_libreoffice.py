"""Every form opens in LibreOffice: its pages carry the stamp, its footnotes and headings are printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from scanner.forms import forms, load_forms

_NONE = (
    "soffice and pdftotext are not installed: forms are not opened in LibreOffice. On Debian: apt-get "
    "install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk poppler-utils."
)


@pytest.fixture(scope="module")
def pages(declared, tmp_path_factory):
    """Return the text of the pages of every form, by form and format; one start of LibreOffice for all."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.fail(_NONE) if os.environ.get("CI") == "true" else pytest.skip(_NONE)
    folder = tmp_path_factory.mktemp("forms")
    kinds = [(form, form_format) for form in forms() for form_format in ("docx", "xlsx")]
    documents = [folder / f"{form}-{form_format}.{form_format}" for form, form_format in kinds]
    for kind, path in zip(kinds, documents, strict=True):
        path.write_bytes(declared(*kind))
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    convert = ["--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run([*office, *convert], check=True, capture_output=True, timeout=500)
    return {kind: _text(path.with_suffix(".pdf")) for kind, path in zip(kinds, documents, strict=True)}


def _text(path):
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    return text.rstrip("\f").split("\f")


def _flat(text):
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("form_format", ["docx", "xlsx"])
@pytest.mark.parametrize("form", forms())
def test_every_page_is_stamped_and_numbered(form, form_format, pages):
    stamp = _flat(f"草稿 · 须经{load_forms()[form].signer.zh}核对签署后方可报送")
    found = pages[form, form_format]

    assert found
    assert all(stamp in _flat(page) for page in found)
    assert all(
        len(_flat(page)) > len(stamp) + 120 for page in found
    )  # no page with nothing but stamp and foot
    if form_format == "docx":
        assert all(_flat(f"第 {n} 页，共 {len(found)} 页") in _flat(page) for n, page in enumerate(found, 1))


@pytest.mark.parametrize("form", forms())
def test_footnotes_are_on_the_pages(form, pages, declared, read, demo_record):
    printed = _flat("".join(pages[form, "docx"]))
    notes = [note for note in read["docx"](declared(form, "docx")).notes.values() if note]

    assert notes
    assert printed.count(_flat(f"扫描 {demo_record['scan']['id']}；")) >= len(notes) - printed.count(
        "组织申报的事实"
    )


@pytest.mark.parametrize("form", forms())
def test_headings_and_title_are_printed(form, pages):
    printed = _flat("".join(pages[form, "docx"]))
    defined = load_forms()[form]

    assert _flat(defined.title.zh) in _flat(pages[form, "docx"][0])
    assert all(_flat(part.heading.zh) in printed for part in defined.parts if part.heading)
