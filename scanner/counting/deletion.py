"""Rows marked as deleted: still stored, no longer processed. They are counted apart.

The answer of 29 April 2026 (question 1) leaves deleted data out of the number of persons; how that works with
the yearly flow abroad is not said. So what is held is counted without them, what was sent with them, and the
other figure stands beside (docs/counting.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import kernels
from connectors import Batch
from scanner.config import TableConfig
from scanner.identifiers import AHEAD, HORIZON_YEARS
from scanner.identifiers.windows import EPOCH, UNDATED, row_days

YES = ("1", "true", "t", "yes", "y", "是", "已删除", "删除", "deleted", "已注销", "d")

_TWIN = "deleted:"


def twin(table: str) -> str:
    """Return the id under which the deleted rows of a table are counted."""
    return _TWIN + table


def with_twins(tables: Collection[str]) -> frozenset[str]:
    """Return the ids of tables and of their deleted rows."""
    return frozenset(tables) | {twin(table) for table in tables}


def deleted_rows(batch: Batch, config: TableConfig, as_of: dt.date) -> npt.NDArray[np.bool_]:
    """Return which rows are marked as deleted on ``as_of``; a mark that cannot be read marks nothing."""
    deleted = np.zeros(batch.num_rows, np.bool_)
    if config.deleted_column is not None:
        deleted |= _marked(batch.column(config.deleted_column), config.deleted_values or YES)
    if config.deleted_time_column is not None:
        days = row_days(batch.column(config.deleted_time_column))
        deleted |= (days != UNDATED) & (days <= (as_of - EPOCH).days) & (days > 0)
    return deleted


def deletion_ahead(batch: Batch, config: TableConfig, as_of: dt.date) -> npt.NDArray[np.uint32]:
    """Return the bit ``AHEAD`` of rows that will be deleted on a later day."""
    flags = np.zeros(batch.num_rows, np.uint32)
    if config.deleted_time_column is not None:
        ahead = row_days(batch.column(config.deleted_time_column)) - (as_of - EPOCH).days
        flags[(ahead > 0) & (ahead <= HORIZON_YEARS * 366)] = AHEAD
    return flags


def _marked(values: pa.Array[Any], marks: Collection[str]) -> npt.NDArray[np.bool_]:
    if pa.types.is_boolean(values.type):
        values = values.cast(pa.int8())
    text = pc.utf8_lower(kernels.clean(values))
    known = pa.array(sorted({mark.strip().lower() for mark in marks}), pa.string())
    return np.asarray(pc.is_in(text, value_set=known), np.bool_)
