"""What became of one rule, limb by limb, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.rules.facts.readings import Reading
from scanner.rules.law.rule_parts import Comparison, Condition, Note
from scanner.rules.metrics.metric import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """One comparison with its result; ``passed`` None: open."""

    test: Comparison
    metric: Metric
    reading: Reading
    passed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rule on one view of the facts.

    Attributes:
        verdict: ``met``, ``not_met``, ``undetermined`` or ``not_applicable``.
        passed: The tests alone, without the conditions.
        limbs: The main test and its alternatives; the first is the main one.
        further: Tests that must pass as well.
        conditions: What is presupposed, with its state (None: unknown).
        needs: Keys of the facts that would settle the verdict.
    """

    verdict: str
    passed: bool | None
    limbs: tuple[Limb, ...]
    further: tuple[Limb, ...]
    conditions: tuple[tuple[Condition, bool | None], ...]
    notes: tuple[Note, ...]
    needs: tuple[str, ...]
