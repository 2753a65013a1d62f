"""The README's pictures: there, small, and made by the command that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.pictures import CELL, FOLDER, PICTURES, SOURCE, stamped, svg_of

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?(pictures/[^)]+)\)")


def source_of(path):
    if path.suffix == ".svg":
        (said,) = re.findall(r"<metadata>(.*)</metadata>", path.read_text(encoding="utf-8"))
        return said
    with Image.open(path) as image:
        return image.text["Source"]


@pytest.mark.parametrize("page", ["README.md", "docs/report.md"])
def test_every_picture_that_is_shown_is_one_the_command_makes(page):
    shown = SHOWN.findall((ROOT / page).read_text(encoding="utf-8"))

    assert shown
    assert {Path(path).name for path in shown} <= set(PICTURES)


def test_the_readme_shows_report_terminal_and_form():
    shown = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))

    assert {Path(path).stem for path in shown} >= {"report", "terminal", "form"}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_says_which_command_made_it(name):
    path = ROOT / FOLDER / name

    assert path.stat().st_size < 300_000
    assert source_of(path) == SOURCE


def test_no_picture_is_there_that_the_command_does_not_make():
    assert {path.name for path in (ROOT / FOLDER).iterdir()} == set(PICTURES)


def test_a_png_is_stamped(tmp_path):
    path = tmp_path / "plain.png"
    Image.new("RGB", (8, 8), "teal").save(path)
    path.write_bytes(stamped(path.read_bytes()))

    assert source_of(path) == SOURCE


def test_the_terminal_is_drawn_without_the_network_and_wide_characters_have_two_cells():
    drawn = svg_of("盘点示例 ok")

    assert not re.search(r"@font-face|url\((?!#)", drawn)
    assert f'textLength="{(8 + 3) * CELL:g}"' in drawn
