"""Pictures of every page of every form, to be looked at after a change of their looks.

python -m benchmarks.form_pages [--scan DIR] [--form NAME] [--lang zh|en] [--format docx|xlsx] [--output DIR]

Fills the forms from a scan by ``pandian declare``, prints them with LibreOffice and draws each page. Needs,
on Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-cjk.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PANDIAN = str(Path(sys.executable).with_name("pandian"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scan", type=Path, default=Path("pandian-demo"))
    parser.add_argument("--form", default="all")
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--format", default="docx")
    parser.add_argument("--output", type=Path, default=Path("form-pages"))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        command = ["declare", "--form", options.form, "--scan", str(options.scan), "--lang", options.lang]
        command += ["--format", options.format, "--output", aside]
        subprocess.run([PANDIAN, *command], check=True, stderr=subprocess.DEVNULL)
        for pdf in printed(sorted(Path(aside).glob(f"*.{options.format}"))):
            pages = drawn(pdf, options.output)
            print(f"{pdf.stem}: {len(pages)} pages, {pages[0]} and following")


def printed(documents: list[Path]) -> Iterator[Path]:
    """Yield the PDF files that LibreOffice makes of documents of one folder."""
    folder = documents[0].parent
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert = ["--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run([*office, *convert], check=True, stdout=subprocess.DEVNULL)
    yield from (document.with_suffix(".pdf") for document in documents)


def drawn(pdf: Path, folder: Path, *, dpi: int = 100) -> list[Path]:
    """Return the pictures of the pages of a PDF file, in their order."""
    start = folder / pdf.stem
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(start)], check=True)
    return sorted(folder.glob(f"{pdf.stem}-[0-9]*.png"))


if __name__ == "__main__":
    main()
