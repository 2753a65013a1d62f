"""Labels, brackets and separators off a column; ``validators._text`` is the rule for one cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels._cells import alphanumeric
from classifiers.kernels._clean import trim
from classifiers.validators._text import BRACKETS, LABEL, SEPARATORS, TRAILING


def bare(text: pa.StringArray, label: str = LABEL) -> pa.StringArray:
    """Return the text without surrounding brackets, a leading label and closing punctuation."""
    steps = ((BRACKETS, r"\1"), (label, ""), (BRACKETS, r"\1"), (TRAILING, ""))
    return reduce(lambda done, step: trim(rewrite(done, *step)), steps, text)


def rewrite(text: pa.StringArray, pattern: str, replacement: str) -> pa.StringArray:
    """Return the text with every match of the RE2 pattern replaced."""
    return pc.replace_substring_regex(text, pattern, replacement)


def compactor(
    *,
    label: str = LABEL,
    separators: str = SEPARATORS,
    upper: bool = False,
    lower: bool = False,
    rewrites: tuple[tuple[str, str], ...] = (),
) -> Callable[[pa.StringArray], pa.StringArray]:
    """Return the compacting function of one format; an empty ``separators`` keeps all characters."""

    def compact(text: pa.StringArray) -> pa.StringArray:
        if not alphanumeric(text):  # letters and digits alone hold neither label nor separator
            text = bare(text, label)
            text = rewrite(text, separators, "") if separators else text
        text = pc.ascii_upper(text) if upper else pc.ascii_lower(text) if lower else text
        return reduce(lambda done, step: rewrite(done, *step), rewrites, text)

    return compact
