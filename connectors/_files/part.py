"""One file of a table: what every format tells of it, and what it says when it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import ELOOP
from lzma import LZMAError
from typing import Protocol

import numpy as np
import pyarrow as pa

from connectors._model import Batch, Column
from connectors._nesting import Leaf

_STORE_ERROR = re.compile(r"\bAWS Error ([A-Z_]+)|\b(?:Azure|GCS|Gcs)\w* [Ee]rror")
_LINK = "a link that leads back to itself"


class PartBroken(Exception):
    """One file cannot be read. The message says why, without a value."""


@contextmanager
def explained(damage: str) -> Iterator[None]:
    """Turn what a library raises into `PartBroken`; ``damage`` says what an unreadable file may be.

    The library's own words may quote a value, so neither they nor the chain are passed on.
    """
    try:
        yield
    except FileNotFoundError:
        raise PartBroken("no such file (any more)") from None
    except PermissionError:
        raise PartBroken("permission denied") from None
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, EOFError, LZMAError) as error:
        raise PartBroken(_LINK if _is_loop(error) else refusal(error) or damage) from None


def _is_loop(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno == ELOOP


def refusal(error: Exception) -> str:
    """Return why a store refused, if it was one: the code alone, since its words may name a login."""
    found = _STORE_ERROR.search(str(error))
    return f"the store refused or broke off: {found[1]}" if found else ""


class Part(Protocol):
    """One file of a table.

    Attributes:
        name: File name, for messages.
        columns: Names are unique; what the union is made of.
        types: Of the columns, in the same order.
        pieces: Rows (perhaps estimated) of the pieces that can be read by themselves.
        rows: None when it cannot be known without reading everything.
    """

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def types(self) -> tuple[pa.DataType, ...]: ...
    @property
    def pieces(self) -> tuple[int, ...]: ...
    @property
    def rows(self) -> int | None: ...
    @property
    def note(self) -> str: ...

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        """Return at most ``rows`` rows from all over one piece, or raise `PartBroken`."""
        ...

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield all rows; raise `PartBroken`, perhaps after some batches."""
        ...


class OfLeaves:
    """What parts say that are described by leaf columns."""

    __slots__ = ()
    leaves: tuple[Leaf, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(leaf.column() for leaf in self.leaves)

    @property
    def types(self) -> tuple[pa.DataType, ...]:
        return tuple(leaf.type for leaf in self.leaves)

    @property
    def note(self) -> str:
        return ""


class OfFields:
    """What parts say whose columns are described by name and type."""

    __slots__ = ()
    fields: tuple[tuple[str, pa.DataType], ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, str(kind)) for name, kind in self.fields)

    @property
    def types(self) -> tuple[pa.DataType, ...]:
        return tuple(kind for _, kind in self.fields)
