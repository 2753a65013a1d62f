"""Tables by the names that form definitions use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from scanner.forms._texts import said, text
from scanner.forms.answers.figures import counted, held_in, number, tested
from scanner.forms.answers.held import graded
from scanner.forms.answers.outbound import Column, facts_of, in_window, merged_items
from scanner.forms.basis import Basis, Scenario
from scanner.forms.content import Answer, Blank, Figure, Grid, Line, Piece, lines
from scanner.forms.due import told
from scanner.result import (
    DatasetResult,
    Finding,
    FlowItem,
    FlowResult,
    NotScanned,
    SubjectCount,
    TableResult,
)
from scanner.result.selecting import raised, total, type_totals
from scanner.rules.law.citation import cite
from scanner.words.reasons import reason_in

Row = tuple[Answer, ...]
MOST = 400  # rows of a table; the record of the scan has all


def _grid(name: str, basis: Basis, columns: Mapping[str, float], rows: Iterable[Row], *more: str) -> Grid:
    """Return a table with the heads ``grid.NAME.COLUMN``; too many rows are cut, and the last row says so."""
    kept = list(rows)
    if len(kept) > MOST:
        cut = lines(text("more", basis.tongue, n=len(kept) - MOST))
        kept = [*kept[:MOST], (cut, *[()] * (len(columns) - 1))]
    return Grid(
        name="".join([text(f"grid.{name}", basis.tongue), *more]),
        heads=tuple(text(f"grid.{name}.{column}", basis.tongue) for column in columns),
        rows=tuple(kept),
        widths=tuple(columns.values()),
    )


def _one(piece: Piece | None) -> Answer:
    return ((piece,),) if piece else ()


def _data_items(basis: Basis, scenario: Scenario | None) -> Grid:
    """Return the data items of a scenario, each once, as the self-assessment report lists them."""
    items = merged_items(scenario, basis) if scenario else {}
    widths = {"no": 0.07, "name": 0.15, "content": 0.26, "need": 0.2, "example": 0.15, "remarks": 0.17}
    name = text("bracketed", basis.tongue, what=scenario.name) if scenario else ""
    rows = (_item(no, name, found, basis) for no, (name, found) in enumerate(items.items(), 1))
    return _grid("items", basis, widths, rows, name)


def _item(no: int, name: str, found: list[tuple[FlowResult, Column]], basis: Basis) -> Row:
    columns = [column for _, (_, _, column) in found]
    uses = {item.use for flow, column in found for item in [_flow_item(flow, column)] if item}
    persons = [line for flow, column in found for line in _holders(flow, column, basis)]
    comments = dict.fromkeys(column.comment for column in columns)
    return (
        lines(str(no)),
        lines(name),
        (*lines(_kind(found, basis), *comments), *persons),
        (*lines(*(_use(use, basis) for use in sorted(uses))), (Blank(text("item.need", basis.tongue)),)),
        _one(Blank(text("item.no_example", basis.tongue))),
        lines(*dict.fromkeys(f"{d.name}/{t.name}.{c.name}" for _, (d, t, c) in found)),
    )


def _kind(found: list[tuple[FlowResult, Column]], basis: Basis) -> str:
    tags = [tag for _, (_, _, column) in found for tag in column.held]
    if any(tag.sensitive for tag in tags):
        return text("item.sensitive", basis.tongue)
    return text("item.personal" if tags else "item.other", basis.tongue)


def _flow_item(flow: FlowResult, column: Column) -> FlowItem | None:
    dataset, table, leaf = column
    where = (dataset.name, table.name, leaf.name)
    return next((i for i in flow.items if (i.dataset, i.table, i.column) == where), None)


def _holders(flow: FlowResult, column: Column, basis: Basis) -> Iterator[Line]:
    item = _flow_item(flow, column)
    if item and item.persons:
        yield (held_in(item.persons, flow.name, basis),)


def _use(use: str, basis: Basis) -> str:
    return text(f"item.{use}", basis.tongue) if use in {"expected", "unexpected"} else ""


def _flows(basis: Basis, _scenario: Scenario | None) -> Grid:
    widths = {
        "name": 0.16,
        "recipient": 0.17,
        "purpose": 0.18,
        "persons": 0.18,
        "sensitive": 0.14,
        "route": 0.17,
    }
    return _grid("flows", basis, widths, (_flow(flow, basis) for flow in basis.flows))


def _flow(flow: FlowResult, basis: Basis) -> Row:
    facts = facts_of(flow, basis)
    recipient = (facts and facts.recipient) or ""
    asked = text("grid.flows.recipient", basis.tongue)
    everybody, sensitive = in_window(flow, "all"), in_window(flow, "sensitive")
    return (
        lines(flow.name),
        (
            *(lines(recipient) or _one(Blank(asked))),
            *lines(said("country", flow.recipient_country, basis.tongue)),
        ),
        lines(flow.purpose, flow.scenario) or _one(Blank(text("grid.flows.purpose", basis.tongue))),
        _one(counted(everybody, basis) if everybody else None),
        _one(counted(sensitive, basis) if sensitive else None),
        lines(said("mechanism", flow.mechanism, basis.tongue)),
    )


def _people(basis: Basis, _scenario: Scenario | None) -> Grid:
    counts = basis.result.organization.subjects
    order = dict.fromkeys(count.category for count in counts)
    found = (each for category in order if (each := total(counts, category)))
    widths = {"category": 0.34, "persons": 0.46, "method": 0.2}
    return _grid("people", basis, widths, (_counted_row(count, basis) for count in found))


def _counted_row(count: SubjectCount, basis: Basis) -> Row:
    return (
        lines(said("category", count.category, basis.tongue)),
        _one(counted(count, basis)),
        lines(said("method", count.method, basis.tongue)),
    )


def _types(basis: Basis, _scenario: Scenario | None) -> Grid:
    widths = {"name": 0.46, "sensitive": 0.18, "columns": 0.18, "tables": 0.18}
    rows = (
        (
            lines(each.name_zh if basis.tongue == "zh" else each.name_en),
            lines(text("answer.yes" if each.sensitive else "answer.no", basis.tongue)),
            _one(number(each.columns, "columns", basis, bare=True)),
            _one(number(each.tables, "tables", basis, bare=True)),
        )
        for each in type_totals(basis.result)
    )
    return _grid("types", basis, widths, rows)


def _datasets(basis: Basis, _scenario: Scenario | None) -> Grid:
    widths = {"name": 0.15, "location": 0.25, "tables": 0.1, "columns": 0.11, "persons": 0.25, "grade": 0.14}
    return _grid("datasets", basis, widths, (_dataset(each, basis) for each in basis.result.datasets))


def _dataset(dataset: DatasetResult, basis: Basis) -> Row:
    people = total(dataset.subjects)
    columns = sum(len(table.pi_columns) for table in dataset.tables)
    return (
        lines(dataset.name),
        lines(dataset.location or dataset.source),
        _one(number(len(dataset.tables), "tables", basis, bare=True)),
        _one(number(columns, "columns", basis, bare=True)),
        _one(counted(people, basis) if people else None),
        lines(graded(dataset.grade, basis)),
    )


def _important(basis: Basis, _scenario: Scenario | None) -> Grid:
    widths = {"item": 0.3, "grade": 0.18, "rows": 0.16, "basis": 0.36}
    rows = (
        (
            lines(f"{dataset.name}/{table.name}.{column.name}", column.comment),
            lines(graded(column.grade, basis)),
            _one(_rows(table, basis)),
            lines(*(r.zh if basis.tongue == "zh" else r.en for r in column.grade.reasons)),
        )
        for dataset, table, column in raised(basis.result)
    )
    return _grid("important", basis, widths, rows)


def _rows(table: TableResult, basis: Basis) -> Figure | None:
    rows = table.rows
    return None if rows.value is None else number(rows.value, "rows", basis, exact=rows.exact)


def _lines(basis: Basis, _scenario: Scenario | None) -> Grid:
    widths = {"rule": 0.42, "count": 0.24, "line": 0.16, "verdict": 0.18}
    return _grid("lines", basis, widths, (_verdict(each, basis) for each in told(basis.findings)))


def _verdict(finding: Finding, basis: Basis) -> Row:
    title = finding.title_zh if basis.tongue == "zh" else finding.title
    return (
        lines(title, f"{finding.rule_id} {cited(finding, basis)}"),
        _one(tested(finding, basis)) if finding.count else (),
        lines(line_of(finding, basis)),
        lines(said("verdict", finding.verdict, basis.tongue)),
    )


def cited(finding: Finding, basis: Basis) -> str:
    """Return the article behind a finding, as lawyers write it."""
    return cite(finding.article, chinese=basis.tongue == "zh")


def line_of(finding: Finding, basis: Basis) -> str:
    """Return the line of a rule with its operator; empty for a rule without a number."""
    if finding.threshold is None:
        return ""
    return f"{said('operator', finding.operator, basis.tongue)} {finding.threshold:,}"


def missing(basis: Basis) -> Grid:
    """Return everything that was not scanned, as an appendix."""
    widths = {"source": 0.22, "table": 0.3, "reason": 0.48}
    rows = (
        (lines(each.source), lines(place_of(each, basis)), lines(reason_in(each.reason, basis.tongue)))
        for each in basis.result.not_scanned
    )
    return _grid("missing", basis, widths, rows)


def place_of(missed: NotScanned, basis: Basis) -> str:
    """Return table and column of what was not read."""
    if not missed.table:
        return text("notice.missing.all", basis.tongue)
    return f"{missed.table}.{missed.column}" if missed.column else missed.table


TABLES: Mapping[str, Callable[[Basis, Scenario | None], Grid]] = MappingProxyType(
    {
        "data_items": _data_items,
        "flows": _flows,
        "people": _people,
        "types": _types,
        "datasets": _datasets,
        "important": _important,
        "lines": _lines,
    }
)
