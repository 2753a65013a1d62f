"""A page, or one a language, as one HTML file: everything escaped, nothing loaded, no script."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.pages.model import Page
from scanner.words.templates import asset, environment, policy

_LANG = {"zh": "zh-CN", "en": "en"}


def render_html(pages: Sequence[Page]) -> str:
    """Return one file with the page in each of its languages, one below the other."""
    style = asset("scanner.pages", "page.css")
    template = environment("scanner.pages").get_template("page.html")
    return template.render(pages=pages, lang=_LANG, style=style, policy=policy(style))
