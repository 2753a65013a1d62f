"""Files: a folder, a glob or one file, of the formats that are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from connectors._checkup import Checkup, TableCheckup, table_checkup_of
from connectors._errors import ConnectorError, SourceUnreachable
from connectors._files.formats import DATABASES, LAKE, Format
from connectors._files.headers import TOLD_BY_DATA, HeaderRule, Headers
from connectors._files.opened import OpenedTables, notes
from connectors._files.parallel import FOOTERS, TEXTS, at_once
from connectors._files.part import Part, PartBroken, explained, refusal
from connectors._files.parted_table import Keyed, PartedTable
from connectors._files.sets import FileSet, find_file_sets
from connectors._model import Batch, Table, TablePart, Unread
from connectors._protocol import Connector, list_parts, stream_part
from connectors._selection import EVERYTHING, Selection
from connectors._storage import Stored
from connectors.arrow import open_arrow
from connectors.delimited import open_delimited
from connectors.delta import open_delta
from connectors.duckdb import connect_duckdb
from connectors.excel import open_workbook
from connectors.iceberg import open_iceberg
from connectors.jsonlines import open_json_lines
from connectors.orc import open_orc
from connectors.parquet import open_parquet
from connectors.sql import connect_sqlite

_Opener = Callable[
    [FileSet, HeaderRule], tuple[tuple[Keyed, ...], list[str]]
]  # readable parts, and what is wrong with the others


_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".7z", ".rar")
_LOCKED = "permission denied: the folder cannot be listed"
_CROWD = 100  # files of one suffix in a folder that are not read; more are named together


def _not_supported(name: str) -> str:
    packed = name.lower().endswith(_ARCHIVES)
    return "an archive; unpack it and scan the files in it" if packed else "format not supported"


def _kind(file_set: FileSet) -> tuple[str, str]:
    """Return the folder and the suffix of a file."""
    return file_set.group, file_set.files[0].path.suffix.lower()


def _unexpected(error: Exception) -> str:
    return f"an unexpected {type(error).__name__} when it was opened; please report"


class FilesConnector(OpenedTables):
    """The tables in files."""

    def __init__(
        self,
        place: Stored,
        selection: Selection = EVERYTHING,
        location: str = "",
        headers: Headers = TOLD_BY_DATA,
    ) -> None:
        super().__init__(location or place.url, selection)
        self._headers = headers
        self._file_sets = _find(place)

    def tables(self) -> Iterator[Table | Unread]:
        unknown = [each for each in self._file_sets if each.format is Format.UNKNOWN and self._takes(each)]
        crowds = {kind: n for kind, n in Counter(map(_kind, unknown)).items() if n > _CROWD}
        for (group, suffix), number in sorted(crowds.items()):
            yield Unread(
                table=f"*{suffix}", reason=f"{number:,} files of a format that is not supported", group=group
            )
        for file_set in self._file_sets:
            if file_set.format is Format.UNKNOWN and _kind(file_set) in crowds:
                continue
            try:
                yield from self._tables_of(file_set)
            except Exception as error:  # noqa: BLE001 -- one file must not lose the others; libraries quote values
                yield Unread(table=file_set.name, reason=_unexpected(error), group=file_set.group)

    def _tables_of(self, file_set: FileSet) -> Iterator[Table | Unread]:
        if file_set.format in DATABASES:
            yield from self._database_tables(file_set)
        elif file_set.format is Format.WORKBOOK:
            yield from self._sheets(file_set)
        elif file_set.format in LAKE:
            yield from self._lake_table(file_set)
        elif file_set.format is Format.LOCKED:
            yield from self._locked(file_set)
        elif self._takes(file_set):
            yield from self._open(file_set)

    def _takes(self, file_set: FileSet) -> bool:
        return self._selection.takes(file_set.group, file_set.name)

    def checkup(self) -> Checkup:
        formats = Counter(file_set.format for file_set in self._file_sets)
        said = ", ".join(f"{number} {kind}" for kind, number in sorted(formats.items()))
        return Checkup(kind="files", server=said, session="files are opened read-only")

    def _open(self, file_set: FileSet) -> Iterator[Table | Unread]:
        opener = _OPENERS.get(file_set.format)
        if opener is None:
            yield Unread(table=file_set.name, reason=_not_supported(file_set.name), group=file_set.group)
            return
        parts, broken = opener(file_set, self._headers.rule((file_set.group, file_set.name)))
        if parts:
            yield self._take_in(
                PartedTable(name=file_set.name, group=file_set.group, parts=parts, note=notes(parts))
            )
        yield from (Unread(table=file_set.name, reason=reason, group=file_set.group) for reason in broken)

    def _locked(self, file_set: FileSet) -> Iterator[Unread]:
        """Yield folders that may not be listed, each with the table that it is a partition of, or alone.

        Of a partition the column is named, not its value, which may be personal.
        """
        for file in file_set.files:
            if file_set.name != file.path.name:
                if self._takes(file_set):
                    column, is_partition, _ = file.path.name.partition("=")
                    where = f"a partition by '{column}'" if is_partition else "a folder of a partition"
                    yield Unread(table=file_set.name, reason=f"{where}: {_LOCKED}", group=file_set.group)
            elif self._selection.takes("/".join(filter(None, (file_set.group, file_set.name))), ""):
                yield Unread(table=file_set.name, reason=_LOCKED, group=file_set.group)

    def _lake_table(self, file_set: FileSet) -> Iterator[Table | Unread]:
        if not self._takes(file_set):
            return
        open_table = open_delta if file_set.format is Format.DELTA else open_iceberg
        try:
            opened = open_table(file_set.files[0].path)
        except PartBroken as error:
            yield Unread(table=file_set.name, reason=str(error), group=file_set.group)
            return
        yield from self._take_in_lake(file_set.group, file_set.name, opened)

    def _sheets(self, file_set: FileSet) -> Iterator[Table | Unread]:
        """Yield the sheets of a workbook; several are a group, one alone is named after its file."""
        path = file_set.files[0].path
        try:
            mark = _stamp(path)
            sheets = open_workbook(path, self._headers, file_set.group, file_set.name)
        except PartBroken as error:
            yield Unread(table=file_set.name, reason=str(error), group=file_set.group)
            return
        alone = len(sheets) == 1
        group = file_set.group if alone else "/".join(filter(None, (file_set.group, file_set.name)))
        for sheet, part in sheets:
            name = file_set.name if alone else sheet
            if not self._selection.takes(group, name):
                continue
            if isinstance(part, PartBroken):
                yield Unread(table=name, reason=str(part), group=group)
            else:
                keyed = Keyed(part=part, keys=(), stamp=mark, file=(path, mark))
                yield self._take_in(PartedTable(name=name, group=group, parts=(keyed,), note=part.note))

    def _database_tables(self, file_set: FileSet) -> Iterator[Table | Unread]:
        path = file_set.files[0].path
        try:
            database = self._held.enter_context(_connect_database(file_set.format, path))
            found = list(database.tables())
        except ConnectorError as error:
            yield Unread(table=path.name, reason=str(error), group=file_set.group)
            return
        for table in found:
            group = "/".join(filter(None, (file_set.group, table.group)))
            name = table.table if isinstance(table, Unread) else table.name
            if self._selection.takes(group, name):
                if isinstance(table, Table):
                    self._opened[group, name] = _DatabaseTable(database, table)
                yield replace(table, group=group)


class _DatabaseTable:
    """A table of a database file among other files."""

    def __init__(self, database: Connector, table: Table) -> None:
        self._database = database
        self._table = table

    def sample(self, rows: int, seed: int) -> Batch:
        return self._database.sample(self._table, rows=rows, seed=seed)

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        return self._database.stream(self._table, columns)

    def checkup(self, rows: int) -> TableCheckup:
        return table_checkup_of(self._database, self._table, rows)

    def list_parts(self) -> Sequence[TablePart]:
        return list_parts(self._database, self._table)

    def stream_part(self, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        return stream_part(self._database, self._table, part, columns)


def _connect_database(kind: Format, path: Stored) -> Connector:
    if path.storage.remote:
        raise SourceUnreachable("a database in a file is read from a local disk only; copy it to one")
    return connect_duckdb(path.local()) if kind is Format.DUCKDB else connect_sqlite(path.local())


def _find(place: Stored) -> list[FileSet]:
    try:
        found = find_file_sets(place)
        if found or place.is_folder():
            return found
    except FileNotFoundError:
        pass
    except OSError as error:
        reason = refusal(error) or error.strerror or "cannot be listed"
        raise SourceUnreachable(f"{place.url}: {reason}.") from None
    raise SourceUnreachable(f"{place.url}: no such file.")


def _stamp(path: Stored) -> str:
    with explained("cannot be read"):
        return path.stamp()


def _each(open_part: Callable[[Stored], Part], most: int = FOOTERS) -> _Opener:
    def open_parts(file_set: FileSet, _rule: HeaderRule) -> tuple[tuple[Keyed, ...], list[str]]:
        return _sorted_out(file_set, lambda paths: at_once(partial(_part_or_error, open_part), paths, most))

    return open_parts


def _part_or_error(open_part: Callable[[Stored], Part], path: Stored) -> Part | PartBroken:
    try:
        return open_part(path)
    except PartBroken as error:
        return error


def _open_delimited_parts(file_set: FileSet, rule: HeaderRule) -> tuple[tuple[Keyed, ...], list[str]]:
    return _sorted_out(file_set, partial(open_delimited, rule=rule))


_OPENERS: dict[Format, _Opener] = {
    Format.PARQUET: _each(open_parquet),
    Format.DELIMITED: _open_delimited_parts,
    Format.JSON_LINES: _each(open_json_lines, TEXTS),
    Format.ORC: _each(open_orc),
    Format.ARROW: _each(open_arrow),
}


def _sorted_out(
    file_set: FileSet, open_all: Callable[[Sequence[Stored]], Sequence[Part | PartBroken]]
) -> tuple[tuple[Keyed, ...], list[str]]:
    """Return the readable parts with their partition keys, and what is wrong with the others."""
    paths = [file.path for file in file_set.files]
    marks = at_once(_mark_or_error, paths)  # before a file is read, so that a change shows
    parts, broken = [], []
    for file, mark, part in zip(file_set.files, marks, open_all(paths), strict=True):
        if isinstance(part, PartBroken) or isinstance(mark, PartBroken):
            broken.append(f"{file.path.name}: {part if isinstance(part, PartBroken) else mark}")
        else:
            parts.append(
                Keyed(part=part, keys=file.keys, place=file.place, stamp=mark, file=(file.path, mark))
            )
    return tuple(parts), broken


def _mark_or_error(path: Stored) -> str | PartBroken:
    try:
        return _stamp(path)
    except PartBroken as error:
        return error
