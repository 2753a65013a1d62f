"""What is worth telling after a slot, from its end and from the changes since the last scan. Pure.

Names of datasets, tables, columns and rules, numbers of persons and reasons are told; values never are, since
no result holds one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from classifiers import pi_types
from scanner.changes import Changes, ColumnChange, CountChange, LineChange
from scanner.notify.settings import Kind
from scanner.result import UNBOUNDED, Finding, Interval, Result, SubjectCount

_LONGEST = 160  # characters of a name from a source
# A count reaches the line of such a rule, and a duty or a status follows; others are requirements,
# exemptions, and rules for those who stay below.
_KINDS, _UPWARDS = ("duty", "status"), ("ge", "gt")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened.

    Attributes:
        data: The same for programs.
    """

    kind: Kind
    zh: str
    en: str
    data: Mapping[str, Any] = field(default_factory=dict)


def clean(name: str) -> str:
    """Return a name from a source without what could steer a terminal, a chat or a header.

    >>> clean("a" + chr(10) + "Bcc: x" + chr(0x202E))
    'a Bcc: x '
    """
    shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def scan_news(before: Result | None, after: Result, changes: Changes | None) -> Iterator[News]:
    """Yield what a scan found, against the one before it."""
    if before is None or changes is None:
        yield from _first(after)
    else:
        for column in changes.columns:
            yield from _column(column)
        for line in changes.lines:
            yield from _line(line)
        yield from _nearer(before, after, {(line.rule_id, line.scope) for line in changes.lines})
        for count in changes.counts:
            yield from _moved(count)
        yield from _raised(changes)
    if not after.complete:
        yield _incomplete(after)


# ---------------------------------------------------------------------- the first scan
def _first(after: Result) -> Iterator[News]:
    everybody = next((c for c in after.organization.subjects if c.category == "all"), None)
    columns = sum(
        any(tag.decision != "rejected" for tag in column.tags)
        for dataset in after.datasets
        for table in dataset.tables
        for column in table.columns
    )
    zh, en = _persons(everybody)
    yield News(
        kind="first",
        zh=f"首次扫描：{columns} 个含个人信息的列，{zh}。",
        en=f"First scan: {columns} columns with personal information, {en}.",
        data={"columns": columns},
    )
    for finding in after.findings:
        if _is_line(finding):
            if finding.verdict == "met":
                yield _about_line("line_reached", finding, "达到", "reached")
            elif _is_near(finding):
                yield _about_line("line_near", finding, "接近", "near")


def _persons(count: SubjectCount | None) -> tuple[str, str]:
    if count is None:
        return "未计数", "not counted"
    shown = _shown(Interval(count.lower, count.estimate, count.upper))
    return f"{shown[0]}人", f"{shown[1]} persons"


# ---------------------------------------------------------------------- columns
_COLUMNS: Mapping[str, tuple[Kind, str, str]] = {
    "new": ("new_pi_column", "新增个人信息列", "New column with personal information"),
    "vanished": ("vanished_pi_column", "个人信息列不再存在", "Column with personal information is gone"),
    "retyped": ("changed_pi_column", "个人信息类型变化", "Personal information of another type"),
    "sensitivity": ("changed_pi_column", "敏感性变化", "Other sensitivity"),
}


def _column(column: ColumnChange) -> Iterator[News]:
    if column.kind not in _COLUMNS:
        return
    kind, zh, en = _COLUMNS[column.kind]
    place = clean(f"{column.dataset}/{column.table}.{column.column}")
    types = column.after or column.before
    names = [pi_types().get(name) for name in types]
    in_zh = "、".join(clean(one.zh if one else name) for one, name in zip(names, types, strict=True))
    in_en = ", ".join(clean(one.en if one else name) for one, name in zip(names, types, strict=True))
    yield News(
        kind=kind,
        zh=f"{zh}：{place}（{in_zh}{'，敏感' if column.sensitive else ''}）",
        en=f"{en}: {place} ({in_en}{', sensitive' if column.sensitive else ''})",
        data=asdict(column),
    )


# ---------------------------------------------------------------------- lines
_CHANGES: Mapping[str, tuple[Kind, str, str]] = {
    "reached": ("line_reached", "达到", "reached"),
    "opened": ("line_near", "可能达到", "possibly reached"),
    "left": ("line_left", "不再达到", "no longer reached"),
}


