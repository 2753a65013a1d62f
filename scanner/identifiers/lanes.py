"""Cells that hold several values, opened: the values of one type in one column, by row and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.catalogue import Catalogue
from classifiers.kernels import clean, has_kernel, is_masked
from connectors import is_list
from scanner.identifiers.arrays import I64, Cells, Mask, Text, is_text, matches, valid
from scanner.identifiers.names import are_names
from scanner.identifiers.plans import NAMES, CellsPlan

_BETWEEN = r"[;；、,，|/\\\r\n\t]+"  # what stands between values
_NOT_OF_VALUES = r"[^0-9A-Za-z\p{Han}·@._%+*-]+|(?:\p{Han}{5,})"
_KEYS = r"""["'][^"']{1,40}["']\s*:|[A-Za-z_][\w.]*\s*="""  # of fields in JSON, of parameters
_DIGITS_AND_HAN = r"([0-9*Xx])(\p{Han})|(\p{Han})([0-9])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Values of one type in the cells of one column, in the order in which they stand there.

    Attributes:
        plan: The column.
        pi_type: Their type; empty for fields of structs that say something of somebody.
        row: Of every value; ascending.
        place: Of every value in its cell, from 0.

    """

    plan: CellsPlan
    pi_type: str
    row: I64
    place: I64
    values: Cells

    @property
    def root(self) -> str:
        """Return the list of structs that the column is a field of; empty for others."""
        head, dot, _ = self.plan.column.rpartition("[].")
        return head if dot else ""


def lanes_of(cells: Cells, plan: CellsPlan, known: Catalogue, left: Mask) -> Iterator[Lane]:
    """Yield the values in the cells of a column, type by type.

    Args:
        cells: The column.
        plan: What it holds.
        known: Knows which values are valid.
        left: Cells that are no one valid value as they stand.

    """
    if is_list(cells.type):
        yield from _of_lists(cells, replace(plan, whole=False))  # no list is a value as it stands
        return
    if not is_text(cells.type):
        return
    rows = np.flatnonzero(left & valid(cells)) if plan.whole else np.flatnonzero(valid(cells))
    if not len(rows):
        return
    text = clean(cells.take(rows))
    several = np.asarray(pc.match_substring_regex(text, _BETWEEN).fill_null(False))
    if plan.whole:
        rows, text = rows[several], text.filter(pa.array(several))
    if len(rows):
        yield from _of_texts(rows, text, plan, known)


def _of_lists(lists: Any, plan: CellsPlan) -> Iterator[Lane]:
    row = np.asarray(pc.list_parent_indices(lists)).astype(np.int64)
    if len(row):
        for pi_type in plan.types or ("",):
            yield Lane(plan=plan, pi_type=pi_type, row=row, place=_places(row), values=pc.list_flatten(lists))


def _of_texts(rows: I64, text: Text, plan: CellsPlan, known: Catalogue) -> Iterator[Lane]:
    row, pieces = _split(pc.replace_substring_regex(text, _KEYS, ","), _BETWEEN)
    numbers = [t for t in plan.types if t not in NAMES and t in known.identifying]
    kinds = [t for t in numbers if has_kernel(t) or t in known.custom] or numbers
    row, units = _with_tokens(row, pieces, kinds, known)
    free = np.ones(len(units), np.bool_)
    found: list[tuple[str, Mask]] = []
    for pi_type in kinds:
        chosen = free & valid(known.canonical(pi_type, units))
        if pi_type == kinds[0] and not plan.in_text:
            chosen |= free & is_masked(units)
        free &= ~chosen
        found.append((pi_type, chosen))
    if NAMES & set(plan.types) and not plan.in_text:
        found.append(("person_name", _names(row, units, free, [mask for _, mask in found])))
    for pi_type, chosen in found:
        if chosen.any():
            own = row[chosen]
            yield Lane(
                plan=plan,
                pi_type=pi_type,
                row=rows[own],
                place=_places(own),
                values=units.filter(pa.array(chosen)),
            )


def _with_tokens(row: I64, pieces: Text, kinds: Sequence[str], known: Catalogue) -> tuple[I64, Text]:
    """Return the pieces of cells, those that are no value taken apart further."""
    whole = is_masked(pieces) | are_names(pieces)
    bare = ~matches(pieces, r"\p{Han}")  # a label, or somebody's name, stands apart
    for pi_type in kinds:
        whole |= valid(known.canonical(pi_type, pieces)) & bare
    others = np.flatnonzero(~whole)
    if not len(others):
        return row, pieces
    spaced = pc.replace_substring_regex(pieces.take(others), _DIGITS_AND_HAN, r"\1\3 \2\4")
    piece, tokens = _split(spaced, _NOT_OF_VALUES)
    kept = np.flatnonzero(whole)
    order = np.argsort(np.concatenate([kept, others[piece]]), kind="stable")
    units = pa.concat_arrays([pieces.take(kept), tokens]).take(order)
    return np.concatenate([row[kept], row[others[piece]]])[order], units


def _names(row: I64, units: Text, free: Mask, numbers: Sequence[Mask]) -> Mask:
    """Return which units are names: where a cell holds names alone, or one for every number of a type."""
    names = free & are_names(units)
    size = int(row.max(initial=-1)) + 1
    held = np.bincount(row[names], minlength=size)
    fits = held == np.bincount(row, minlength=size)
    for mask in numbers:
        fits |= held == np.bincount(row[mask], minlength=size)
    return np.asarray(names & fits[row])


def _split(text: Text, between: str) -> tuple[I64, Text]:
    """Return what stands between separators, without blanks around it, and the number of the cell of each."""
    lists = pc.split_pattern_regex(text, between)
    row = np.asarray(pc.list_parent_indices(lists)).astype(np.int64)
    parts = clean(pc.list_flatten(lists))
    held = valid(parts)
    return row[held], parts.filter(pa.array(held))


def _places(row: I64) -> I64:
    """Return the place of every value in its row; rows ascend."""
    starts = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]]))
    return np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row))))
