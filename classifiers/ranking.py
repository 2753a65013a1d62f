"""Which type a column holds by the evidence, and by what kind of decision."""

from __future__ import annotations

import re
from math import sqrt

from classifiers._recognizer import Recognizer
from classifiers.evidence import STRONG, WEAK, ColumnEvidence, TypeEvidence
from classifiers.headers import INSIDE
from classifiers.pseudonyms import PSEUDONYMOUS
from classifiers.taxonomy import pi_types

Z_95 = 1.96
FEW = 20  # distinct values that do not refute a header that names a type
MANY = 200  # cells in which as few do, where none of them could be of it

UNMISTAKABLE = 0.95  # share of values of one form, beside which a header that fits any value says little
# Kinds of decision; where several types are possible, the first wins.
_TIERS = (
    "checked_and_header",
    "values_and_header",
    "checked",
    "values_over_shape",
    "header_and_shape",
    "values",
    "header_only",
    "weak_header_and_shape",
    "header_over_few_values",
)
# Where two value tests both pass, the first listed is the narrower.
_NARROWER = ("hmt_residence_permit", "foreign_pr_card", "iccid", "imei", "imsi", "uscc", "id_card")


def best(evidence: ColumnEvidence) -> tuple[TypeEvidence, str] | None:
    """Return the best supported type and the kind of decision (a key of ``calibration.yaml``), or None."""
    ranked = [(t, kind) for t in evidence.types if not t.silent and (kind := tier(t, evidence))]
    return max(ranked, key=lambda pair: _rank(*pair), default=None)


def _rank(found: TypeEvidence, kind: str) -> tuple[int, float, float, int]:
    if kind == "header_and_shape" and found.recognizer.match and found.share < 0.05 and found.checked > FEW:
        kind = "weak_header_and_shape"  # the header says so, the values only could be
    if kind == "values" and found.share >= UNMISTAKABLE:
        kind = "values_over_shape"
    name = found.recognizer.type
    narrow = len(_NARROWER) - _NARROWER.index(name) if name in _NARROWER else 0
    return -_TIERS.index(kind), round(found.named + found.share, 2), found.share, narrow


def tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Return the kind of decision the evidence allows, a key of ``calibration.yaml``, or empty."""
    if found.recognizer.type in column.listing:
        return ""
    if not found.checked:
        return "header_only" if found.named >= STRONG else ""
    if _values_speak(found, column.opposed):
        kind = "checked" if found.recognizer.checked else "values"
        return f"{kind}_and_header" if found.named >= WEAK else kind
    if found.named >= STRONG:
        return _named_tier(found, column)
    return _hinted_tier(found, column) if found.named >= WEAK else ""


def _named_tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Decide where a header names the type: few agreeing cells suffice, few values cannot refute it."""
    recognizer = found.recognizer
    if recognizer.match and found.share >= recognizer.with_header and found.matched > 1:
        return "checked_and_header" if recognizer.checked else "values_and_header"
    if found.fit >= recognizer.with_header:
        return "header_and_shape"
    if column.pseudonymous >= PSEUDONYMOUS and may_be_hashed(found):
        return "header_only"
    # Hand-made rows of a test system (127.0.0.1, 12345678) say little; yes-or-no columns say that it is none.
    few = column.distinct <= FEW and column.longest > 2
    # A header that says it beside its neighbours only, or by a guess, is at STRONG: such values refute it.
    says_it = found.named > STRONG and not _is_category(found)
    return "header_over_few_values" if few and says_it else ""


def _is_category(found: TypeEvidence) -> bool:
    """Return whether few values again and again, none of which could identify anybody, are names of things.

    The column ``device`` may say which model it is.
    """
    return _identifies(found) and not found.fit and found.checked >= MANY


def may_be_hashed(found: TypeEvidence) -> bool:
    """Return whether a header names what tells persons apart, and values are something else."""
    named = found.named >= STRONG and found.fit < found.recognizer.with_header
    return named and (_identifies(found) or found.recognizer.type == "person_name")


def _identifies(found: TypeEvidence) -> bool:
    pi_type = pi_types().get(found.recognizer.type)
    return pi_type is not None and pi_type.identifies


def _hinted_tier(found: TypeEvidence, column: ColumnEvidence) -> str:
    """Decide where a header hints at the type: most cells must agree."""
    recognizer = found.recognizer
    if recognizer.match and found.share >= max(2 * recognizer.with_header, 0.3) and found.matched > 1:
        return "checked_and_header" if recognizer.checked else "values_and_header"
    if found.strict:
        return "weak_header_and_shape" if found.fit >= 0.8 else ""
    masked = column.masked > 0.5  # no value test passes, and none fails
    refuted = recognizer.match is not None and found.checked > FEW and not masked
    fits = found.fit >= max(0.6, recognizer.with_header) and not refuted
    return "weak_header_and_shape" if fits and (found.named >= INSIDE or masked) else ""


def _values_speak(found: TypeEvidence, opposed: str) -> bool:
    recognizer = found.recognizer
    if recognizer.match is None or recognizer.alone is None or _is_thing(recognizer, opposed):
        return False
    needed = recognizer.alone if not opposed or recognizer.checked else max(recognizer.alone, 0.7)
    enough = found.matched >= min(5, max(2, found.checked))
    return enough and found.share >= needed and lower_bound(found.matched, found.checked) > 0.4 * needed


def _is_thing(recognizer: Recognizer, opposed: str) -> bool:
    """Return whether the header names things whose values look like this type."""
    return bool(recognizer.lookalikes and re.search(recognizer.lookalikes, opposed))


def lower_bound(matched: int, checked: int) -> float:
    """Return the lower 95 % Wilson bound of ``matched / checked``, in [0, 1].

    Source: E. B. Wilson, JASA 22(158), 1927, p. 209-212.

    >>> round(lower_bound(3, 3), 2), round(lower_bound(300, 300), 2)
    (0.44, 0.99)
    """
    if not checked:
        return 0.0
    share = matched / checked
    centre = share + Z_95**2 / (2 * checked)
    spread = Z_95 * sqrt(share * (1 - share) / checked + (Z_95 / (2 * checked)) ** 2)
    return max(0.0, (centre - spread) / (1 + Z_95**2 / checked))
