"""What classifiers hand on: evidence and tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for (or against) one PI type in one column. Never holds a value.

    Attributes:
        kind: ``values``, ``header``, ``comment``, ``dictionary``, ``shape``, ``neighbours``,
            ``text``, ``structure``, ``list`` (of the user) or ``review``.
        matched: Cells that match; 0 for evidence that is not about cells.
        checked: Non-empty cells looked at.
        detail: One short phrase, such as the matching header word or the name of a check.
        supports: False for evidence that contradicts the type.

    """

    kind: str
    matched: int = 0
    checked: int = 0
    detail: str = ""
    supports: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """The decision that a column holds a PI type, and why.

    Attributes:
        type: Id from ``taxonomy.yaml``.
        confidence: Share of such tags that were right on the development data, in [0, 1].
        evidence: What the decision rests on; never empty.
        prevalence: Share of non-empty cells that hold the type, in [0, 1]; None if not known
            from values.
        form: ``plain`` (the cell is the value), ``embedded`` (inside text or a structure),
            ``masked`` (identifies nobody), ``pseudonymous`` (hashed or encrypted).
        decision: ``auto``, ``confirmed`` (by a reviewer) or ``rejected`` (by one, or as a company's).
        decimals: Digits behind the point that most coordinates have; None for other types.

    """

    type: str
    confidence: float
    evidence: tuple[Evidence, ...]
    prevalence: float | None = None
    form: str = "plain"
    decision: str = "auto"
    decimals: int | None = None

    def confirmed(self, why: Evidence) -> Tag:
        """Return the tag for certain; what else there is to say of it stays."""
        return replace(self, confidence=1.0, decision="confirmed", evidence=(why, *self.evidence))

    def rejected(self, why: Evidence) -> Tag:
        """Return the tag as one that does not hold; what spoke for it stays."""
        against = replace(why, supports=False)
        return replace(self, decision="rejected", evidence=(against, *self.evidence))


def confirmed_tags(tags: Sequence[Tag], types: Sequence[str], why: Evidence) -> tuple[Tag, ...]:
    """Return tags of these types for certain, with what the tags that there are say of them."""
    known = {tag.type: tag for tag in tags}
    fresh = Tag(type="", confidence=1.0, evidence=())
    return tuple(replace(known.get(name, fresh), type=name).confirmed(why) for name in types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A PI type that something spoke for in a column, and that is no tag.

    Attributes:
        why: ``outranked`` (another type has better evidence), ``values_do_not_fit`` (the header names it,
            the values are others), ``hint_not_confirmed`` (the header hints at it, the values do not confirm
            it), ``header_says_otherwise``, ``too_few_values``, ``needs_header`` (such values mean the type
            under a header only), ``listed_once`` (a dictionary of such values, in a table about nobody),
            ``about_nobody`` (a user listed the values) or ``by_chance`` (no more match than other numbers of
            the same form would).
        word: Word of the header that names it, or empty; ``named`` is its strength in [0, 1].
        matched: Cells that are values of it; ``fitting`` those that are or could be.
        checked: Non-empty cells looked at.
        needed: Share of cells that would have decided, in [0, 1]; None where no share would.
        form: ``plain`` or ``embedded``, as in ``Tag``.

    """

    type: str
    why: str
    word: str = ""
    named: float = 0.0
    matched: int = 0
    fitting: int = 0
    checked: int = 0
    needed: float | None = None
    form: str = "plain"
