"""Columns, with what they hold and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.result.grades import GENERAL, GradeResult, SchemeLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAs:
    """Whether a standard lists a PI type as sensitive, and whether it is the one in force."""

    standard: str
    sensitive: bool
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceResult:
    """One reason for a tag; see ``classifiers.Evidence``."""

    kind: str
    matched: int
    checked: int
    detail: str
    supports: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TagResult:
    """A tag as it is reported.

    Attributes:
        sensitive: Whether the type is sensitive PI under the standard in force on ``as_of``.
        category: Its sensitive category, or empty.
        listed: What each standard says of the type, oldest first.
        decimals: Digits behind the point that most coordinates have; None where there are none.
    """

    type: str
    name_zh: str
    name_en: str
    presidio_entity: str
    confidence: float
    decision: str
    sensitive: bool
    category: str
    form: str
    prevalence: float | None
    evidence: tuple[EvidenceResult, ...]
    listed: tuple[ListedAs, ...] = ()
    decimals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateResult:
    """A type that something spoke for and that is no tag; see ``classifiers.Candidate``."""

    type: str
    name_zh: str
    name_en: str
    why: str
    word: str
    named: float
    matched: int
    fitting: int
    checked: int
    needed: float | None
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnResult:
    """A column with its tags (none: no PI found), its grade and its levels.

    Attributes:
        cells: Non-empty cells that were looked at.
        against: Word of the header that says that the column is not personal, or empty.
        considered: Types that something spoke for and that are no tag, likeliest first.
        filled: Share of the cells sampled that hold something, in [0, 1]; None where nothing was sampled.
        examples: Masked values, where they were asked for.
        key_of: Table to whose rows the column refers, after its dataset if that is another one, or ``(user)``
            where no table lists those persons; its values tell people apart within the database
            (docs/counting.md, section 7). Empty: it is no such key.
        thing_of: Table about things, such as visits, to whose rows the column refers: rows that tell nobody
            apart are counted as those of the persons there. Empty: they are not.
    """

    name: str
    type: str
    comment: str
    tags: tuple[TagResult, ...]
    grade: GradeResult = GENERAL
    levels: tuple[SchemeLevel, ...] = ()
    cells: int = 0
    against: str = ""
    considered: tuple[CandidateResult, ...] = ()
    filled: float | None = None
    examples: tuple[str, ...] = ()
    key_of: str = ""
    thing_of: str = ""

    @property
    def held(self) -> tuple[TagResult, ...]:
        """Return the tags that stand: all but those a reviewer rejected."""
        return tuple(tag for tag in self.tags if tag.decision != "rejected")
