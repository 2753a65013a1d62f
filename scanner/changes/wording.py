"""Words and numbers of a comparison in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.changes.model import TypeName
from scanner.result import Interval
from scanner.rules.law.citation import cite
from scanner.words.texts import Tongue, term, text_of


@dataclass(frozen=True)
class Words:
    """One language, and what PI types are called in it."""

    tongue: Tongue
    types: Mapping[str, TypeName]

    def __call__(self, key: str, **values: object) -> str:
        return text_of("scanner.changes", key, self.tongue, **values)

    def term(self, kind: str, value: str) -> str:
        """Return the word of the reports for a value of a result; a dash for none."""
        return term(kind, value, self.tongue) if value else "–"

    def choice(self, zh: str, en: str) -> str:
        return (zh or en) if self.tongue == "zh" else (en or zh)

    def cited(self, article: str) -> str:
        return cite(article, chinese=self.tongue == "zh")

    def scope(self, scope: str, name: str = "") -> str:
        """Return what a verdict or count is of."""
        if scope.startswith("flow"):
            return term_filled("scope.flow", self.tongue, name or scope.removeprefix("flow:"))
        if scope in {"organization", "outbound"}:
            return self.term("scope", scope)
        return self(f"scope.{scope}", name=name)

    def typed(self, types: tuple[str, ...]) -> str:
        """Return the names of PI types."""
        names = (self.choice(self.types[one].name_zh, self.types[one].name_en) for one in types)
        return ("、" if self.tongue == "zh" else ", ").join(names) or "–"


def term_filled(key: str, tongue: Tongue, name: str) -> str:
    """Return a term of the reports with its place filled; braces in the name are text."""
    kind, _, value = key.partition(".")
    return term(kind, value, tongue).replace("{name}", name)


def people(count: Interval | None) -> str:
    """Return an interval as it is read: the estimate, and the bounds where they differ.

    >>> people(Interval(5, 5, 5)), people(Interval(1000, 1200, 10**10)), people(None)
    ('5', '1,200 (1,000 – ∞)', '–')
    """
    if count is None:
        return "–"
    if count.lower == count.upper:
        return f"{count.estimate:,}"
    upper = "∞" if count.open_ended else f"{count.upper:,}"
    return f"{count.estimate:,} ({count.lower:,} – {upper})"


def moved(difference: int | None, percent: float | None) -> str:
    """Return a move with its sign.

    >>> moved(1200, 12.5), moved(-3, None), moved(None, None)
    ('+1,200 (+12.5 %)', '-3', '–')
    """
    if difference is None:
        return "–"
    share = f" ({percent:+.1f} %)" if percent is not None else ""
    return f"{difference:+,}{share}"
