"""Exit codes: what a shell or a scheduler learns about a scan."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.result import Result

OK, REACHED, CANNOT_RUN, INCOMPLETE = 0, 1, 2, 3
INTERRUPTED = 130  # by Ctrl-C, as shells have it


class FailOn(StrEnum):
    """What makes a complete scan exit with 1."""

    MET = "met"
    UNDETERMINED = "undetermined"
    IMPORTANT = "important"
    PI = "pi"


def exit_code(result: Result, fail_on: FailOn | None) -> int:
    """Return the exit code of a finished scan."""
    if not result.complete:
        return INCOMPLETE
    return REACHED if fail_on is not None and _reached(result, fail_on) else OK


def _reached(result: Result, fail_on: FailOn) -> bool:
    verdicts = {finding.verdict for finding in result.findings}
    # Lines that only all tables together reach make the organization important, and no dataset.
    grades = {result.organization.grade.level, *(dataset.grade.level for dataset in result.datasets)}
    tables = (table for dataset in result.datasets for table in dataset.tables)
    return {
        FailOn.MET: "met" in verdicts,
        FailOn.UNDETERMINED: bool(verdicts & {"met", "undetermined"}),
        FailOn.IMPORTANT: bool(grades & {"important", "core"}),
        FailOn.PI: any(table.pi_columns for table in tables),
    }[fail_on]
