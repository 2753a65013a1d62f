"""What became of one rule, limb by limb, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.rules.facts.readings import Reading, Text
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
class Open:
    """Something that is open, and would settle the verdict.

    Attributes:
        said: What it is: a number of something, or a statement that holds or not.
        keys: Of the facts file.
        how: ``state`` a number, ``confirm`` or deny a statement, ``narrow`` what was counted, or find
            out the ``ages`` of people; ``both`` of the last two.
        unknown_age: How many persons' ages.
    """

    said: Text
    keys: tuple[str, ...]
    how: str
    unknown_age: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rule on one view of the facts.

    Attributes:
        verdict: ``met``, ``not_met``, ``undetermined`` or ``not_applicable``.
        passed: The tests alone, without the conditions.
        limbs: The main test and its alternatives; the first is the main one.
        further: Tests that must pass as well.
        conditions: What is presupposed, with its state (None: unknown).
        open: What would settle the verdict.
    """

    verdict: str
    passed: bool | None
    limbs: tuple[Limb, ...]
    further: tuple[Limb, ...]
    conditions: tuple[tuple[Condition, bool | None], ...]
    notes: tuple[Note, ...]
    open: tuple[Open, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the keys of the facts that would settle the verdict."""
        return tuple(dict.fromkeys(key for one in self.open for key in one.keys))
