"""Pages as tests read them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest


class _Markup(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="session")
def markup():
    """Return a function that gives the names of the tags and attributes of a page, as a browser reads it."""

    def read(page):
        parser = _Markup()
        parser.feed(page)
        return parser.tags, parser.attributes

    return read
