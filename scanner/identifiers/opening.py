"""Open the cells of a batch that hold several values: what is left in its rows, and what stands beside it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from classifiers.catalogue import Catalogue
from classifiers.kernels import has_kernel
from scanner.digests import U64
from scanner.identifiers.arrays import I64, Cells, Mask
from scanner.identifiers.flags import Found
from scanner.identifiers.lanes import Lane, lanes_of
from scanner.identifiers.plans import NAMES, CellsPlan, SlotPlan


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch and the values in those of its cells that hold several."""

    batch: pa.RecordBatch
    lanes: tuple[Lane, ...]


def opened(
    batch: pa.RecordBatch, slot: SlotPlan, found: Sequence[Found], names: U64, known: Catalogue
) -> Opened:
    """Return the batch with at most one value in the cells of columns that mostly hold one.

    Of several documents the first stays, unless names stand beside them: it is the row's person's.
    """
    lanes = [
        lane
        for plan in slot.cells
        for lane in lanes_of(batch.column(plan.column), plan, known, _left(plan, found, names, known))
    ]
    named = _rows_of([lane for lane in lanes if lane.pi_type in NAMES], batch.num_rows)
    kept: list[Lane] = []
    for lane in lanes:
        if not lane.plan.whole:
            kept.append(lane)
            continue
        first = np.zeros(len(lane.row), np.bool_)
        if known.types[lane.pi_type].strength == "strong":
            first = (lane.place == 0) & ~named[lane.row]
        batch = _with(batch, lane, first)
        kept.append(_only(lane, ~first))
    return Opened(batch, tuple(lane for lane in kept if len(lane.row)))


def _left(plan: CellsPlan, found: Sequence[Found], names: U64, known: Catalogue) -> Mask:
    """Return the cells of a column that are no one valid value; of numbers without a form, all."""
    if not all(t in NAMES or has_kernel(t) or t in known.custom for t in plan.types):
        return np.ones(len(names), np.bool_)
    digests = [held.digests for column, held in found if column == plan.column]
    left = names == 0 if NAMES & set(plan.types) else np.ones(len(names), np.bool_)
    return functools.reduce(operator.and_, (d == 0 for d in digests), left)


def _rows_of(lanes: Sequence[Lane], size: int) -> Mask:
    out = np.zeros(size, np.bool_)
    for lane in lanes:
        out[lane.row] = True
    return out


def _with(batch: pa.RecordBatch, lane: Lane, first: Mask) -> pa.RecordBatch:
    """Return the batch with nothing in the cells of a lane but these values."""
    number = batch.schema.get_field_index(lane.plan.column)
    index = np.arange(batch.num_rows)
    index[lane.row] = -1
    index[lane.row[first]] = batch.num_rows + np.arange(int(first.sum()))
    column = _spelled_out(batch.column(number))
    values = pa.concat_arrays([column, lane.values.filter(pa.array(first)).cast(column.type)])
    cells = values.take(pa.array(index, pa.int64(), mask=index < 0))
    return batch.set_column(number, batch.schema.names[number], cells)


def _spelled_out(column: Cells) -> Cells:
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column


def _only(lane: Lane, chosen: Mask) -> Lane:
    rows: I64 = np.flatnonzero(chosen)
    return replace(lane, row=lane.row[rows], place=lane.place[rows], values=lane.values.take(rows))