def _line(line: LineChange) -> Iterator[News]:
    counted = _is_line(line) and line.change in _CHANGES
    kind, zh, en = _CHANGES[line.change] if counted else ("verdict_changed", line.after, line.after)
    before = f"{line.before or '-'} → {line.after or '-'}"
    now = _shown(line.count_after) if line.count_after else None
    tested = (f"，现为 {now[0]}", f", now {now[1]}") if now else ("", "")
    where = "" if line.scope == "organization" else f" [{clean(line.scope)}]"
    yield News(
        kind=kind,
        zh=f"{zh}：{clean(line.title_zh)}{where}（{line.article}；{before}{tested[0]}）",
        en=f"{en}: {clean(line.title)}{where} ({line.rule_id}; {before}{tested[1]}; cause: {line.cause})",
        data=asdict(line),
    )


def _is_line(rule: Finding | LineChange) -> bool:
    return rule.kind in _KINDS and rule.operator in _UPWARDS and rule.threshold is not None


def _is_near(finding: Finding) -> bool:
    return finding.distance is not None and finding.distance.band in ("near", "open")


def _nearer(before: Result, after: Result, told: set[tuple[str, str]]) -> Iterator[News]:
    """Yield lines that came near without a change of verdict."""
    near = {(f.rule_id, f.scope) for f in before.findings if _is_near(f) or f.verdict == "met"}
    for finding in after.findings:
        place = (finding.rule_id, finding.scope)
        if _is_line(finding) and _is_near(finding) and place not in near | told:
            yield _about_line("line_near", finding, "接近", "near")


def _about_line(kind: Kind, finding: Finding, zh: str, en: str) -> News:
    now = _shown(finding.count) if finding.count else ("", "")
    line = f"{finding.threshold:,}"
    where = "" if finding.scope == "organization" else f" [{clean(finding.scope)}]"
    return News(
        kind=kind,
        zh=f"{zh}：{clean(finding.title_zh)}{where}（{finding.article}；界线 {line}，现为 {now[0]}）",
        en=f"{en}: {clean(finding.title)}{where} ({finding.rule_id}; line {line}, now {now[1]})",
        data={
            "rule_id": finding.rule_id,
            "scope": finding.scope,
            "verdict": finding.verdict,
            "threshold": finding.threshold,
            "count": asdict(finding.count) if finding.count else None,
        },
    )


# ---------------------------------------------------------------------- counts, grades, routes, gaps
def _moved(count: CountChange) -> Iterator[News]:
    everybody = count.scope in ("organization", "flow") and count.category in ("all", "sensitive")
    if not (everybody and count.exceeds and count.before and count.after):
        return
    was, now = _shown(count.before), _shown(count.after)
    name = clean(count.name or count.scope)
    yield News(
        kind="count_moved",
        zh=f"人数变化：{name}，{count.category}，{count.window}：{was[0]} → {now[0]}",
        en=f"Persons: {name}, {count.category}, {count.window}: {was[1]} → {now[1]}",
        data=asdict(count),
    )


def _raised(changes: Changes) -> Iterator[News]:
    for grade in changes.grades:
        if grade.scope != "column":
            place = clean(grade.name or grade.scope)
            yield News(
                kind="grade_changed",
                zh=f"数据级别变化：{place}：{grade.before or '-'} → {grade.after or '-'}",
                en=f"Grade: {place}: {grade.before or '-'} → {grade.after or '-'}",
                data=asdict(grade),
            )
    for route in changes.routes:
        flow = clean(route.flow)
        yield News(
            kind="route_changed",
            zh=f"出境路径变化：{flow}：{route.before or '-'} → {route.after or '-'}",
            en=f"Route of flow: {flow}: {route.before or '-'} → {route.after or '-'}",
            data=asdict(route),
        )


def _incomplete(after: Result) -> News:
    places = [clean(f"{one.source}/{one.table}".rstrip("/")) for one in after.not_scanned]
    some = ", ".join(dict.fromkeys(places[:5])) + (" …" if len(places) > 5 else "")
    return News(
        kind="incomplete",
        zh=f"扫描不完整：{len(places)} 项未读取（{some}），计数没有上限。",
        en=f"Incomplete scan: {len(places)} not read ({some}); counts have no upper bound.",
        data={"not_scanned": len(places)},
    )


def _shown(count: Interval) -> tuple[str, str]:
    """Return a count in Chinese and English, with its bounds.

    >>> _shown(Interval(1_000, 1_200, 1_200))
    ('1,200（1,000 至 1,200）', '1,200 (1,000 to 1,200)')
    """
    if count.lower == count.upper:
        return f"{count.estimate:,}", f"{count.estimate:,}"
    if count.upper >= UNBOUNDED // 2:
        return f"{count.estimate:,}（至少 {count.lower:,}）", f"{count.estimate:,} (at least {count.lower:,})"
    bounds = f"{count.lower:,}", f"{count.upper:,}"
    return (
        f"{count.estimate:,}（{bounds[0]} 至 {bounds[1]}）",
        f"{count.estimate:,} ({bounds[0]} to {bounds[1]})",
    )
