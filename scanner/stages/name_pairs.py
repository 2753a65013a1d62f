"""Which columns of names in one table are of different persons, as their values show."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag
from classifiers.kernels import clean
from connectors import Batch
from scanner.identifiers import Mask
from scanner.stages.second_persons import NAMES

FEWEST = 20  # rows with both names without which nothing is said
EQUAL = 0.5  # share of rows with the same name from which on two columns are one person's
AKIN = 0.8  # share with the same surname from which on they are: a masked name, a former one

NamePairs = frozenset[tuple[str, str]]


def differing_names(batch: Batch, tags: Mapping[str, Sequence[Tag]]) -> NamePairs:
    """Return the pairs of columns, in the order of the table, whose names are mostly of different persons.

    Args:
        batch: A sample of the table.
        tags: What its columns hold.

    """
    columns = [name for name in batch.schema.names if _names(tags.get(name, ()))]
    text = {name: _cells(batch, name) for name in columns} if len(columns) > 1 else {}
    return frozenset(pair for pair in itertools.combinations(text, 2) if _differ(*(text[c] for c in pair)))


def _names(tags: Sequence[Tag]) -> bool:
    return any(tag.type in NAMES and tag.form == "plain" and tag.decision != "rejected" for tag in tags)


def _cells(batch: Batch, name: str) -> pa.StringArray:
    column = batch.column(batch.schema.names.index(name))
    return clean(column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column)


def _differ(one: pa.StringArray, other: pa.StringArray) -> bool:
    first, second = _surnames(one), _surnames(other)
    # A name in Latin letters may spell the Chinese one beside it.
    both = _true(one.is_valid()) & _true(other.is_valid()) & (_in_han(first) == _in_han(second))
    if both.sum() < FEWEST:
        return False
    equal, akin = (_true(pc.equal(*cells))[both].mean() for cells in ((one, other), (first, second)))
    return bool(equal < EQUAL and akin < AKIN)


def _surnames(text: pa.StringArray) -> pa.StringArray:
    return pc.utf8_slice_codeunits(text, 0, 1)


def _in_han(text: pa.StringArray) -> Mask:
    return _true(pc.match_substring_regex(text, r"^\p{Han}"))


def _true(flags: pa.Array[Any]) -> Mask:
    return np.asarray(flags.fill_null(False))
