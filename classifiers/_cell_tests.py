"""Building blocks for recognizers: functions from the cells of a column to which of them match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import kernels, lexicon
from classifiers._recognizer import Match, Matches
from classifiers.cells import LONGEST, Cells

_KEPT = 15  # digits of a number that a spreadsheet keeps
FEW = 20  # distinct values that refute nothing

NEARLY_ALL = 0.97  # share of the values that show by themselves that all are of a type, few as they are


def kernel(pi_type: str, form: str = "") -> Match:
    """Cells that are valid values of ``pi_type`` and whose canonical value has the given form."""

    def match(cells: Cells) -> Matches:
        possible = _possible(pi_type, cells)
        if possible.any():
            values = kernels.canonical(pi_type, cells.text.filter(pa.array(possible)))
            found: Any = pc.match_substring_regex(values, form)
            possible[possible] = _mask(pc.fill_null(found, False))
        return possible

    return match


# What every value has, however it is written: least and most digits, and a pattern. Kernels take
# separators, brackets and labels off a cell, but no digit, so a cell without these signs is skipped.
_SIGNS: Mapping[str, tuple[int, int, str]] = MappingProxyType(
    {
        "bank_card": (13, 19, ""),
        "business_license": (15, 15, ""),
        "email": (0, LONGEST, "@"),
        "foreign_pr_card": (12, 18, ""),
        "hmt_residence_permit": (17, 18, ""),
        "iccid": (19, 20, ""),
        "id_card": (15, 18, ""),
        "imei": (14, 16, ""),
        "imsi": (15, 15, ""),
        "ip_address": (0, LONGEST, "[.:]"),
        "landline": (10, 22, ""),
        "license_plate": (2, 6, ""),
        "military_id": (6, 8, "第"),
        "mobile": (11, 15, ""),
        "org_code": (0, 9, r"(?s)[0-9A-Za-z].{6,}[0-9Xx]"),
        "postcode": (6, 6, ""),
        "property_cert": (4, LONGEST, "[动房用]"),
        "uscc": (6, 18, "(?s).{18}"),
        "vin": (4, 16, "(?s).{17}"),
    }
)


def _possible(pi_type: str, cells: Cells) -> Matches:
    least, most, pattern = _SIGNS.get(pi_type, (0, LONGEST, ""))
    possible = (cells.digits >= least) & (cells.digits <= most)
    if pattern and possible.any():
        possible[possible] = _mask(pc.match_substring_regex(cells.text.filter(pa.array(possible)), pattern))
    return possible


def regex(pattern: str, *, ignore_case: bool = True) -> Match:
    """Cells that contain ``pattern`` (RE2 syntax; anchor it to match whole cells)."""

    def match(cells: Cells) -> Matches:
        return cells.holding(pattern, ignore_case=ignore_case)

    return match


def decimals(cells: Cells) -> int | None:
    """Return how many digits behind the point half of the numbers have at least; None without a point."""
    fraction: Any = pc.extract_regex(cells.text, r"[0-9]\.(?P<digits>[0-9]+)")
    digits = pc.struct_field(fraction, "digits").drop_null()
    return int(np.median(pc.utf8_length(digits).to_numpy(zero_copy_only=False))) if len(digits) else None


def scientific(*digits: int) -> Match:
    """Cells that spreadsheets turned into numbers such as 1.38E+10, which had so many ``digits`` before.

    Of a number that is written out, a spreadsheet keeps 15 digits and makes the others zeros.
    """
    exponents = "|".join(str(count - 1) for count in digits)
    cut = "|".join(f"0{{{count - _KEPT}}}" for count in digits if count > _KEPT)
    return regex(
        rf"^[1-9](?:\.[0-9]+)?E\+0?(?:{exponents})$" + (rf"|^[1-9][0-9]{{14}}(?:{cut})$" if cut else "")
    )


def one_of(words: Iterable[str]) -> Match:
    """Cells that are one of ``words``, in any case."""
    lowered = frozenset(word.lower() for word in words)
    values = pa.array(sorted(lowered))

    def match(cells: Cells) -> Matches:
        return cells.among(lowered, values)

    return match


def one_of_lexicon(name: str) -> Match:
    """Cells that are a word of the lexicon ``name``."""
    return one_of(lexicon.words(name))


def number(low: float, high: float) -> Match:
    """Cells that are numbers from ``low`` to ``high``."""

    def match(cells: Cells) -> Matches:
        with np.errstate(invalid="ignore"):
            return (cells.numbers >= low) & (cells.numbers <= high)

    return match


def anything(cells: Cells) -> Matches:
    """Any cell."""
    return np.ones(len(cells.text), dtype=bool)


def masked(cells: Cells) -> Matches:
    """Cells masked in part, as 4403********1234."""
    return cells.masked


def both(first: Match, second: Match) -> Match:
    """Cells that match both; ``second`` is not asked where ``first`` finds nothing."""

    def match(cells: Cells) -> Matches:
        found = first(cells)
        return found & second(cells) if found.any() else found

    return match


def either(*matches: Match) -> Match:
    """Cells that match any."""
    return lambda cells: np.logical_or.reduce([match(cells) for match in matches])


def unless(match: Match, veto: Match) -> Match:
    """Cells that match, except those that ``veto`` matches."""
    return both(match, lambda cells: ~veto(cells))


def only_if_varied(match: Match, *, distinct: int, share: float = 0.0, many: int = 0) -> Match:
    """``match``, but nothing in a column of fewer than ``distinct`` values or a lower ``share`` of them.

    Of ``many`` values (0: never) any share is enough if nearly all of them match.
    """

    def matched(cells: Cells) -> Matches:
        enough = cells.distinct >= min(distinct, max(2, len(cells.text)))
        varied = cells.distinct >= share * len(cells.text) or (
            many and cells.distinct >= many and sure(cells)
        )
        return match(cells) if enough and varied else np.zeros(len(cells.text), dtype=bool)

    def sure(cells: Cells) -> bool:
        return bool(match(Cells(pc.unique(cells.text))).mean() >= NEARLY_ALL)

    return matched


def where_seen(match: Match, sign: Match, share: float) -> Match:
    """``match``, but nothing in a column of many values of which fewer than ``share`` show ``sign``."""

    def matched(cells: Cells) -> Matches:
        seen = cells.distinct <= FEW or bool(sign(cells).mean() >= share)
        return match(cells) if seen else np.zeros(len(cells.text), dtype=bool)

    return matched


def numbers_about(low: float, middle: float, high: float) -> Match:
    """Numbers from ``low`` to ``high``; nothing where others are among them, or half are below ``middle``."""

    def matched(cells: Cells) -> Matches:
        found = number(low, high)(cells)
        held = cells.numbers[~np.isnan(cells.numbers)]
        usual = len(held) and found.sum() >= 0.98 * len(held) and np.median(held) >= middle
        return found if usual else np.zeros(len(found), dtype=bool)

    return matched


def not_sequential(match: Match) -> Match:
    """``match``, but nothing in a column that is a counter."""
    return lambda cells: np.zeros(len(cells.text), dtype=bool) if cells.sequential else match(cells)


def not_dated(match: Match) -> Match:
    """``match``, but nothing in a column whose numbers all begin with a date."""
    return lambda cells: found & (not cells.dated) if (found := match(cells)).any() else found


def magic(*signatures: bytes) -> Match:
    """Binary cells that begin with one of ``signatures``."""
    return lambda cells: np.array([value.startswith(signatures) for value in cells.binary], dtype=bool)


def vectors(low: int, high: int) -> Match:
    """Cells that are vectors of ``low`` to ``high`` numbers."""
    return lambda cells: np.array([low <= length <= high for length in cells.vectors], dtype=bool)


def any_shape(*matches: Match) -> Match:
    """Take the best of ``matches`` that looked at anything: for types stored in several shapes."""

    def match(cells: Cells) -> Matches:
        results = [m(cells) for m in matches]
        looked = [r for r in results if len(r)]
        return max(looked, key=lambda r: float(r.mean())) if looked else np.zeros(0, dtype=bool)

    return match


def _mask(values: Any) -> Matches:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=bool)
