"""Texts of the page as markup: in one language, or in both with each marked as what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from scanner.report._brief import Remark
from scanner.report._texts import text
from scanner.result import Result
from scanner.rules.law.citation import cite
from scanner.words.facts import fact_in
from scanner.words.reasons import reason_in
from scanner.words.texts import Tongue, in_tongue, source_in, term, written
from scanner.words.visible import visible

_LANG = {"zh": "zh-CN", "en": "en"}
_SHORT = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**9, "bn"), (10**6, "M"), (10**4, "k"))}
_THOUSAND = {"k": 1_000}


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts as markup, in one language or in both, each marked with its language."""

    tongues: tuple[Tongue, ...]

    @property
    def page(self) -> str:
        """Return the language of the page itself."""
        return _LANG[self.tongues[0]]

    @property
    def both(self) -> bool:
        return len(self.tongues) > 1

    def text(self, key: str, **values: object) -> Markup:
        """Return a text; its values are escaped."""
        return self._each(text(key, tongue, **values) for tongue in self.tongues)

    def plain(self, key: str, **values: object) -> str:
        """Return a text for an attribute, where no markup is possible."""
        return " / ".join(dict.fromkeys(self.said_in(key, **values)))

    def said_in(self, key: str, **values: object) -> tuple[str, ...]:
        """Return a text in each language of the page."""
        return tuple(text(key, tongue, **values) for tongue in self.tongues)

    def term(self, kind: str, value: str) -> Markup:
        """Return the word for a value of the result."""
        return self._each(self.terms_in(kind, value))

    def terms_in(self, kind: str, value: str) -> tuple[str, ...]:
        """Return the word for a value of the result in each language of the page."""
        return tuple(term(kind, value, tongue) for tongue in self.tongues)

    def choice(self, zh: str, en: str) -> Markup:
        """Return what the result says in each language; where one is empty, the other stands in."""
        return self._each(self.choices_in(zh, en))

    def choices_in(self, zh: str, en: str) -> tuple[str, ...]:
        """Return what the result says, in each language of the page."""
        return tuple((zh or en) if tongue == "zh" else (en or zh) for tongue in self.tongues)

    def cited(self, article: str) -> Markup:
        """Return an article as lawyers cite it in each language."""
        return self._each(cite(article, chinese=tongue == "zh") for tongue in self.tongues)

    def said(self, both: str) -> Markup:
        """Return each language of a text that holds both."""
        return self._each(in_tongue(both, tongue) for tongue in self.tongues)

    def reason(self, said: str) -> Markup:
        """Return what a connector or a stage says, in each language."""
        return self._each(self.reasons_in(said))

    def reasons_in(self, said: str) -> tuple[str, ...]:
        """Return what a connector or a stage says in each language of the page."""
        return tuple(reason_in(said, tongue) for tongue in self.tongues)

    def source(self, source: str) -> Markup:
        """Return what of a source is in each language."""
        return self._each(source_in(source, tongue) for tongue in self.tongues)

    def remarks(
        self, told: Callable[[Result, Tongue], Iterable[Remark]], result: Result
    ) -> Iterator[tuple[str, Markup]]:
        """Yield the section and the text of remarks, which are alike in all languages but for the words."""
        for alike in zip(*(told(result, tongue) for tongue in self.tongues), strict=True):
            yield alike[0].section, self._each(remark.said for remark in alike)

    def fact(self, key: str) -> Markup:
        """Return what a fact is."""
        return self._each(fact_in(key, tongue) for tongue in self.tongues)

    def tick(self, number: int, attributes: Markup) -> Markup:
        """Return the label of a tick as SVG text, such as 10k or 1万."""
        labels = {tongue: short(number, tongue) for tongue in self.tongues}
        if len(set(labels.values())) == 1:
            return Markup("<text {}>{}</text>").format(attributes, labels[self.tongues[0]])
        element = Markup('<text {} lang="{}">{}</text>')
        return Markup().join(element.format(attributes, _LANG[t], label) for t, label in labels.items())

    def _each(self, parts: Iterable[str]) -> Markup:
        shown = [escape(visible(part)) for part in parts]
        if len(set(shown)) == 1:
            return shown[0]
        element = Markup('<span lang="{}">{}</span>')
        spans = (element.format(_LANG[t], part) for t, part in zip(self.tongues, shown, strict=True))
        return Markup().join(spans)


def short(number: int, tongue: Tongue) -> str:
    """Return a number as the label of a tick.

    >>> short(250_000, "zh"), short(250_000, "en"), short(2_500, "en")
    ('25万', '250k', '2,500')
    """
    for size, unit in _SHORT[tongue]:
        if number >= size:
            return f"{number / _THOUSAND.get(unit, size):g}{unit}"
    return written(number)
