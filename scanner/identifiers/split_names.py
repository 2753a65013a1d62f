"""Names that stand in several columns: 姓 and 名, ``last_name`` and ``first_name``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from classifiers import lexicon
from classifiers.kernels import clean
from classifiers.name_parts import FAMILY, GIVEN, MIDDLE, part_of_name
from scanner.identifiers.arrays import Text

_SURNAME = lexicon.alternation("surnames")
# A whole name where a part of one should be: in systems that demand the family name, or the given one.
_WHOLE_AS_FAMILY = rf"^(?:{_SURNAME})\p{{Han}}{{1,3}}$|[ ·•・‧∙]"
_WHOLE_AS_GIVEN = rf"^(?:{_SURNAME})\p{{Han}}{{2}}$|[ ·•・‧∙]"


@lru_cache(maxsize=1 << 10)
def written_names(columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each name: the parts of one, family name first, else a single column.

    Headers with the same rest (``billing_last_name``, ``billing_first_name``) are parts of one name. A given
    name without the other part comes last: it is a name where there is no other.
    """
    parts: dict[str, dict[str, str]] = {}
    for column in columns:
        said = part_of_name(column)
        if said:
            parts.setdefault(said[1], {}).setdefault(said[0], column)
    whole = {of: found for of, found in parts.items() if FAMILY in found and GIVEN in found}
    used = {column for found in whole.values() for column in found.values()}
    joined = (tuple(found[p] for p in (FAMILY, MIDDLE, GIVEN) if p in found) for found in whole.values())
    alone = sorted((column for column in columns if column not in used), key=is_given)
    return (*joined, *((column,) for column in alone))


def is_given(header: str) -> bool:
    """Return whether a header says a given name by itself: 客户名 does so beside 客户姓 only."""
    said = part_of_name(header)
    return said is not None and said[0] == GIVEN and (header.isascii() or not said[1])


def names_in(batch: pa.RecordBatch, parts: Sequence[str]) -> Text:
    """Return the names in the columns of ``written_names``."""
    cells = [clean(batch.column(column)) for column in parts]
    return cells[0] if len(cells) == 1 else _joined(cells[0], cells[1:-1], cells[-1])


def _joined(family: Text, middle: Sequence[Text], given: Text) -> Text:
    parts: list[Any] = [family, *middle, given]
    filled = (pc.fill_null(part, "") for part in parts)
    spaced = pc.replace_substring_regex(pc.binary_join_element_wise(*filled, " "), r"\s+", " ")
    together = pc.replace_substring_regex(spaced, r"(\p{Han}) (\p{Han})", r"\1\2")
    both = pc.and_(pc.is_valid(family), pc.is_valid(given))
    both_once = pc.if_else(_holds_all(given, family), given, together)
    family = pc.if_else(pc.match_substring_regex(family, _WHOLE_AS_FAMILY), family, None)
    given = pc.if_else(pc.match_substring_regex(given, _WHOLE_AS_GIVEN), given, None)
    return cast("Text", pc.if_else(both, both_once, pc.coalesce(family, given)))


def _holds_all(given: Text, family: Text) -> Any:
    """Return where the column of the given name repeats the family name before it."""
    heads: list[Any] = [pc.equal(pc.utf8_slice_codeunits(given, 0, size), family) for size in (1, 2)]
    return pc.fill_null(pc.and_(pc.or_(*heads), pc.not_equal(given, family)), False)
