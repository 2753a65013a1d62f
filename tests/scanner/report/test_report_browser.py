"""The page in a real browser: what a reader does with it, with no network and no complaint."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from scanner.report import html

WIDTHS = {"wide": 1280, "narrow": 390}


@dataclass
class Reading:
    """A page that is open, with what it asked for and complained of."""

    page: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(browser, path, *, width=1280, scheme="light", anchor="", **more):
    """Open a page; it must ask nobody for anything and complain of nothing."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    page = context.new_page()
    reading = Reading(page)
    page.on("request", lambda request: reading.requests.append(request.url))
    page.on("console", lambda message: reading.complaints.append(message.text))
    page.on("pageerror", lambda error: reading.complaints.append(str(error)))
    try:
        page.goto(f"{path.as_uri()}{anchor}")
        yield page
        assert reading.requests == [f"{path.as_uri()}"]
        assert reading.complaints == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Return a function that writes a report and names its file."""

    def write(result, lang="both") -> Path:
        path = tmp_path_factory.mktemp("page") / "report.html"
        path.write_text(html.render(result, lang=lang), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def report(write, result):
    return write(result)


def grave(page):
    """Return the serious and critical faults that axe-core finds."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_grave_fault(width, scheme, lang, browser, write, result):
    with opened(browser, write(result, lang), width=WIDTHS[width], scheme=scheme) as page:
        assert grave(page) == []


def test_the_dark_page_is_dark_and_the_light_one_light(browser, report):
    def brightness(scheme):
        with opened(browser, report, scheme=scheme) as page:
            color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in color.strip("rgb()").split(","))

    assert brightness("dark") < 150
    assert brightness("light") > 600


def test_the_switch_changes_the_language(browser, report):
    with opened(browser, report) as page:
        heading = page.locator("#people h2")
        chinese = heading.inner_text()
        page.get_by_text("English", exact=True).click()

        assert (chinese, heading.inner_text()) == ("涉及多少自然人", "How many people")


def test_it_prints(browser, report):
    with opened(browser, report) as page:
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def test_the_page_is_not_wider_than_a_telephone(browser, report):
    with opened(browser, report, width=WIDTHS["narrow"]) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["narrow"]
