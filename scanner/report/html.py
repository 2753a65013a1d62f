"""The report a data-protection officer hands on: one HTML file that loads nothing and runs almost nothing.

The page may show names from hostile sources. Three things keep them harmless: everything is escaped,
invisible characters become code points, and the page's own policy allows exactly one style sheet and one
script, by digest, and no address at all.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from scanner.report import _gauges as gauges
from scanner.report import _view as view
from scanner.report._texts import Tongue, in_tongue, term, text, tongues
from scanner.report._visible import visible
from scanner.result import UNBOUNDED, Finding, Interval, Result, SubjectCount
from scanner.rules.citation import cite

NAME = "html"
FILE_NAME = "report.html"

MANY_TABLES = 60  # from here on the map sums by dataset and lists start folded
MANY_COLUMNS = 4_000  # with more PI columns the evidence stays in scan.json
MOST_HEAT_ROWS = 60
MOST_ITEMS = 100  # graded data items and levels of tables; all are in scan.json

_LANG = {"zh": "zh-CN", "en": "en"}
_SHORT = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**9, "bn"), (10**6, "M"), (10**4, "k"))}
_THOUSAND = {"k": 1_000}


def render(result: Result, *, lang: str = "both") -> str:
    """Return the page; with ``both`` it holds two languages and a switch, and prints the chosen one.

    Raises:
        ValueError: There is no such language.
    """
    voice = _Voice(tongues(lang))
    style, script = _asset("report.css"), _asset("report.js")
    page = _environment().get_template("report.html")
    return page.render(
        r=result,
        v=voice,
        t=voice.text,
        term=voice.term,
        view=view,
        gauges=gauges,
        style=style,
        script=script,
        policy=Markup(_policy(style, script)),  # noqa: S704 - two digests and fixed words
        **_figures(result),
    )


def _figures(result: Result) -> dict[str, Any]:
    pairs = list(view.tables(result))
    pi_columns = sum(len(view.pi_columns(table)) for _, table in pairs)
    by_dataset = len(pairs) > MANY_TABLES
    heat = view.heat(result, by_dataset=by_dataset)
    raised, levels = view.raised(result), view.levels(result)
    return {
        "lines": view.lines(result.findings),
        "totals": view.type_totals(result),
        "heat": heat[:MOST_HEAT_ROWS],
        "heat_hidden": len(heat) - MOST_HEAT_ROWS,
        "heat_most": max((n for row in heat for n in row.columns.values()), default=1),
        "many": by_dataset,
        "with_evidence": pi_columns <= MANY_COLUMNS,
        "table_count": len(pairs),
        "pi_table_count": sum(1 for _, table in pairs if view.pi_columns(table)),
        "column_count": sum(len(table.columns) for _, table in pairs),
        "pi_column_count": pi_columns,
        "raised_items": raised[:MOST_ITEMS],
        "raised_hidden": max(0, len(raised) - MOST_ITEMS),
        "levels": levels[:MOST_ITEMS],
        "levels_hidden": max(0, len(levels) - MOST_ITEMS),
        "type_names": {
            tag.type: (tag.name_zh, tag.name_en)
            for _, table in pairs
            for column in table.columns
            for tag in column.tags
        },
        "longest": _longest(
            [count for dataset in result.datasets for count in dataset.subjects]
            + [count for _, table in pairs for count in table.subjects]
        ),
        "longest_of_all": _longest(result.organization.subjects),
        "anchors": _anchors(result.findings),
    }


def _longest(counts: Iterable[SubjectCount]) -> int:
    return max((count.upper for count in counts), default=0)


def _anchors(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return the position of the first finding of each rule, for links into the appendix."""
    return {finding.rule_id: i for i, finding in reversed(list(enumerate(findings, start=1)))}


@dataclass(frozen=True, slots=True)
class _Voice:
    """Texts as markup, in one language or in both, each marked with its language."""

    tongues: tuple[Tongue, ...]

    @property
    def page(self) -> str:
        return _LANG[self.tongues[0]]

    @property
    def both(self) -> bool:
        return len(self.tongues) > 1

    def text(self, key: str, **values: object) -> Markup:
        """Return a text; its values are escaped."""
        return self._each(text(key, tongue, **values) for tongue in self.tongues)

    def plain(self, key: str, **values: object) -> str:
        """Return a text for an attribute, where no markup is possible."""
        return " / ".join(dict.fromkeys(text(key, tongue, **values) for tongue in self.tongues))

    def term(self, kind: str, value: str) -> Markup:
        """Return the word for a value of the result."""
        return self._each(term(kind, value, tongue) for tongue in self.tongues)

    def choice(self, zh: str, en: str) -> Markup:
        """Return what the result says in each language; where one is empty, the other stands in."""
        return self._each((zh or en) if tongue == "zh" else (en or zh) for tongue in self.tongues)

    def cited(self, article: str) -> Markup:
        """Return an article as lawyers cite it in each language."""
        return self._each(cite(article, chinese=tongue == "zh") for tongue in self.tongues)

    def said(self, both: str) -> Markup:
        """Return each language of a text that holds both."""
        return self._each(in_tongue(both, tongue) for tongue in self.tongues)

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
    return f"{number:,}" if number < UNBOUNDED else "∞"


def _shown(value: object) -> object:
    """Make what a template prints harmless to look at; Markup has been through this already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _grouped(number: int) -> str:
    return f"{number:,}" if number < UNBOUNDED else "∞"


def _moment(time: str) -> str:
    """Return an ISO 8601 time as people write it.

    >>> _moment("2026-11-22T02:10:00Z")
    '2026-11-22 02:10:00'
    """
    return time.replace("T", " ").removesuffix("Z")


def _bounds(count: SubjectCount | Interval) -> Interval:
    return view.interval(count)


def _percent(share: float) -> str:
    """Return a share as a percentage that never rounds up to certainty.

    >>> _percent(0.998), _percent(0.87), _percent(1.0)
    ('99.8 %', '87 %', '100 %')
    """
    rounded = f"{100 * share:.0f}"
    return f"{100 * share:.1f} %" if rounded == "100" and share < 1 else f"{rounded} %"


def _shade(number: int, most: int) -> int:
    """Return the depth of a cell of the map, 0 (none) to 5."""
    return 0 if not number else 1 + min(4, 5 * (number - 1) // max(1, most))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scanner.report"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"n": _grouped, "bounds": _bounds, "percent": _percent, "moment": _moment}
    environment.globals |= {"shade": _shade}
    return environment


def _asset(name: str) -> Markup:
    content = files("scanner.report").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(content)  # noqa: S704 - a file of this package


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
