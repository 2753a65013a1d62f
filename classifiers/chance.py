"""Whether values match a format more often than chance makes them.

Of all 11-digit numbers that begin with 1, 56 in 100 lie in a segment of mobile phones; a Luhn digit is right
in one of ten. A column in which matches are only as frequent is evidence of nothing. So the matching and the
other values of one form (same separators, same number of digits, same first digit) are compared with
surrogates of that form, which the same test is put to:

- numbers: evenly between the least and the greatest of them, and between the least and the greatest of each
  part of some neighbours, so that they are as dense as the values are. Parts in which all surrogates match,
  or none, tell nothing: where people mistyped 12... for 13..., those at 13... show that they are genuine;
- codes with letters: the same characters, shuffled among the values at each position. First letters and so on
  stay as frequent as they are, and check characters fit by chance only.

Two explanations are weighed by the likelihood of what was seen: none of the values is of the type, and
matches are as frequent as among the surrogates; or a share of them is, any share from the one that a tag asks
for up to all. Matches that the first explains ten times better are put down to chance. Where neither is ten
times better, as in a small sample, nothing is said.

The likelihood ratio averaged over the shares is a Bayes factor; 10 to 1 is where evidence is called strong.
Source: R. E. Kass and A. E. Raftery, JASA 90(430), 1995, p. 773-795.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from classifiers._recognizer import Match, Matches
from classifiers.cells import Cells

SURROGATES = 2_000
THREE_TO_ONE, TEN_TO_ONE = log(3), log(10)
PARTS, PART = 16, 10  # most parts in which the density of numbers is followed, and values of one
FEWEST = 30  # distinct values of a form; fewer refute nothing
_DIGIT, _LETTER = re.compile(r"[0-9]"), re.compile(r"[A-Za-z]")
_SHARES = 64  # points at which the likelihood is averaged


def by_chance(
    match: Match, cells: Cells, matched: Matches, least: float, nobody: Matches | None = None
) -> Matches:
    """Return which of the ``matched`` cells match no more often than chance makes cells of their form match.

    Cells that a user listed as being about ``nobody`` speak for neither. ``least`` is the least share of
    matches that would be worth a tag, in (0, 1]; fewer are not judged.
    """
    put_down = np.zeros(len(matched), np.bool_)
    told = np.ones(len(matched), np.bool_) if nobody is None else ~nobody
    if matched.any() and matched.mean() >= least and not matched[told].all():
        forms = _forms(cells.text)
        for form in pc.unique(forms.filter(pa.array(matched))):
            of_form = np.asarray(pc.equal(forms, form).to_numpy(zero_copy_only=False), np.bool_)
            values = _sorted_distinct(cells.text.filter(pa.array(of_form & told)))
            if (
                (of_form & told & ~matched).any()
                and len(values) >= FEWEST
                and _is_chance(match, values, least)
            ):
                put_down |= of_form & matched
    return put_down


def _sorted_distinct(text: pa.StringArray) -> list[str]:
    return sorted(str(value) for value in pc.unique(text).to_pylist())


def log_odds(hits: int, tried: int, rate: float, least: float) -> float:
    """Return how much better a share of ``least`` or more explains the hits than chance alone, as a log.

    ``rate`` is the share of hits by chance, in (0, 1).

    >>> round(log_odds(56, 100, 0.56, 0.3), 1), round(log_odds(90, 100, 0.56, 0.3), 1)
    (-6.9, 26.5)
    >>> abs(log_odds(2, 3, 0.56, 0.3)) < TEN_TO_ONE
    True
    """
    shares = least + (1 - least) * (np.arange(_SHARES) + 0.5) / _SHARES
    genuine = _log_likelihood(hits, tried, shares + (1 - shares) * rate)
    averaged = float(np.logaddexp.reduce(genuine)) - log(_SHARES)
    return averaged - float(_log_likelihood(hits, tried, np.array([rate]))[0])


def _log_likelihood(hits: int, tried: int, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(hits * np.log(rates) + (tried - hits) * np.log1p(-rates))


def _is_chance(match: Match, values: list[str], least: float) -> bool:
    """Return whether chance explains how many of the distinct, sorted values of one form match."""
    if any(_LETTER.search(value) for value in values):
        return _Trial.of(match, values, _shuffled(values)).log_odds(least) < -TEN_TO_ONE
    whole = _Trial.of(match, values, _spread(values[0], values[-1], SURROGATES)).log_odds(least)
    near = _trial_by_parts(match, values).log_odds(least)
    return near < -TEN_TO_ONE or (whole < -TEN_TO_ONE and near < THREE_TO_ONE)


@dataclass(frozen=True, slots=True)
class _Trial:
    """How many of the values tried match, and the share of surrogates that do, in (0, 1)."""

    hits: int
    tried: int
    rate: float

    @staticmethod
    def of(match: Match, values: list[str], others: list[str]) -> _Trial:
        return _Trial(_hits(match, values), len(values), (_hits(match, others) + 0.5) / (len(others) + 1))

    def log_odds(self, least: float) -> float:
        """Return ``log_odds``, but 0 for hits that are many beside chance: too few for a tag, yet genuine."""
        few = self.hits <= 2 * self.rate * self.tried
        return log_odds(self.hits, self.tried, self.rate, least) if few else 0.0


def _hits(match: Match, values: list[str]) -> int:
    return int(match(Cells(pa.array(values, pa.string()))).sum())


def _trial_by_parts(match: Match, values: list[str]) -> _Trial:
    """Return the sum of the parts in which some surrogates match and some do not."""
    count = min(PARTS, max(1, len(values) // PART))
    bounds = [i * len(values) // count for i in range(count + 1)]
    others = [
        _spread(values[start], values[min(end, len(values) - 1)], SURROGATES // count)
        for start, end in pairwise(bounds)
    ]
    parts = [
        _Trial.of(match, values[a:b], drawn) for (a, b), drawn in zip(pairwise(bounds), others, strict=True)
    ]
    told = [part for part, drawn in zip(parts, others, strict=True) if 0 < _hits(match, drawn) < len(drawn)]
    tried = sum(part.tried for part in told)
    expected = sum(part.rate * part.tried for part in told)
    return _Trial(sum(part.hits for part in told), tried, expected / tried if tried else 0.5)


def _spread(first: str, last: str, count: int) -> list[str]:
    """Return at most ``count`` numbers evenly from the first to the last, one by chance of each stretch."""
    draw = np.random.default_rng(0)  # the same column, the same surrogates
    form = _DIGIT.sub("{}", first.replace("{", "{{").replace("}", "}}"))
    width = len(_DIGIT.findall(first))
    low, high = (int("".join(_DIGIT.findall(value))) for value in (first, last))
    count = min(count, high + 1 - low)
    bounds = [low + place * (high + 1 - low) // count for place in range(count + 1)]
    drawn = (start + int(draw.integers(end - start)) for start, end in pairwise(bounds))
    return [form.format(*f"{number:0{width}}") for number in drawn]


def _shuffled(values: list[str]) -> list[str]:
    draw = np.random.default_rng(0)
    drawn = [values[i] for i in draw.integers(len(values), size=max(SURROGATES, len(values)))]
    characters = np.array(drawn).view("U1").reshape(len(drawn), -1)
    return ["".join(row) for row in draw.permuted(characters, axis=0)]


def _forms(text: pa.StringArray) -> pa.StringArray:
    """Return the form of each cell: the first digit and where others are, or where letters and digits are."""
    first: Any = pc.struct_field(pc.extract_regex(text, "^[^0-9]*(?P<digit>[0-9])"), "digit")
    numbers = pc.binary_join_element_wise(first, pc.replace_substring_regex(text, "[0-9]", "0"), " ")
    codes = pc.replace_substring_regex(text, "[0-9A-Za-z]", "a")
    return cast("pa.StringArray", pc.if_else(pc.match_substring_regex(text, "[A-Za-z]"), codes, numbers))
