"""Answers on what leaves: all flows together, and scenario by scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from scanner.forms._texts import said, text
from scanner.forms.answers.figures import counted, declared, number, tested
from scanner.forms.answers.held import finding_of, named_types
from scanner.forms.basis import Basis, Scenario
from scanner.forms.content import Answer, Line, Piece, Words, lines
from scanner.result import ColumnResult, DatasetResult, FlowResult, SubjectCount, TableResult, TagResult
from scanner.result.selecting import exempted, tables
from scanner.rules import Flow

Column = tuple[DatasetResult, TableResult, ColumnResult]


def _tested(label: str, *rules: str) -> Callable[[Basis], Line | None]:
    def fill(basis: Basis) -> Line | None:
        finding = finding_of(basis, *rules, scope="outbound")
        if finding is None or not basis.flows:
            return None
        return Words(text("named", basis.tongue, name=text(label, basis.tongue))), tested(finding, basis)

    return fill


# Since 2024 sensitive information has a line of its own; before, everybody counted on the first.
_LINES = (
    _tested("outbound.nonsensitive", "EXP-P24-1M", "EXP-P24-BAND-PI"),
    _tested("outbound.everybody", "EXP-M22-100K"),
    _tested("outbound.sensitive", "EXP-P24-10K", "EXP-P24-BAND-SPI", "EXP-M22-10K"),
)


def _persons(basis: Basis) -> Answer:
    """Return the persons on both lines of the export rules, over all flows that are not exempt."""
    return tuple(line for fill in _LINES if (line := fill(basis)))


def _together(category: str) -> Callable[[Basis], Answer]:
    def fill(basis: Basis) -> Answer:
        count = _united(basis, category)
        return ((counted(count, basis),),) if count else ()

    return fill


def _united(basis: Basis, category: str) -> SubjectCount | None:
    """Return the persons of the flows that are not exempt, united, in the window of the law."""
    counts = basis.result.organization.outbound
    flows = [flow for flow in basis.result.flows if not basis.is_exempt(flow)]
    if not counts and len(flows) == 1:
        counts = flows[0].subjects
    windows = {flow.window for flow in basis.result.flows}
    return next((c for c in counts if c.category == category and c.window in windows), None)


def _scenarios(basis: Basis) -> Answer:
    if not basis.result.flows:
        return lines(text("outbound.undeclared", basis.tongue))
    names = text("list", basis.tongue).join(each.name for each in basis.scenarios)
    return (
        (
            number(len(basis.scenarios), "scenarios", basis),
            Words(text("bracketed", basis.tongue, what=names) if names else ""),
        ),
    )


def _left_out(basis: Basis) -> Answer:
    return lines(
        *(
            text("outbound.exempt", basis.tongue, name=flow.name, why=_why_left_out(flow, basis))
            for flow in basis.left_out
        )
    )


def _why_left_out(flow: FlowResult, basis: Basis) -> str:
    if not basis.is_exempt(flow):
        return text("outbound.not_asked", basis.tongue)
    route = said("mechanism", "exempt", basis.tongue)
    if flow.name not in exempted(basis.result.findings) or not flow.exemption:
        return route
    return route + text("colon", basis.tongue) + said("exemption", flow.exemption, basis.tongue)


def _countries(basis: Basis) -> Answer:
    found = dict.fromkeys(said("country", f.recipient_country, basis.tongue) for f in basis.flows)
    return lines(text("list", basis.tongue).join(each for each in found if each))


def _important(basis: Basis) -> Answer:
    leaving = [column for flow in basis.flows for column in sent_columns(flow, basis)]
    found = [column for column in leaving if column[2].grade.level != "general"]
    if not found:
        return lines(text("held.unsearched", basis.tongue)) if basis.flows else ()
    return ((number(len(found), "columns", basis),),)


def sent_columns(flow: FlowResult, basis: Basis) -> Iterator[Column]:
    """Yield the columns that leave in a flow."""
    leaving: dict[tuple[str, str], set[str]] = {}
    for item in flow.items:
        leaving.setdefault((item.dataset, item.table), set()).add(item.column)
    for dataset, table in tables(basis.result):
        names = leaving.get((dataset.name, table.name), ())
        yield from ((dataset, table, column) for column in table.columns if column.name in names)


def sent_tags(scenario: Scenario, basis: Basis) -> Iterator[TagResult]:
    """Yield the tags of the columns that leave in a scenario."""
    for flow in scenario.flows:
        for _, _, column in sent_columns(flow, basis):
            yield from column.held


def in_window(flow: FlowResult, category: str) -> SubjectCount | None:
    """Return the persons of a flow in the window of the law."""
    return next((c for c in flow.subjects if c.category == category and c.window == flow.window), None)


def _each(scenario: Scenario, basis: Basis, say: Callable[[FlowResult], Iterable[Piece]]) -> Answer:
    """Return a line for each flow of a scenario that has something to say; named if there are several."""
    found = [(flow, tuple(say(flow))) for flow in scenario.flows]
    several = len(scenario.flows) > 1
    return tuple(
        (Words(text("named", basis.tongue, name=flow.name)), *pieces) if several else pieces
        for flow, pieces in found
        if pieces
    )


def _said(what: str) -> tuple[Piece, ...]:
    return (Words(what),) if what else ()


def _counted(category: str) -> Callable[[Basis, Scenario], Answer]:
    def say(flow: FlowResult, basis: Basis) -> tuple[Piece, ...]:
        count = in_window(flow, category)
        return (counted(count, basis),) if count else ()

    return lambda basis, scenario: _each(scenario, basis, lambda flow: say(flow, basis))


def facts_of(flow: FlowResult, basis: Basis) -> Flow | None:
    """Return what was declared of a flow, or None."""
    return next((each for each in basis.facts.flows or () if each.name == flow.name), None)


def _recipient(basis: Basis, scenario: Scenario) -> Answer:
    def say(flow: FlowResult) -> tuple[Piece, ...]:
        facts = facts_of(flow, basis)
        return _said((facts and facts.recipient) or "")

    return _each(scenario, basis, say)


def _declared_persons(key: str) -> Callable[[Basis, Scenario], Answer]:
    def say(flow: FlowResult, basis: Basis) -> tuple[Piece, ...]:
        facts = facts_of(flow, basis)
        value = getattr(facts, key) if facts else None
        return (declared(value, f"flows[{flow.name}].{key}", basis),) if value else ()

    return lambda basis, scenario: _each(scenario, basis, lambda flow: say(flow, basis))


def _mechanism(basis: Basis, scenario: Scenario) -> Answer:
    def say(flow: FlowResult) -> tuple[Piece, ...]:
        facts = facts_of(flow, basis)
        return _said(said("mechanism", facts.mechanism, basis.tongue) if facts and facts.mechanism else "")

    return _each(scenario, basis, say)


def _route(basis: Basis, scenario: Scenario) -> Answer:
    def say(flow: FlowResult) -> tuple[Piece, ...]:
        rules = text("list", basis.tongue).join(flow.because)
        why = text("bracketed", basis.tongue, what=rules) if rules else ""
        return _said(said("mechanism", flow.mechanism, basis.tongue) + why)

    return _each(scenario, basis, say)


def _systems(basis: Basis, scenario: Scenario) -> Answer:
    places = dict.fromkeys(
        text(
            "scenario.location",
            basis.tongue,
            table=f"{dataset.name}/{table.name}",
            location=dataset.location or dataset.source,
        )
        for flow in scenario.flows
        for dataset, table, _ in sent_columns(flow, basis)
    )
    return lines(text("scenario.exists", basis.tongue), *places) if places else ()


def _items(basis: Basis, scenario: Scenario) -> Answer:
    return ((number(len(merged_items(scenario, basis)), "items", basis),),)


def merged_items(scenario: Scenario, basis: Basis) -> dict[str, list[tuple[FlowResult, Column]]]:
    """Return the data items of a scenario, each once: columns of one PI type are one item."""
    found: dict[str, list[tuple[FlowResult, Column]]] = {}
    for flow in scenario.flows:
        for column in sent_columns(flow, basis):
            key = named_types(column[2].held, basis) or column[2].name
            found.setdefault(key, []).append((flow, column))
    return found


def _necessity(basis: Basis, scenario: Scenario) -> Answer:
    reasons = [reason for flow in scenario.flows for reason in flow.necessity]
    return lines(*dict.fromkeys(reason.zh if basis.tongue == "zh" else reason.en for reason in reasons))


def _types(*, sensitive: bool) -> Callable[[Basis, Scenario], Answer]:
    def fill(basis: Basis, scenario: Scenario) -> Answer:
        tags = [tag for tag in sent_tags(scenario, basis) if tag.sensitive or not sensitive]
        return lines(named_types(tags, basis) or text("held.unsearched", basis.tongue))

    return fill


def _retention(basis: Basis, scenario: Scenario) -> Answer:
    found = [each for flow in scenario.flows for each in flow.retention]
    return tuple(
        (
            Words(text("scenario.retention", basis.tongue, table=each.table, days=each.days)),
            number(each.past.estimate, "rows", basis, exact=each.exact),
        )
        for each in found
    )


ANSWERS: Mapping[str, Callable[[Basis], Answer]] = {
    "persons": _persons,
    "all": _together("all"),
    "minors14": _together("minor_under_14"),
    "scenarios": _scenarios,
    "left_out": _left_out,
    "countries": _countries,
    "important": _important,
}
OF_SCENARIOS: Mapping[str, Callable[[Basis, Scenario], Answer]] = {
    "name": lambda _basis, scenario: lines(scenario.name),
    "purpose": lambda basis, scenario: _each(scenario, basis, lambda flow: _said(flow.purpose)),
    "country": lambda basis, scenario: _each(
        scenario, basis, lambda flow: _said(said("country", flow.recipient_country, basis.tongue))
    ),
    "recipient": _recipient,
    "all": _counted("all"),
    "sensitive": _counted("sensitive"),
    "minors14": _counted("minor_under_14"),
    "types": _types(sensitive=False),
    "sensitive_types": _types(sensitive=True),
    "items": _items,
    "systems": _systems,
    "necessity": _necessity,
    "retention": _retention,
    "route": _route,
    "mechanism": _mechanism,
    "approved": _declared_persons("approved_subjects"),
    "forecast": _declared_persons("forecast_subjects"),
}
