"""What every report shows, worked out once: choices and sums over a Result, without any wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import (
    DatasetResult,
    Distance,
    Finding,
    FlowResult,
    GradeResult,
    Interval,
    NotScanned,
    Obligation,
    OpenPoint,
    Result,
    SchemeLevel,
    SubjectCount,
    TableResult,
)
from scanner.result.selecting import tables, total

NEAR = 0.9  # share of the threshold from which an open verdict hinges on the count
FEW_PLACES = 3  # tables that were not scanned for one reason, and are named each
MOST_ON_PAPER = 60  # of them that are printed
HEADLINE = ("all", "sensitive", "minor_under_14", "minor_under_18")  # categories everybody asks for

_STATES = {
    "holds": "holds",
    "does not hold": "fails",
    "unknown": "open",
    "to be checked by a person": "open",
}  # fmt: skip
_AT_LEAST = ("ge", "gt")
_BELOW = ("le", "lt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Findings in the order in which they matter.

    Attributes:
        met: Rules whose conditions are met, those with a number first.
        first_person: Met from the first person on, or by a fact without a number.
        unsure: Undetermined although (or because) the count reaches, touches or nears the line.
        waiting: Undetermined for want of facts.
        near: Not yet reached, but in the band below the line.
        not_met, not_applicable: How many others there are.
        far: Those of ``not_met`` that have a line in numbers of people; the nearest first.
    """

    met: tuple[Finding, ...]
    first_person: tuple[Finding, ...]
    unsure: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    near: tuple[Finding, ...]
    not_met: int
    not_applicable: int
    far: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of the map: a table, or a dataset when there are many tables (``table`` is empty)."""

    dataset: str
    table: str
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class Missed:
    """What was not scanned of a source for one reason: (table, column), both empty for all of it."""

    source: str
    reason: str
    places: tuple[tuple[str, str], ...]


def missed(entries: Iterable[NotScanned]) -> tuple[Missed, ...]:
    """Return what was not scanned by source and reason, whole sources first."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry in sorted(entries, key=lambda entry: bool(entry.table)):
        groups.setdefault((entry.source, entry.reason), []).append((entry.table, entry.column))
    return tuple(Missed(source, reason, tuple(places)) for (source, reason), places in groups.items())


def place(group: Missed) -> str:
    """Return where something was not scanned, its first place where there are several."""
    table, column = group.places[0]
    return f"{group.source}{f'/{table}' if table else ''}{f'.{column}' if column else ''}"


def missed_of(flow: FlowResult, result: Result) -> tuple[Missed, ...]:
    """Return what was not scanned of the tables of a flow, or of a source that holds one."""
    return missed(
        entry
        for entry in result.not_scanned
        if f"{entry.source}/{entry.table}" in flow.tables
        or (not entry.table and any(table.startswith(f"{entry.source}/") for table in flow.tables))
    )


def settling(flow: FlowResult, result: Result) -> list[tuple[str, str]]:
    """Return what would settle an open route: what the open rules that it rests on say, in two languages."""
    if flow.mechanism != "undetermined":
        return []
    scopes = ("outbound", f"flow:{flow.name}")
    found = (f for f in result.findings if f.rule_id in flow.because and f.scope in scopes and f.settle)
    said = list(dict.fromkeys((f.settle, f.settle_zh) for f in found))
    return [one for one in said if not any(one[0] in other[0] for other in said if other != one)]


def next_steps(shown: Lines) -> tuple[tuple[tuple[str, str], int], ...]:
    """Return what would settle the open lines, in two languages, with how many; most helpful first."""
    numbers = Counter((f.settle, f.settle_zh) for f in shown.unsure if f.settle)
    return tuple(numbers.most_common())


def lines(findings: Iterable[Finding]) -> Lines:
    """Return the findings sorted into what is met, open and near."""
    by_verdict: dict[str, list[Finding]] = {}
    for finding in findings:
        by_verdict.setdefault(finding.verdict, []).append(finding)
    unsettled = by_verdict.get("undetermined", [])
    met, not_met = by_verdict.get("met", []), by_verdict.get("not_met", [])
    close = tuple(f for f in not_met if is_near(f))
    far = tuple(f for f in not_met if _is_line(f) and f not in close)
    return Lines(
        met=tuple(sorted((f for f in met if _is_line(f)), key=_weight)),
        first_person=tuple(f for f in met if not _is_line(f)),
        unsure=tuple(sorted((f for f in unsettled if _hinges_on_count(f)), key=_weight)),
        waiting=tuple(f for f in unsettled if not _hinges_on_count(f)),
        near=close,
        far=tuple(sorted(far, key=_remoteness)),
        not_met=len(not_met) - len(close),
        not_applicable=len(by_verdict.get("not_applicable", [])),
    )


def _is_line(finding: Finding) -> bool:
    """Return whether a number of people had to be reached (or stayed below)."""
    return finding.count is not None and (finding.threshold or 0) > 1


def _weight(finding: Finding) -> int:
    """Put the great lines first: those with the largest thresholds."""
    return -(finding.threshold or 0)


def _remoteness(finding: Finding) -> float:
    """Return how small a part of the line is reached; a small one is far off."""
    return -finding.count.upper / finding.threshold if finding.count and finding.threshold else 0.0


def is_near(finding: Finding) -> bool:
    """Return whether a line is not reached, but the most people there can be are in the band below it."""
    if finding.verdict != "not_met" or finding.operator not in _AT_LEAST:
        return False
    return finding.distance is not None and finding.distance.band == "near"


