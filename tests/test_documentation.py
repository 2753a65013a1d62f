"""What the pages name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "benchmarks" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")
_PATH = re.compile(r"`((?:scanner|classifiers|connectors|tests|benchmarks|docs|notebooks)/[\w./-]*)`")
_TARGET = re.compile(r"`make ([\w-]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    missing = {
        link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    }

    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_targets_are_there(page):
    text = page.read_text(encoding="utf-8")
    paths = {path for path in _PATH.findall(text) if not re.search(r"\b[A-Z]{2,}\b", path)}
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert {path for path in paths if not (ROOT / path).exists()} == set()
    assert set(_TARGET.findall(text)) <= targets
