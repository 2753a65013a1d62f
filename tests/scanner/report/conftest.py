"""Results to render: a realistic one with hostile names in it, an empty and a large one; and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from scanner.result import OrganizationResult, Result

from .example_result import large, realistic
from .hostile_names import BREAKS, LONG, MARKUP, QUOTES, REVERSED, SCRIPT, SURROGATE, TEMPLATE


@pytest.fixture(scope="session")
def result() -> Result:
    return realistic()


@pytest.fixture(scope="session")
def empty_result() -> Result:
    organization = OrganizationResult(name="", subjects=())
    return replace(
        realistic(),
        complete=True,
        not_scanned=(),
        datasets=(),
        flows=(),
        findings=(),
        obligations=(),
        organization=organization,
    )


@pytest.fixture(scope="session")
def make_large() -> Callable[[int], Result]:
    return large


@pytest.fixture(scope="session")
def hostile_names() -> tuple[str, ...]:
    return (SCRIPT, MARKUP, QUOTES, BREAKS, REVERSED, LONG, SURROGATE, TEMPLATE)


_NO_CHROMIUM = (
    "chromium is not installed: the HTML report is not driven. On Debian: apt-get install chromium; "
    "or set PANDIAN_TEST_CHROMIUM to the program."
)
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def browser():
    """Return Debian's Chromium; it is closed after the module, since its event loop keeps out every other."""
    program = os.environ.get("PANDIAN_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail(_NO_CHROMIUM) if os.environ.get("CI") == "true" else pytest.skip(_NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=_FLAGS.split())
        try:
            yield chromium
        finally:
            chromium.close()
