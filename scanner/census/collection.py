"""Collect records table by table and keep only what counting needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Self

import pyarrow as pa

from scanner.census.chunks import Chunk, from_arrow, split_tables, to_arrow
from scanner.census.one_key import OneKey
from scanner.census.people import People
from scanner.census.solving import solve
from scanner.census.store import Store
from scanner.compiled.loading import Acceleration
from scanner.machine.allocation import keep_to_one_heap
from scanner.machine.parallel import usable_threads
from scanner.machine.spill import Memory


class Census(OneKey):
    """Records of an organization, waiting to be linked. Holds digests only; order does not matter.

    Args:
        memory: How much may be used, and where to put what does not fit.
        acceleration: Compiled kernels, for many rows; the result is the same without.
        threads: How many may work at once; default: as many as there are cores.
    """

    def __init__(
        self,
        memory: Memory = Memory(),  # noqa: B008 -- frozen
        acceleration: Acceleration | None = None,
        threads: int | None = None,
    ) -> None:
        if memory.limit is not None:
            keep_to_one_heap()
        self._memory = memory
        self._acceleration = acceleration or Acceleration(waits=memory.limit is not None)
        self._threads = threads or usable_threads()
        self._store = Store(memory, self._threads)

    @classmethod
    def of(cls, chunks: Iterable[Chunk], key: str | None) -> Self:
        """Return the census of chunks whose digests were made with one key, given by its fingerprint."""
        census = cls()
        if key is not None:
            census.take(key, chunks)
        return census

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(self._store.chunks())

    def mark(self, tables: Collection[str]) -> int:  # noqa: ARG002 -- sketches need to know
        """Return where the census stands, for ``rewind``."""
        return len(self._store.packed)

    def rewind(self, mark: int) -> None:
        """Forget what was taken in since ``mark``."""
        self._store.cut(mark)

    def merge(self, other: Census) -> None:
        """Take in everything another census holds.

        Raises:
            ForeignKeyError: The digests were made with another key.

        """
        if other.key is not None:
            self._claim(other.key)
        for chunk in other._store.chunks():
            self._store.add(chunk)

    def _hold(self, chunk: Chunk) -> None:
        self._store.add(chunk)

    def _foreign(self, key: str) -> str:
        return (
            f"These digests were made with key '{key}', the census holds digests of key '{self.key}'. "
            "Use the same key, or start a new census."
        )

    def to_arrow(self) -> pa.Table:
        """Return the state as one Arrow table (digests, flags, counts), to be stored."""
        parts = [to_arrow(chunk) for chunk in self._store.chunks()]
        table = pa.concat_tables(parts, promote_options="default") if parts else pa.table({"table": [""]})[:0]
        return table.replace_schema_metadata({"pandian.census": "2", "pandian.key": self.key or ""})

    @classmethod
    def from_arrow(cls, state: pa.Table) -> Self:
        """Return the census whose ``to_arrow`` was stored.

        Raises:
            ValueError: The table holds no census state that this version reads.

        """
        metadata: Mapping[bytes, bytes] = state.schema.metadata or {}
        if metadata.get(b"pandian.census") != b"2":
            raise ValueError("This is not the state of a census, or that of another version.")
        census = cls()
        census.key = metadata[b"pandian.key"].decode() or None
        if state.num_rows:
            census.take(census.key or "", (from_arrow(part) for part in split_tables(state)))
        return census

    def solve(self) -> People:
        """Link everything collected and return the people, ready to be counted in any scope.

        A census of many rows can be solved once: the people take the place of the rows.

        Raises:
            SpillFull: What does not fit into memory does not fit on the disk either.

        """
        return solve(self._store, self._memory, self._acceleration, self._threads)
