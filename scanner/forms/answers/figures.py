"""Numbers with their source: scan, scope, category, window, method, interval, day."""

from __future__ import annotations

from scanner.forms._texts import said, text
from scanner.forms.basis import Basis
from scanner.forms.content import Figure
from scanner.result import Finding, Interval, SubjectCount
from scanner.words.texts import in_tongue


def counted(count: SubjectCount, basis: Basis) -> Figure:
    """Return a number of persons that the scan counted."""
    value = count.bounds
    source = text(
        "source.counted",
        basis.tongue,
        scan=basis.result.scan.id,
        scope=_scope(count, basis),
        category=said("category", count.category, basis.tongue),
        window=said("window", count.window, basis.tongue),
        method=said("method", count.method, basis.tongue),
        interval=_bounds(value, basis),
        day=basis.result.scan.as_of,
    )
    return Figure(text=_persons(value, basis), value=value, source=source + _remarks(count, basis))


def tested(finding: Finding, basis: Basis) -> Figure:
    """Return the number that a rule tested; its unit is that of the rule."""
    value = finding.count or Interval(0, 0, 0)
    source = text(
        "source.tested",
        basis.tongue,
        scan=basis.result.scan.id,
        scope=said("scope", finding.scope.partition(":")[0], basis.tongue).format(
            name=finding.scope.partition(":")[2]
        ),
        rule=finding.rule_id,
        window=said("window", finding.window, basis.tongue),
        method=said("method", method_of(basis), basis.tongue),
        interval=_bounds(value, basis),
        day=basis.result.scan.as_of,
    )
    shown = _persons(value, basis) if finding.unit == "persons" else _plain(value, basis)
    return Figure(text=shown, value=value, source=source)


def held_in(persons: Interval, flow: str, basis: Basis) -> Figure:
    """Return the persons with something in a column that leaves in a flow."""
    source = text(
        "source.item",
        basis.tongue,
        scan=basis.result.scan.id,
        flow=flow,
        method=said("method", method_of(basis), basis.tongue),
        day=basis.result.scan.as_of,
    )
    return Figure(text=_persons(persons, basis), value=persons, source=source)


def number(value: int, unit: str, basis: Basis, *, exact: bool = True, bare: bool = False) -> Figure:
    """Return a number that the record states or its entries were counted to; ``bare``: without its unit."""
    source = text(
        f"source.number.{unit}", basis.tongue, scan=basis.result.scan.id, day=basis.result.scan.as_of
    )
    shown = text(f"figure.{unit}" if exact else "figure.about", basis.tongue, n=value)
    shown = f"{value:,}" if bare else _singular(shown, value, basis)
    return Figure(text=shown, value=Interval(value, value, value), source=source)


def declared(value: Interval, key: str, basis: Basis) -> Figure:
    """Return a number that the organization declared."""
    where = basis.declared_in if key in basis.beside else "scan.json"
    source = text("source.declared", basis.tongue, key=key, where=where)
    return Figure(text=_plain(value, basis), value=value, source=source)


def method_of(basis: Basis) -> str:
    """Return how the people of the organization were counted."""
    methods = {count.category: count.method for count in basis.result.organization.subjects}
    return methods.get("all", basis.result.scan.count)


def _persons(value: Interval, basis: Basis) -> str:
    shown = text("figure.persons", basis.tongue, n=value.estimate)
    return _singular(shown, value.estimate, basis) + _doubt(value, basis)


def _singular(shown: str, number: int, basis: Basis) -> str:
    return shown.removesuffix("s") if basis.tongue == "en" and number == 1 else shown


def _plain(value: Interval, basis: Basis) -> str:
    return f"{value.estimate:,}{_doubt(value, basis)}"


def _doubt(value: Interval, basis: Basis) -> str:
    """Return the interval in brackets; nothing where the number is certain."""
    if value.lower == value.upper:
        return ""
    return text("bracketed", basis.tongue, what=_bounds(value, basis))


def _bounds(value: Interval, basis: Basis) -> str:
    if value.open_ended:
        return text("figure.open", basis.tongue, lower=value.lower)
    return text("figure.interval", basis.tongue, lower=value.lower, upper=value.upper)


def _scope(count: SubjectCount, basis: Basis) -> str:
    name = "" if count.scope == "organization" else count.name
    if count.scope == "flow" and count.name == "outbound":
        return said("scope", "outbound", basis.tongue)
    return said("scope", count.scope, basis.tongue).format(name=name)


def _remarks(count: SubjectCount, basis: Basis) -> str:
    """Return what else the record says of a count."""
    remarks = []
    if count.confidence is not None:
        key = "source.confidence" if count.method == "sketch" else "source.measured"
        remarks.append(text(key, basis.tongue, share=f"{count.confidence:.0%}"))
    if count.gross:
        remarks.append(text("source.gross", basis.tongue, n=count.gross.estimate))
    if count.net:
        remarks.append(text("source.net", basis.tongue, n=count.net.estimate))
    if count.modelled is not None:
        remarks.append(
            text("source.modelled", basis.tongue, n=count.modelled, error=count.modelled_error or 0)
        )
    if count.note:
        remarks.append(in_tongue(count.note, basis.tongue))
    return "".join(f" {remark}" if basis.tongue == "en" else remark for remark in remarks)
