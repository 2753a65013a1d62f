"""The appendix: every article that was applied, with what it says and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import Finding


@dataclass(frozen=True, slots=True)
class Article:
    """One article, its wording where a rule quotes it, and the findings that rest on it, each numbered."""

    article: str
    quotes: tuple[str, ...]
    findings: tuple[tuple[int, Finding], ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, measure or standard with its articles, in the order of the findings."""

    name_zh: str
    name_en: str
    articles: tuple[Article, ...]

    @property
    def rules(self) -> int:
        """Return how many findings rest on it."""
        return len(self._findings())

    @property
    def met(self) -> int:
        """Return how many of them are met."""
        return sum(finding.verdict == "met" for finding in self._findings())

    def _findings(self) -> list[Finding]:
        return [finding for article in self.articles for _, finding in article.findings]


def instruments(findings: Iterable[Finding]) -> tuple[Instrument, ...]:
    """Return all findings by instrument and article; the number of a finding is its place in the result."""
    grouped: dict[tuple[str, str], dict[str, list[tuple[int, Finding]]]] = {}
    for number, finding in enumerate(findings, start=1):
        of = grouped.setdefault((finding.instrument_zh, finding.instrument), {})
        of.setdefault(finding.article, []).append((number, finding))
    return tuple(
        Instrument(zh, en, tuple(_article(name, held) for name, held in articles.items()))
        for (zh, en), articles in grouped.items()
    )


def _article(name: str, held: list[tuple[int, Finding]]) -> Article:
    quotes = dict.fromkeys(finding.quote for _, finding in held if finding.quote)
    return Article(name, tuple(quotes), tuple(held))
