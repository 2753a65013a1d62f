"""What a scan found, against the one before it. Pure.

Names of datasets, tables, columns and rules, numbers of persons and reasons are told; values never are, since
no result holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial

from scanner.changes import Changes, ColumnChange, CountChange, LineChange
from scanner.changes.model import TypeName
from scanner.changes.wording import Words, people
from scanner.config.channels import Kind
from scanner.notify.news import News, news
from scanner.result import Finding, Interval, Result
from scanner.words.texts import text_of

# A count reaches the line of such a rule, and a duty or a status follows; others are requirements,
# exemptions, and rules for those who stay below.
_KINDS, _UPWARDS = ("duty", "status"), ("ge", "gt")
_COLUMNS: Mapping[str, Kind] = {
    "new": "new_pi_column",
    "vanished": "vanished_pi_column",
    "retyped": "changed_pi_column",
    "sensitivity": "changed_pi_column",
}
_LINES: Mapping[str, Kind] = {"reached": "line_reached", "opened": "line_near", "left": "line_left"}
_MOST_PLACES = 5


def scan_news(before: Result | None, after: Result, changes: Changes | None) -> Iterator[News]:
    """Yield what is worth telling."""
    if before is None or changes is None:
        yield from _first(after)
    else:
        types = {one.type: one for one in changes.types}
        yield from (_column(one, types) for one in changes.columns if one.kind in _COLUMNS)
        yield from map(_line, changes.lines)
        yield from _nearer(before, after, {(line.rule_id, line.scope) for line in changes.lines})
        yield from (_count(one) for one in changes.counts if _is_of_everybody(one) and one.exceeds)
        yield from _grades(changes)
    if not after.complete:
        yield _incomplete(after)


def _first(after: Result) -> Iterator[News]:
    everybody = next((c for c in after.organization.subjects if c.category == "all"), None)
    persons = everybody.bounds if everybody else None
    columns = sum(len(table.pi_columns) for dataset in after.datasets for table in dataset.tables)
    yield news("first", "first", {"columns": columns}, columns=columns, persons=people(persons))
    for finding in after.findings:
        if _is_line(finding) and finding.verdict == "met":
            yield _standing("line_reached", "line.reached", finding)
        elif _is_line(finding) and _band(finding):
            yield _standing("line_near", f"line.{_band(finding)}", finding)


def _column(column: ColumnChange, types: Mapping[str, TypeName]) -> News:
    def typed(words: Words) -> str:
        told = Words(words.tongue, types).typed(column.after or column.before)
        return f"{told}; {words('mark.sensitive')}" if column.sensitive else told

    place = f"{column.dataset}/{column.table}.{column.column}"
    return news(_COLUMNS[column.kind], f"column.{column.kind}", asdict(column), place=place, types=typed)


def _line(line: LineChange) -> News:
    if _is_line(line) and line.change in _LINES:
        rule = partial(_counted, line, line.count_after)
        return news(_LINES[line.change], f"line.{line.change}", asdict(line), rule=rule)
    return news(
        "verdict_changed",
        "verdict",
        asdict(line),
        rule=partial(_rule, line),
        before=lambda words: words.term("verdict", line.before),
        after=lambda words: words.term("verdict", line.after),
        cause=lambda words: words(f"because.{line.cause}"),
    )


def _nearer(before: Result, after: Result, told: set[tuple[str, str]]) -> Iterator[News]:
    """Yield lines that came near without a change of verdict."""
    near = {(f.rule_id, f.scope) for f in before.findings if _band(f) or f.verdict == "met"}
    for finding in after.findings:
        if _is_line(finding) and _band(finding) and (finding.rule_id, finding.scope) not in near | told:
            yield _standing("line_near", f"line.{_band(finding)}", finding)


def _standing(kind: Kind, key: str, finding: Finding) -> News:
    data = {name: getattr(finding, name) for name in ("rule_id", "scope", "verdict", "threshold")}
    count = asdict(finding.count) if finding.count else None
    return news(kind, key, data | {"count": count}, rule=partial(_counted, finding, finding.count))


def _is_line(rule: Finding | LineChange) -> bool:
    return rule.kind in _KINDS and rule.operator in _UPWARDS and rule.threshold is not None


def _band(finding: Finding) -> str:
    """Return ``near``, ``opened`` where the interval straddles the line, or nothing."""
    band = finding.distance.band if finding.distance else ""
    return {"near": "near", "open": "opened"}.get(band, "")


def _counted(rule: Finding | LineChange, count: Interval | None, words: Words) -> str:
    operator = words.term("operator", rule.operator)
    told = {"rule": _rule(rule, words), "numbers": people(count), "operator": operator}
    return text_of("scanner.notify", "line.counted", words.tongue, **told, line=rule.threshold or 0)


def _rule(rule: Finding | LineChange, words: Words) -> str:
    instrument = words.choice(rule.instrument_zh, rule.instrument)
    source = words("line.source", instrument=instrument, article=words.cited(rule.article))
    title = words.choice(rule.title_zh, rule.title)
    return words("line.rule", id=rule.rule_id, title=title, source=source, scope=words.scope(rule.scope))


def _is_of_everybody(count: CountChange) -> bool:
    return count.scope in ("organization", "flow") and count.category in ("all", "sensitive")


def _count(count: CountChange) -> News:
    def of(words: Words) -> str:
        scope = words.scope(count.scope, count.name)
        return f"{scope} · {words.term('category', count.category)} · {words.term('window', count.window)}"

    before, after = people(count.before), people(count.after)
    return news("count_moved", "count", asdict(count), of=of, before=before, after=after)


def _grades(changes: Changes) -> Iterator[News]:
    for grade in (one for one in changes.grades if one.scope != "column"):
        yield news(
            "grade_changed",
            "grade",
            asdict(grade),
            of=partial(_scope, grade.scope, grade.name),
            before=_term("grade", grade.before),
            after=_term("grade", grade.after),
        )
    for route in changes.routes:
        before, after = _term("mechanism", route.before), _term("mechanism", route.after)
        yield news("route_changed", "route", asdict(route), flow=route.flow, before=before, after=after)


def _scope(scope: str, name: str, words: Words) -> str:
    return words.scope(scope, name)


def _term(kind: str, value: str) -> Callable[[Words], str]:
    return lambda words: words.term(kind, value)


def _incomplete(after: Result) -> News:
    places = dict.fromkeys(f"{one.source}/{one.table}".rstrip("/") for one in after.not_scanned)
    some = ", ".join([*list(places)[:_MOST_PLACES], *(["…"] if len(places) > _MOST_PLACES else [])])
    number = len(after.not_scanned)
    return news("incomplete", "incomplete", {"not_scanned": number}, number=number, places=some)
