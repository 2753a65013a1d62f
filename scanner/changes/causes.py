"""Why a verdict changed: the data, what was read, what was declared, the rules, or the day.

Nothing is guessed. The facts of one scan are put to the rules of the other, which tells whether the rules
alone or the facts alone change the verdict. What cannot be asked again, because a pack or the facts are not
to be had, is decided only where it follows from what is the same in both scans; else it is ``unknown``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scanner.changes.asking import Line, PackArchive, Rules, Verdicts, ask, recorded, rules_of, with_counts_of
from scanner.result import Finding, Result


@dataclass(frozen=True)
class Causes:
    """Two scans, their facts and rules asked crosswise, each combination once and on demand."""

    before: Result
    after: Result
    archive: PackArchive

    def of(self, line: Line) -> str:
        """Return the cause of a changed verdict; see ``LineChange.cause``."""
        then = _said(self._then_then, line, recorded(self.before))
        now = _said(self._now_now, line, recorded(self.after))
        if then == now:
            return "program"
        side = self._side(line, then, now)
        if side == "rules":
            return self._rules_cause(line, now)
        return self._facts_cause(line) if side == "facts" else side

    def _side(self, line: Line, then: str, now: str) -> str:
        """Return whether ``facts`` or ``rules`` changed a verdict, ``several`` or ``unknown``."""
        if self._same_rules or self._same_facts:
            if not (self._same_program or (self._then_then and self._now_now)):
                return "unknown"
            return "facts" if self._same_rules else "rules"
        crossed = ((self._then_now, now, then), (self._now_then, then, now))
        answers = {_pointed_to(said.get(line, ""), *ends) for said, *ends in crossed if said is not None}
        if not answers:
            return "unknown"
        return answers.pop() if len(answers) == 1 else "several"

    def _rules_cause(self, line: Line, now: str) -> str:
        """Return ``day`` if the texts of then, asked on the day of now, say the same: time alone did it."""
        asked_twice = line in recorded(self.before) and line in recorded(self.after)
        if not asked_twice or self.before.scan.as_of == self.after.scan.as_of:
            return "rules"
        if self._same_packs:
            return "day"
        if self._rules_then is None or self._rules_now is None:
            return "rules"
        later = ask(self.before.facts, Rules(self._rules_then.packs, self._rules_now.day))
        return "day" if later is not None and later.get(line, "") == now else "rules"

    def _facts_cause(self, line: Line) -> str:
        """Return whether counts or declarations changed a verdict; ``facts`` if that is not to be told."""
        rules = self._rules_now or self._rules_then
        mixed = ask(with_counts_of(self.after.facts, self.before.facts), rules)
        if mixed is None:
            return "facts"
        old = self._then_now if self._rules_now else self._then_then
        new = self._now_now if self._rules_now else self._now_then
        said = mixed.get(line, "")
        if said == (old or {}).get(line, ""):
            return "coverage" if self._hinges_on_coverage(line) else "counted"
        return "declared" if said == (new or {}).get(line, "") else "several"

    def _hinges_on_coverage(self, line: Line) -> bool:
        """Return whether one of the two verdicts is open since something was not read."""
        return _wants_reading(self.before, line) != _wants_reading(self.after, line)

    @cached_property
    def _same_packs(self) -> bool:
        return set(self.before.scan.packs) == set(self.after.scan.packs)

    @cached_property
    def _same_rules(self) -> bool:
        return self._same_packs and self.before.scan.as_of == self.after.scan.as_of

    @cached_property
    def _same_program(self) -> bool:
        return self.before.scan.version == self.after.scan.version

    @cached_property
    def _same_facts(self) -> bool:
        """Return whether the facts are equal but for their day, which belongs to the rules."""
        then, now = self.before.facts, self.after.facts
        if then is None or now is None:
            return False
        return _dayless(then.given) == _dayless(now.given) and then.routed == now.routed

    @cached_property
    def _rules_then(self) -> Rules | None:
        return rules_of(self.before, self.archive)

    @cached_property
    def _rules_now(self) -> Rules | None:
        return rules_of(self.after, self.archive)

    @cached_property
    def _then_then(self) -> Verdicts | None:
        return ask(self.before.facts, self._rules_then)

    @cached_property
    def _then_now(self) -> Verdicts | None:
        """Return the facts of then under the rules of now."""
        return ask(self.before.facts, self._rules_now)

    @cached_property
    def _now_then(self) -> Verdicts | None:
        """Return the facts of now under the rules of then."""
        return ask(self.after.facts, self._rules_then)

    @cached_property
    def _now_now(self) -> Verdicts | None:
        return ask(self.after.facts, self._rules_now)


def _said(again: Verdicts | None, line: Line, found: Verdicts) -> str:
    """Return what the rules say today if they can be asked, else what the scan found."""
    return (found if again is None else again).get(line, "")


def _pointed_to(said: str, by_rules: str, by_facts: str) -> str:
    """Return what a verdict on facts and rules of different scans speaks for."""
    return {by_facts: "facts", by_rules: "rules"}.get(said, "several")


def _dayless(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != "as_of"}


def _wants_reading(result: Result, line: Line) -> bool:
    return any("scan.complete" in finding.needs for finding in _findings(result, line))


def _findings(result: Result, line: Line) -> list[Finding]:
    return [finding for finding in result.findings if (finding.rule_id, finding.scope) == line]
