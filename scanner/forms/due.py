"""Whether the findings of a scan call for a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scanner.forms.definition import Form
from scanner.result import Finding, Result

# The order in which verdicts decide: one rule that is met is enough.
_ORDER = ("met", "undetermined", "not_met", "not_applicable")
UNASKED = "unasked"


def findings_for(form: Form, result: Result) -> tuple[Finding, ...]:
    """Return the findings of the rules that call for a form, what decides coming first."""
    rules = (*form.rules, *form.also)
    found = [
        finding
        for finding in result.findings
        if finding.rule_id in form.rules or (finding.rule_id in form.also and finding.verdict == "met")
    ]
    return tuple(sorted(found, key=lambda f: (_ORDER.index(f.verdict), rules.index(f.rule_id), f.scope)))


def standing(findings: Sequence[Finding]) -> str:
    """Return the verdict that decides, or ``unasked`` where no rule was asked."""
    return findings[0].verdict if findings else UNASKED


def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that a reader needs: those that decide, and the others with a number."""
    found = tuple(findings)
    deciding = standing(found)
    needed = (f for f in found if f.verdict == deciding or (f.count and f.verdict != "not_applicable"))
    # What is said of every flow alike is said once.
    return tuple({(f.rule_id, f.verdict, f.count, f.needs): f for f in needed}.values())
