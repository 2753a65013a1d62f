"""What sources have in common whose tables are opened one by one and then read part by part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Protocol, Self

from connectors._checkup import Checkup, TableCheckup
from connectors._files.lake import LakeTable
from connectors._files.parted_table import Keyed, PartedTable
from connectors._listed import listed
from connectors._model import Batch, Table, TablePart, Unread
from connectors._selection import Selection


class Readable(Protocol):
    """A table that has been opened."""

    def checkup(self, rows: int) -> TableCheckup: ...
    def sample(self, rows: int, seed: int) -> Batch: ...
    def stream(self, columns: Sequence[str]) -> Iterator[Batch]: ...
    def list_parts(self) -> Sequence[TablePart]: ...
    def stream_part(self, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]: ...


class OpenedTables(ABC):
    """A source that keeps the tables it opened while it listed them."""

    def __init__(self, location: str, selection: Selection) -> None:
        self.location = location
        self._selection = selection
        self._opened: dict[tuple[str, str], Readable] = {}
        self._held = ExitStack()  # what is closed with the source

    @abstractmethod
    def tables(self) -> Iterator[Table | Unread]:
        """Open one table after the other, and take it in."""

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        return self._find(table).sample(rows, seed)

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        return self._find(table).stream(columns)

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        del kept
        return self._find(table).list_parts()

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        return self._find(table).stream_part(part, columns)

    @abstractmethod
    def checkup(self) -> Checkup:
        """Return what the source tells of itself."""

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        return self._find(table).checkup(rows)

    def remedy(self, unread: Unread) -> str:
        del unread
        return ""

    def _take_in(self, opened: PartedTable) -> Table:
        self._opened[opened.group, opened.name] = opened
        return opened.describe()

    def _take_in_lake(self, group: str, name: str, opened: LakeTable) -> Iterator[Table | Unread]:
        yield self._take_in(
            PartedTable(
                name=name,
                group=group,
                parts=opened.parts,
                note=notes(opened.parts),
                comment=opened.comment,
                comments=opened.comments,
            )
        )
        yield from (Unread(table=name, reason=reason, group=group) for reason in opened.broken)

    def _find(self, table: Table) -> Readable:
        return listed(self, self._opened, table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._held.close()


def notes(parts: Sequence[Keyed]) -> str:
    """Return what is to be said about parts, each thing once."""
    found = dict.fromkeys(keyed.part.note for keyed in parts)
    return " ".join(filter(None, found))
