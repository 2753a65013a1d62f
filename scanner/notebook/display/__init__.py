"""A result as a notebook shows it: a fragment of HTML that fits a page, with drawings and without scripts.

Everything in it is escaped, nothing in it is loaded, and its style touches nothing else on the page. What
does not fit is counted, and the method that holds all of it is named.
"""

from __future__ import annotations

from scanner.notebook.display._content import content
from scanner.report._gauges import aligned, bar
from scanner.result import Result
from scanner.words.reasons import reason_in
from scanner.words.templates import environment
from scanner.words.texts import Tongue, term, text_of
from scanner.words.visible import shortened, visible

__all__ = ["fragment"]

_NAME = 44  # characters of a name that are shown


def fragment(result: Result, lang: Tongue) -> str:
    """Return the HTML in one language."""

    def say(key: str, **values: object) -> str:
        return text_of("scanner.notebook.display", key, lang, **values)

    template = environment("scanner.notebook.display").get_template("fragment.html")
    return template.render(
        shown=content(result, lang),
        say=say,
        term=lambda kind, value: term(kind, value, lang),
        short=lambda name: shortened(name, _NAME),
        visible=visible,
        reason=lambda said: reason_in(said, lang),
        aligned=aligned,
        bar=bar,
        lang=lang,
    )
