"""Collect records table by table and keep only what counting needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import pyarrow as pa

from scanner.census.chunks import Chunk, condense, from_arrow, split_tables, to_arrow
from scanner.census.graph import build
from scanner.census.linking import link
from scanner.census.people import Part, People
from scanner.identifiers import Records


class ForeignKeyError(ValueError):
    """Digests made with another key cannot be counted together."""


class Census:
    """Records of an organization, waiting to be linked. Holds digests only; order does not matter.

    Attributes:
        key: Fingerprint of the key of all digests; None until the first records.

    """

    def __init__(self) -> None:
        self.key: str | None = None
        self._chunks: list[Chunk] = []

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(self._chunks)

    def add(self, records: Iterable[Records]) -> None:
        """Take in records; rows that say nothing about anybody are left out.

        Raises:
            ForeignKeyError: The digests were made with another key.
            ValueError: A kind of identifier is unknown.

        """
        for part in records:
            self.take(part.key, [condense(part)])

    def take(self, key: str, chunks: Iterable[Chunk]) -> None:
        """Take in chunks of records with digests of this key, condensed elsewhere.

        Raises:
            ForeignKeyError: The digests were made with another key.

        """
        self._claim(key)
        self._chunks.extend(chunk for chunk in chunks if len(chunk.keys))

    def merge(self, other: Census) -> None:
        """Take in everything another census holds.

        Raises:
            ForeignKeyError: The digests were made with another key.

        """
        if other.key is not None:
            self._claim(other.key)
        self._chunks.extend(other.chunks)

    def _claim(self, key: str) -> None:
        if self.key not in (None, key):
            raise ForeignKeyError(
                f"These digests were made with key '{key}', the census holds digests of key '{self.key}'. "
                "Use the same key, or start a new census."
            )
        self.key = key

    def to_arrow(self) -> pa.Table:
        """Return the state as one Arrow table (digests, flags, counts), to be stored."""
        parts = [to_arrow(chunk) for chunk in self._chunks]
        table = pa.concat_tables(parts, promote_options="default") if parts else pa.table({"table": [""]})[:0]
        return table.replace_schema_metadata({"pandian.census": "1", "pandian.key": self.key or ""})

    @classmethod
    def from_arrow(cls, state: pa.Table) -> Self:
        """Return the census whose ``to_arrow`` was stored.

        Raises:
            ValueError: The table holds no census state that this version reads.

        """
        metadata: Mapping[bytes, bytes] = state.schema.metadata or {}
        if metadata.get(b"pandian.census") != b"1":
            raise ValueError("This is not the state of a census, or that of another version.")
        census = cls()
        census.key = metadata[b"pandian.key"].decode() or None
        if state.num_rows:
            census._chunks = [from_arrow(part) for part in split_tables(state)]
        return census

    def solve(self) -> People:
        """Link everything collected and return the people, ready to be counted in any scope."""
        tables, rows, graph = build(self._chunks)
        return People(tables, [Part(tables, rows, link(graph, rows))])
