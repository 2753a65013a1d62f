"""What a census takes in, be it of digests or of sketches: chunks whose digests were made with one key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from scanner.census.chunks import Chunk, condense
from scanner.identifiers import Records


class ForeignKeyError(ValueError):
    """Digests made with another key cannot be counted together."""


class OneKey(ABC):
    """Chunks under the key of the first one taken in; digests of different keys never meet.

    Attributes:
        key: Fingerprint of the key of all digests; None until the first records.
    """

    key: str | None = None

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
        for chunk in chunks:
            if len(chunk):
                self._hold(chunk)

    def _claim(self, key: str) -> None:
        if self.key not in {None, key}:
            raise ForeignKeyError(self._foreign(key))
        self.key = key

    @abstractmethod
    def _hold(self, chunk: Chunk) -> None:
        """Take in a chunk that has rows, under the key."""

    @abstractmethod
    def _foreign(self, key: str) -> str:
        """Say that ``key`` is not the one of what is held, and what to do."""
