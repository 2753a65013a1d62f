"""Grades and levels, with the reasons for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, in both languages.

    Attributes:
        rule: Id of the rule, indicator or catalogue entry it rests on; empty for a plain statement.
        source: The text behind it, with article or date.
        settle_en, settle_zh: What would confirm or refute it; empty when nothing is open.
        confidence: How well the source is verified: ``high``, ``medium`` or ``low``.
    """

    en: str
    zh: str
    rule: str = ""
    source: str = ""
    settle_en: str = ""
    settle_zh: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeLevel:
    """Level of a column or table under a scheme with numbered levels, 1 the lowest.

    Attributes:
        scheme: Id of the scheme, such as ``general-data`` or ``finance``.
        highest: The highest level of the scheme.
        reasons: Why not lower.
    """

    scheme: str
    name_en: str
    name_zh: str
    level: int
    highest: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeResult:
    """Grade of a dataset or data item under the Data Security Law, article 21, and GB/T 43697-2024.

    Attributes:
        level: ``general``, ``important`` or ``core``.
        status: ``indicated`` (by the scan) or ``confirmed`` (notified or published).
        basis: The reasons as sentences that hold both languages.
        reasons: The same, each language by itself, with source and what would settle it.
        for_person: Whether a person has to decide; always so where core data are indicated.
    """

    level: str
    status: str
    basis: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    for_person: bool = False


def grade_for(level: str, status: str, reasons: Iterable[Reason], *, for_person: bool = False) -> GradeResult:
    """Return a grade whose ``basis`` says the reasons in both languages, one after the other."""
    kept = tuple(dict.fromkeys(reasons))
    basis = tuple(f"{reason.en} {reason.zh}" for reason in kept)
    return GradeResult(level=level, status=status, basis=basis, reasons=kept, for_person=for_person)


GENERAL = grade_for("general", "indicated", ())