def gap(distance: Distance) -> tuple[str, dict[str, str]]:
    """Return the key of the text that says how far the line is, with the numbers for its places."""
    low, high = distance.lower, distance.upper
    low_share, high_share = distance.percent_lower, distance.percent_upper
    if distance.band in ("near", "far") and low is not None and low_share is not None:
        return "line.gap.short", {"n": _span(low, high), "share": _share_span(low_share, high_share)}
    if low is None or low_share is None:
        key = "line.gap.beyond.open" if distance.band == "beyond" else "line.gap.inside.open"
        return key, {"n": f"{abs(high):,}", "share": f"{abs(high_share):g} %"}
    if distance.band == "beyond":
        return "line.gap.beyond", {
            "n": _span(-high, -low),
            "share": _share_span(abs(high_share), abs(low_share)),
        }
    return "line.gap.inside", {"short": f"{high:,}", "beyond": f"{-low:,}"}


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} – {high:,}"


def _share_span(low: float, high: float) -> str:
    return f"{low:g} %" if low == high else f"{low:g} – {high:g} %"


def conditions(finding: Finding) -> dict[str, list[str]]:
    """Return what the rule presupposes by its state: ``holds``, ``fails``, or ``open`` (taken as given)."""
    found: dict[str, list[str]] = {"holds": [], "fails": [], "open": []}
    for condition in finding.conditions:
        text, _, state = condition.rpartition(": ")
        found[_STATES.get(state, "open")].append(text if state in _STATES else condition)
    return {state: texts for state, texts in found.items() if texts}


def grades(result: Result) -> tuple[tuple[tuple[str, ...], GradeResult], ...]:
    """Return each grade with the names of the datasets that have it for the same reasons."""
    alike: dict[GradeResult, list[str]] = {}
    for dataset in result.datasets:
        alike.setdefault(dataset.grade, []).append(dataset.name)
    return tuple((tuple(names), grade) for grade, names in alike.items())


def levels(result: Result) -> tuple[tuple[DatasetResult, TableResult, SchemeLevel], ...]:
    """Return the levels of tables under schemes with numbered levels, the highest first."""
    found = [(dataset, table, level) for dataset, table in tables(result) for level in table.levels]
    return tuple(sorted(found, key=lambda item: (item[2].scheme, -item[2].level)))


def _hinges_on_count(finding: Finding) -> bool:
    if finding.count is None or finding.threshold is None:
        return False
    return finding.operator in _BELOW or finding.count.upper >= NEAR * finding.threshold


def missing_facts(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """Return the facts that are missing with the number of rules each would help, most helpful first."""
    numbers = Counter(need for finding in findings for need in finding.needs)
    return tuple(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def headline(result: Result) -> tuple[tuple[str, SubjectCount | None], ...]:
    """Return the organization's count per category everybody asks for; None where nobody counted."""
    return tuple((category, total(result.organization.subjects, category)) for category in HEADLINE)


def interval(count: SubjectCount | Interval) -> Interval:
    """Return the bounds of a count alone: those that hold, also while something is not read."""
    return count.bounds if isinstance(count, SubjectCount) else count


def open_points(result: Result, *, most: int, ages: int) -> tuple[list[OpenPoint], list[OpenPoint]]:
    """Return the open points to show first, so many of everybody and so many of ages, and all others."""
    linkage = result.organization.linkage
    points = linkage.open_points if linkage else ()
    everybody = [point for point in points if not point.of_ages]
    of_ages = [point for point in points if point.of_ages]
    return everybody[:most] + of_ages[:ages], everybody[most:] + of_ages[ages:]


def narrowing(point: OpenPoint) -> str:
    """Return the key of the text that says what answering an open point narrows."""
    return "people.point.ages" if point.of_ages else "people.point"


def heat(result: Result, *, by_dataset: bool) -> tuple[HeatRow, ...]:
    """Return the columns per PI type of each table or dataset that has any, in the order of the result."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for dataset, table in tables(result):
        key = (dataset.name, "" if by_dataset else table.name)
        found = (tag.type for column in table.columns for tag in column.held)
        rows.setdefault(key, Counter()).update(found)
    return tuple(HeatRow(dataset, table, dict(found)) for (dataset, table), found in rows.items() if found)


def widest(result: Result, limit: int = 5) -> tuple[tuple[DatasetResult, TableResult, SubjectCount], ...]:
    """Return the tables whose counts are least certain, widest interval first."""
    counted = (
        (dataset, table, count)
        for dataset, table in tables(result)
        if (count := total(table.subjects)) is not None and count.upper > count.lower
    )
    return tuple(sorted(counted, key=lambda item: item[2].lower - item[2].upper)[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroups:
    """Obligations as they are shown: firm with a day or in breach, firm without one, conditional."""

    dated: tuple[Obligation, ...]
    undated: tuple[Obligation, ...]
    conditional: tuple[Obligation, ...]


def due_groups(obligations: Iterable[Obligation]) -> DueGroups:
    """Return the obligations in the groups in which they are shown."""
    every = tuple(obligations)
    firm = [one for one in every if not one.conditional]
    dated = tuple(one for one in firm if one.status == "breached" or (one.due and one.status != "done"))
    return DueGroups(
        dated=dated,
        undated=tuple(one for one in firm if one not in dated),
        conditional=tuple(one for one in every if one.conditional),
    )


def sketched(result: Result) -> bool:
    """Return whether any count comes from a sketch."""
    parts = [result.organization.subjects, *(flow.subjects for flow in result.flows)]
    parts += [dataset.subjects for dataset in result.datasets]
    parts += [table.subjects for _, table in tables(result)]
    return any(count.method == "sketch" for counts in parts for count in counts)


def sources(result: Result) -> tuple[tuple[str, str], ...]:
    """Return every source that was opened or should have been, with a place where that is known."""
    places = {dataset.source: dataset.location for dataset in reversed(result.datasets)}
    unread = {entry.source: "" for entry in result.not_scanned}
    return tuple(sorted((unread | places).items()))
