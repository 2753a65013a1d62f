"""The report a data-protection officer hands on: one HTML file that loads nothing and asks nobody.

The page may show names from hostile sources. Three things keep them harmless: everything is escaped,
invisible characters become code points, and the page's own policy allows exactly one style sheet and one
script, by digest, and no address at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from string import ascii_letters, digits
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from scanner.report import _brief as brief
from scanner.report import _gauges as gauges
from scanner.report import _people as people
from scanner.report import _ranking as ranking
from scanner.report import _unscanned as unscanned
from scanner.report import _view as view
from scanner.report._articles import instruments
from scanner.report._flows import flow_counts, streams
from scanner.report._ledger import ledger
from scanner.report._voice import Voice
from scanner.result import Finding, Interval, Result, SubjectCount, selecting
from scanner.words.templates import asset, environment, policy
from scanner.words.texts import tongues, written
from scanner.words.visible import visible

NAME = "html"
FILE_NAME = "report.html"

MANY_TABLES = 60  # from here on the map sums by dataset and lists start folded
MOST_HEAT_ROWS = 60
MOST_ITEMS = 100  # graded data items and levels of tables; all are in scan.json
_PLAIN = frozenset(f"{ascii_letters}{digits}-_.~/".encode())  # what stands for itself in an address

SCRIPTS = ("ledger.js", "rows.js", "finder.js", "page.js")  # in the order in which they build on each other


def render(result: Result, *, lang: str = "both") -> str:
    """Return the page; with ``both`` it holds two languages and a switch, and prints the chosen one.

    Raises:
        ValueError: There is no such language.
    """
    voice = Voice(tongues(lang))
    style, script = asset("scanner.report", "report.css"), _script()
    return _template().render(
        r=result,
        v=voice,
        t=voice.text,
        term=voice.term,
        view=view,
        ranking=ranking,
        unscanned=unscanned,
        gauges=gauges,
        brief=brief,
        style=style,
        script=script,
        policy=policy(style, script),
        ledger=Markup(ledger(result, voice)),  # noqa: S704 - JSON without <, > and &
        **_figures(result),
    )


def _figures(result: Result) -> dict[str, Any]:
    pairs = list(selecting.tables(result))
    pi_columns = sum(len(table.pi_columns) for _, table in pairs)
    by_dataset = len(pairs) > MANY_TABLES
    heat = view.heat(result, by_dataset=by_dataset)
    raised, levels = selecting.raised(result), view.levels(result)
    return {
        "lines": ranking.lines(result.findings),
        "due": brief.due(result),
        "with_examples": any(column.examples for _, table in pairs for column in table.columns),
        "matrix": people.matrix(result),
        "dataset_overlaps": people.overlaps(result, "dataset"),
        "flow_overlaps": people.overlaps(result, "flow"),
        "streams": streams(result.flows),
        "grades": view.grades(result),
        "instruments": instruments(result.findings),
        "totals": selecting.type_totals(result),
        "heat": heat[:MOST_HEAT_ROWS],
        "heat_hidden": len(heat) - MOST_HEAT_ROWS,
        "heat_most": max((n for row in heat for n in row.columns.values()), default=1),
        "many": by_dataset,
        "table_count": len(pairs),
        "pi_table_count": sum(1 for _, table in pairs if table.pi_columns),
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
        "longest": _longest(count for dataset in result.datasets for count in dataset.subjects),
        "longest_of_all": _longest(result.organization.subjects),
        "anchors": _anchors(result.findings),
    }


def _longest(counts: Iterable[SubjectCount]) -> int:
    return max((count.upper for count in counts), default=0)


def _anchors(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return the position of the first finding of each rule, for links into the appendix."""
    return {finding.rule_id: i for i, finding in reversed(list(enumerate(findings, start=1)))}


def _moment(time: str) -> str:
    """Return an ISO 8601 time as people write it.

    >>> _moment("2026-11-22T02:10:00Z")
    '2026-11-22 02:10:00'
    """
    return time.replace("T", " ").removesuffix("Z")


def _bounds(count: SubjectCount | Interval) -> Interval:
    return view.interval(count)


def _percent(share: float) -> str:
    """Return a share as a percentage that never rounds up to certainty, nor down to nothing.

    >>> _percent(0.998), _percent(0.99999), _percent(0.87), _percent(1.0), _percent(0.001)
    ('99.8 %', '99.9 %', '87 %', '100 %', '0.1 %')
    """
    if share in (0, 1) or 1 <= round(100 * share) <= 99:
        return f"{100 * share:.0f} %"
    return f"{min(99.9, max(0.1, 100 * share)):.1f} %"


def _shade(number: int, most: int) -> int:
    """Return the depth of a cell of the map, 0 (none) to 5."""
    return 0 if not number else 1 + min(4, 5 * (number - 1) // max(1, most))


def _depth(share: float) -> int:
    """Return the depth of a cell by its share, 0 (none) to 5."""
    return 0 if share <= 0 else min(5, 1 + int(5 * share))


def _part(name: str) -> str:
    """Return a name as one part of a path in an address of the page; see ``escapePart`` in ledger.js."""
    return name.replace("%", "%25").replace("/", "%2F")


def _fragment(text: str) -> str:
    """Return a text as a value in an address of the page.

    >>> _fragment("a/b 中")
    'a/b%20%E4%B8%AD'
    """
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in visible(text).encode())


@cache
def _template() -> Template:
    made = environment("scanner.report")
    made.filters |= {"n": written, "bounds": _bounds, "percent": _percent, "moment": _moment}
    made.filters |= {"part": _part, "fragment": _fragment}
    made.globals |= {"shade": _shade, "depth": _depth, "flow_counts": flow_counts}
    return made.get_template("report.html")


def _script() -> Markup:
    """Return all scripts as one, so that they share their names with each other and with nobody else."""
    parts = Markup("\n").join(asset("scanner.report", name) for name in SCRIPTS)
    return Markup('(() => {{\n"use strict";\n{}\n}})();').format(parts)
