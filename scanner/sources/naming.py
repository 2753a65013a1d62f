"""A connector whose names, messages and notes hold no values of people; these are a table of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from classifiers import Catalogue
from classifiers.headers import Vocabulary
from classifiers.named_values import may_be_person, persons_among, words_of
from connectors import (
    Batch,
    Checkup,
    Connector,
    ConnectorError,
    Table,
    TableCheckup,
    TablePart,
    Unread,
    checkup_of,
    list_parts,
    remedy_of,
    stream_part,
    table_checkup_of,
)
from scanner.config import SourceConfig
from scanner.digests import SubjectKey
from scanner.sources.shown_names import ShownNames, ShownTable

_Entry = Table | Unread
_Opener = Callable[[SourceConfig], Connector]


class NamedConnector:
    """Any connector, its tables under the names that are shown; what else it can do stays."""

    def __init__(self, inner: Connector, names: ShownNames) -> None:
        self.location = names.text(inner.location)
        self._inner = inner
        self._names = names
        self._renamed: dict[tuple[str, str], ShownTable] = {}
        self._found: dict[tuple[str, str], Batch] = {}
        self._parts: dict[tuple[str, str, str], TablePart] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def tables(self) -> Iterator[_Entry]:
        """Yield what the source yields; at its end what may be called after people, and values in names."""
        family = _Family(self._names.catalogue.vocabulary)
        broken: ConnectorError | None = None
        try:
            yield from (self._shown(entry) for entry in family.keep_back(self._inner.tables()))
        except ConnectorError as error:
            broken = error
        persons = family.persons()
        yield from (self._shown(entry, persons) for entry in family.kept)
        for table, rows in self._names.found():
            self._found[table.group, table.name] = rows
            yield table
        if broken:
            with self._saying():
                raise broken

    def _shown(self, entry: _Entry, persons: Collection[str] = ()) -> _Entry:
        if isinstance(entry, Unread):
            table, reason, group, column = (
                self._names.text(text, persons)
                for text in (entry.table, entry.reason, entry.group, entry.column)
            )
            return Unread(table=table, reason=reason, group=group, column=column)
        named = self._names.table(entry, persons)
        if named.shown != entry:
            self._renamed[named.shown.group, named.shown.name] = named
        return named.shown

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        if (found := self._found.get((table.group, table.name))) is not None:
            return _some(found, rows, seed)
        with self._saying():
            batch = self._inner.sample(self._held(table), rows=rows, seed=seed)
            return self._rename(table, batch)

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        if (found := self._found.get((table.group, table.name))) is not None:
            return iter([found.select(list(columns))])
        held, names = self._held(table), self._held_columns(table, columns)
        return self._streamed(table, lambda: self._inner.stream(held, names))

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        if (table.group, table.name) in self._found:
            return (TablePart(),)
        with self._saying():
            return [self._part(table, part) for part in list_parts(self._inner, self._held(table), kept)]

    def _part(self, table: Table, part: TablePart) -> TablePart:
        """Return a part under the name that is shown; one that is handed back later keeps its own."""
        shown = part if part.remembered else replace(part, name=self._names.text(part.name))
        self._parts[table.group, table.name, shown.name] = part
        return shown

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        if (table.group, table.name) in self._found:
            return self.stream(table, columns)
        theirs = self._parts.get((table.group, table.name, part.name), part)
        held, names = self._held(table), self._held_columns(table, columns)
        return self._streamed(table, lambda: stream_part(self._inner, held, theirs, names))

    def checkup(self) -> Checkup:
        return checkup_of(self._inner)

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        if (table.group, table.name) in self._found:
            return TableCheckup()
        with self._saying():
            return table_checkup_of(self._inner, self._held(table), rows)

    def remedy(self, unread: Unread) -> str:
        with self._saying():
            return self._names.text(remedy_of(self._inner, unread))

    def _held(self, table: Table) -> Table:
        named = self._renamed.get((table.group, table.name))
        return named.held if named else table

    def _held_columns(self, table: Table, shown: Sequence[str]) -> Sequence[str]:
        named = self._renamed.get((table.group, table.name))
        return named.held_columns(shown) if named else shown

    def _rename(self, table: Table, batch: Batch) -> Batch:
        named = self._renamed.get((table.group, table.name))
        return named.rename(batch) if named else batch

    def _streamed(self, table: Table, read: Callable[[], Iterable[Batch]]) -> Iterator[Batch]:
        with self._saying():
            for batch in read():
                yield self._rename(table, batch)

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Take values out of what an error says, which quotes names of tables, columns and files."""
        with saying(self._names):
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._inner.__exit__(None, None, None)


def open_named(open_source: _Opener, key: SubjectKey, catalogue: Catalogue) -> _Opener:
    """Return what opens sources as ``open_source`` does, and shows their names under this key."""

    def opened(source: SourceConfig) -> Connector:
        names = ShownNames(key, catalogue)
        with saying(names):
            return NamedConnector(open_source(source), names)

    return opened


@contextmanager
def saying(names: ShownNames) -> Iterator[None]:
    """Take values out of what an error of a connector says."""
    try:
        yield
    except ConnectorError as error:
        error.args = (names.text(str(error)), *error.args[1:])
        raise


@dataclass(slots=True)
class _Family:
    """Tables that may be called after people, kept back until it is known what their siblings are called."""

    vocabulary: Vocabulary
    kept: list[_Entry] = field(default_factory=list)
    _siblings: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def keep_back(self, entries: Iterable[_Entry]) -> Iterator[_Entry]:
        """Yield the others as they come."""
        for entry in entries:
            path = _path(entry)
            words = words_of(path)
            for depth in range(len(path)) if words else ():
                self._siblings.setdefault(path[:depth], set()).add(path[depth])
            if any(may_be_person(word, self.vocabulary) for word in words):
                self.kept.append(entry)
            else:
                yield entry

    def persons(self) -> frozenset[str]:
        """Return the personal names in names of tables and folders."""
        found = (persons_among(names, self.vocabulary) for names in self._siblings.values() if self.kept)
        return frozenset(word for words in found for word in words)


def _path(entry: _Entry) -> tuple[str, ...]:
    """Return the folders of a table, and its name."""
    return (*entry.group.split("/"), entry.table if isinstance(entry, Unread) else entry.name)


def _some(found: Batch, rows: int, seed: int) -> Batch:
    if rows >= found.num_rows:
        return found
    picked = np.random.default_rng(seed).choice(found.num_rows, rows, replace=False)
    return found.take(np.sort(picked))
