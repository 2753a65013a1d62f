"""The pictures of the README, from a real scan of the demo warehouse.

python -m benchmarks.pictures [--scan DIR] [--output DIR]

Needs chromium, LibreOffice, poppler-utils and a Chinese font; on Debian: apt-get install chromium
libreoffice-writer-nogui poppler-utils fonts-noto-cjk.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import Page, sync_playwright
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from scanner.report import html, terminal
from scanner.scan_record import read_result

SOURCE = "python -m benchmarks.pictures"  # written into every picture
FOLDER = Path("docs/pictures")
PANDIAN = str(Path(sys.executable).with_name("pandian"))
TERMINAL_LINES, TERMINAL_WIDTH = 45, 100
CELL = 12.2  # width of a terminal's cell in rich's drawing
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scan", type=Path, help="a finished demo; without it, one is made")
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        scan = options.scan or demo(Path(aside, "pandian-demo"))
        for name, draw in PICTURES.items():
            path = options.output / name
            path.write_bytes(draw(scan))
            print(f"{path}  {path.stat().st_size:,} bytes")


def demo(folder: Path) -> Path:
    """Run the demo as a user does; return its folder."""
    subprocess.run([PANDIAN, "demo", "--output", str(folder)], check=True)
    return folder


def first_picture(scan: Path) -> bytes:
    """Show the first screen of the report, in English."""
    with opened(scan, "en", height=840) as page:
        return stamped(page.screenshot())


def report_picture(scan: Path) -> bytes:
    """Show the legal lines, in English."""
    with opened(scan, "en", "#answer", height=1080) as page:
        return stamped(page.screenshot())


def columns_picture(scan: Path) -> bytes:
    """Show the list of columns with the evidence of one, in Chinese, dark."""
    with opened(scan, "zh", "#columns?dataset=crm&open=crm/customers/id_card_no", dark=True) as page:
        page.locator("#evidence-name").wait_for()
        return stamped(page.screenshot())


@contextmanager
def opened(
    scan: Path, lang: str, anchor: str = "", *, height: int = 900, dark: bool = False
) -> Iterator[Page]:
    """Open the report of a scan in a browser."""
    with tempfile.TemporaryDirectory() as aside, sync_playwright() as playwright:
        path = Path(aside, html.FILE_NAME)
        path.write_text(html.render(read_result(scan), lang=lang), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS.split())
        scheme = "dark" if dark else "light"
        page = browser.new_page(viewport={"width": 1280, "height": height}, color_scheme=scheme)
        page.goto(f"{path.as_uri()}{anchor}")
        yield page
        browser.close()


def terminal_picture(scan: Path) -> bytes:
    """Show the start of the summary on a terminal."""
    summary = terminal.render(read_result(scan), lang="en", width=TERMINAL_WIDTH, color=True)
    return svg_of("\n".join(summary.splitlines()[:TERMINAL_LINES])).encode()


def svg_of(printed: str) -> str:
    """Return what was printed as a terminal shows it, without the web font that rich asks for."""
    console = Console(record=True, width=TERMINAL_WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(printed))
    drawn = console.export_svg(title="pandian demo", theme=MONOKAI, unique_id="terminal")
    drawn = re.sub(r"@font-face\s*\{[^}]*\}", "", drawn).replace("Fira Code, ", "")
    drawn = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'textLength="[^"]*"([^>]*)>([^<]*)', _as_wide_as_its_cells, drawn)
    return drawn.replace("<style>", f"<metadata>{SOURCE}</metadata>\n<style>", 1)


def _as_wide_as_its_cells(found: re.Match[str]) -> str:
    """Give a Chinese character two cells; rich counts characters."""
    attributes, text = found.groups()
    return f'textLength="{cell_len(unescape(text)) * CELL:g}"{attributes}>{text}'


def form_picture(scan: Path) -> bytes:
    """Show the first page of a filled form."""
    with tempfile.TemporaryDirectory() as aside:
        form = Path(aside, "form.docx")
        command = ["declare", "--form", "standard-contract", "--scan", str(scan), "--output", str(form)]
        config = scan / "warehouse" / "pandian.yaml"
        command += ["--config", str(config)] if config.exists() else []
        subprocess.run([PANDIAN, *command], check=True)
        return stamped(first_page(form).read_bytes())


def first_page(document: Path) -> Path:
    """Return the picture of a document's first page."""
    folder = document.parent
    office = [program("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(folder), str(document)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    pages = [program("pdftoppm"), "-r", "100", "-png", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*pages, str(document.with_suffix(".pdf")), str(folder / "page")], check=True)
    return folder / "page.png"


def program(name: str) -> str:
    """Return the path of a program; without it no picture can be made."""
    path = shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is not installed. {__doc__}")
    return path


def stamped(png: bytes) -> bytes:
    """Return a PNG that says which command made it, written as small as it goes."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Source", SOURCE)
    small = io.BytesIO()
    palette = Image.open(io.BytesIO(png)).convert("RGB").quantize(256, kmeans=3, dither=Image.Dither.NONE)
    palette.save(small, "PNG", optimize=True, pnginfo=said)
    return small.getvalue()


PICTURES: dict[str, Callable[[Path], bytes]] = {
    "first.png": first_picture,
    "report.png": report_picture,
    "columns.png": columns_picture,
    "terminal.svg": terminal_picture,
    "form.png": form_picture,
}


if __name__ == "__main__":
    main()
