"""Smaller or other forms of what was collected of a part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from scanner.census import Census
from scanner.census.chunks import Chunk
from scanner.census.hashing import row_keys
from scanner.census.sorting import numbered
from scanner.counting import gone_id


def condensed(census: Census) -> Census:
    """Return a census with every distinct row of every table once, however many batches it came in."""
    whole = Census.from_arrow(census.to_arrow())
    return Census.of([_condensed(chunk) for chunk in whole.chunks], census.key)


def _condensed(chunk: Chunk) -> Chunk:
    first, ranks = numbered(row_keys(chunk.keys, chunk.born_as, chunk.flags))
    kept = np.zeros(len(ranks), np.bool_)
    kept[first] = True
    counts = np.bincount(ranks, chunk.counts).astype(np.int64)
    return replace(chunk.only(kept), counts=counts[ranks[kept]])


def gone_rows(census: Census, sent: Collection[str]) -> Census:
    """Return the rows that flows count, under ids of their own: they are held no longer."""
    chunks = [replace(chunk, table=gone_id(chunk.table)) for chunk in census.chunks if chunk.table in sent]
    return Census.of(chunks, census.key)
