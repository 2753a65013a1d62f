"""What was seen in a column: evidence for every PI type, in numbers, never a value."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from classifiers._recognizer import Recognizer

STRONG = 0.75  # a header at least this strong names a type by itself
WEAK = 0.35  # a header at least this strong counts when values agree


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeEvidence:
    """What speaks for one type in one column.

    Attributes:
        named: Strength of the header and comment that name it, in [0, 1].
        matched, fitting: Cells that are values of it, and cells that could be.
        checked: Cells looked at.
        chance: Cells that match only as often as other numbers of their form do; not among ``matched``.
        nobody: Cells that a user listed as being about nobody.
        decimals: Digits behind the point, of coordinates.
        strict: What could be of it is narrow, of this type or under this word, so that it confirms a hint.
    """

    recognizer: Recognizer
    named: float
    word: str
    matched: int
    fitting: int
    checked: int
    chance: int = 0
    nobody: int = 0
    decimals: int | None = None
    strict: bool = False

    @property
    def silent(self) -> bool:
        """Return whether neither header nor cells speak for the type, nor ever did."""
        return not (self.named or self.matched or self.fitting or self.chance or self.nobody)

    @property
    def share(self) -> float:
        """Share of cells that match, in [0, 1]."""
        return self.matched / self.checked if self.checked else 0.0

    @property
    def fit(self) -> float:
        """Share of cells that match or could match, in [0, 1]."""
        return max(self.matched, self.fitting) / self.checked if self.checked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEvidence:
    """Everything seen in one column.

    Attributes:
        opposed: Word of a header that says the column is not personal, or empty.
        masked: Share of cells that are masked.
        pseudonymous: Share of cells that are hashes or ciphertext, where the header names what may be hashed.
        distinct, longest: Number of distinct values, and characters of the longest.
        listing: Types that the column does not show although values fit: it lists each of them once.
        leaves: Evidence in the leaves of structured cells.
        in_text: Cells whose running text holds each type.
        texts: Cells of running text that were read.
    """

    column: str
    types: tuple[TypeEvidence, ...]
    opposed: str
    masked: float
    distinct: int
    longest: int
    pseudonymous: float = 0.0
    listing: frozenset[str] = frozenset()
    leaves: tuple[ColumnEvidence, ...] = ()
    in_text: Mapping[str, int] = field(default_factory=dict)
    texts: int = 0

    def without(self, types: Container[str]) -> ColumnEvidence:
        """Return the evidence as if nobody had looked for these types."""
        return replace(
            self,
            types=tuple(found for found in self.types if found.recognizer.type not in types),
            leaves=tuple(leaf.without(types) for leaf in self.leaves),
            in_text={name: cells for name, cells in self.in_text.items() if name not in types},
        )
