"""Verdicts that changed, each with its cause."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from scanner.changes.asking import Line, PackArchive
from scanner.changes.causes import Causes
from scanner.changes.model import LineChange
from scanner.result import Finding, Result
from scanner.rules import successor
from scanner.words.texts import text_of

_RANK = ("reached", "left", "opened", "settled", "other")


def line_changes(before: Result, after: Result, archive: PackArchive) -> Iterator[LineChange]:
    """Yield every verdict that differs: lines reached first, then left, opened, settled and others.

    A rule that was asked in one scan only is left out where its verdict says that nothing follows.
    """
    old, new = _by_line(before), _by_line(after)
    causes = Causes(before, after, archive)
    changed = [line for line in dict.fromkeys((*new, *old)) if _differs(old.get(line), new.get(line))]
    found = [_change(line, old.get(line), new.get(line), causes.of(line)) for line in changed]
    asked = {rule for rule, _ in old.keys() - new.keys()}, {rule for rule, _ in new.keys() - old.keys()}
    found = [_succeeding(change, *asked) for change in found]
    yield from sorted(found, key=lambda change: _RANK.index(change.change))


def _by_line(result: Result) -> Mapping[Line, Finding]:
    return {(finding.rule_id, finding.scope): finding for finding in result.findings}


def _differs(old: Finding | None, new: Finding | None) -> bool:
    verdicts = {finding.verdict for finding in (old, new) if finding}
    if old and new:
        return len(verdicts) > 1
    return bool(verdicts & {"met", "undetermined"})


def _change(line: Line, old: Finding | None, new: Finding | None, cause: str) -> LineChange:
    shown = new or old
    if shown is None:
        raise ValueError(f"neither scan asked {line}")
    then, now = old.verdict if old else "", new.verdict if new else ""
    return LineChange(
        rule_id=shown.rule_id,
        pack=shown.pack,
        scope=shown.scope,
        title=shown.title,
        title_zh=shown.title_zh,
        instrument=shown.instrument,
        instrument_zh=shown.instrument_zh,
        article=shown.article,
        kind=shown.kind,
        unit=shown.unit,
        change=_direction(then, now),
        before=then,
        after=now,
        threshold=shown.threshold,
        operator=shown.operator,
        count_before=old.count if old else None,
        count_after=new.count if new else None,
        cause=cause,
        why=text_of("scanner.changes", f"cause.{cause}", "en"),
        why_zh=text_of("scanner.changes", f"cause.{cause}", "zh"),
    )


def _succeeding(change: LineChange, ended: Collection[str], begun: Collection[str]) -> LineChange:
    """Return a change with the rules it took over from, or that took over from it, between the scans."""
    replaces = tuple(sorted(rule for rule in ended if successor(rule) == change.rule_id))
    later = successor(change.rule_id) if change.rule_id in ended else ""
    return replace(change, replaces=replaces, replaced_by=later if later in begun else "")


def _direction(then: str, now: str) -> str:
    if now == "met":
        return "reached"
    if now == "undetermined":
        return "opened"
    return {"met": "left", "undetermined": "settled"}.get(then, "other")
