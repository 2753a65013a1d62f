"""Finds tables in a folder or a glob: which files belong together, and what they are called.

Reads names and the first bytes of files only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from glob import has_magic
from urllib.parse import unquote

from connectors._bytes import without_compression
from connectors._storage import Entry, Listing, Stored

_PARTITION = re.compile(r"[^=]+=.*")
_PART = re.compile(r"part[-_.]?\d|part[-_]|\d{6}_\d+")  # Spark, Dask and Hive output
_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
_SQLITE_MAGIC = b"SQLite format 3\0"
_DUCKDB_MAGIC = b"DUCK"  # at byte 8


class Format(StrEnum):
    """What a file holds; ``UNKNOWN``: nothing that is read; ``LOCKED``: a folder that may not be listed."""

    PARQUET = "Parquet"
    DELIMITED = "delimited text"
    JSON_LINES = "JSON Lines"
    ORC = "ORC"
    ARROW = "Arrow IPC"
    WORKBOOK = "workbook"
    SQLITE = "SQLite"
    DUCKDB = "DuckDB"
    DELTA = "Delta"
    ICEBERG = "Iceberg"
    UNKNOWN = "unknown"
    LOCKED = "locked folder"


_FORMATS = {
    ".parquet": Format.PARQUET,
    ".parq": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".csv": Format.DELIMITED,
    ".tsv": Format.DELIMITED,
    ".tab": Format.DELIMITED,
    ".psv": Format.DELIMITED,
    ".txt": Format.DELIMITED,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON_LINES,
    ".orc": Format.ORC,
    ".arrow": Format.ARROW,
    ".feather": Format.ARROW,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
    ".xlsb": Format.WORKBOOK,
    ".xls": Format.WORKBOOK,
    ".ods": Format.WORKBOOK,
}
_MAGIC = {b"PAR1": Format.PARQUET, b"ORC": Format.ORC, b"ARROW1": Format.ARROW}
# Databases in a file: their tables are the tables, and the file is their group.
DATABASES = frozenset({Format.SQLITE, Format.DUCKDB})
# Folders that are one table, whose log says which files belong to it now.
LAKE = frozenset({Format.DELTA, Format.ICEBERG})
_TEXTS = frozenset({Format.DELIMITED, Format.JSON_LINES})  # which may be compressed as a whole


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file, with the values of its partition keys (None for a missing one).

    Attributes:
        place: Path below the root of the source, with ``/``.
    """

    path: Stored
    keys: tuple[tuple[str, str | None], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSet:
    """The files of one table in path order, or the folder that a log keeps as one table."""

    group: str
    name: str
    format: Format
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    path: Stored
    folders: tuple[str, ...]  # below the root
    format: Format

    def data(self, keys: tuple[tuple[str, str | None], ...] = ()) -> DataFile:
        return DataFile(self.path, keys, place="/".join((*self.folders, self.path.name)))


def find_file_sets(location: Stored) -> list[FileSet]:
    """Return the tables below a folder, in a pattern, or the one in a file, by group and name.

    Sub-folders are groups. A tree of ``key=value`` folders, and a folder that holds only
    numbered parts of one format, are one table each.
    """
    if not has_magic(location.path):
        if location.is_file():
            return [_single(_Found(location, (), format_of(location)))]
        if (kind := _lake_format(location.storage.listing(location), location)) in LAKE:
            return [_single(_Found(location, (), kind))]
    root, found = _list_files(location)
    sets = [file_set for belonging in _bundles(found) for file_set in _file_sets(root, belonging)]
    return sorted(_told_apart(sets), key=lambda file_set: (file_set.group, file_set.name))


def _list_files(location: Stored) -> tuple[Stored, list[_Found]]:
    if not has_magic(location.path):
        return location, sorted(_everything_below(location, ()), key=_order)
    root, pattern = _fixed_part(location)
    found: dict[str, _Found] = {}
    for hit, folders in _matching(root, pattern, ()):
        below = [] if hit.is_folder else [_Found(hit.stored, folders[:-1], format_of(hit.stored))]
        for file in below or _at_or_below(hit.stored, folders):
            found[file.path.path] = file
    return root, sorted(found.values(), key=_order)


def _fixed_part(location: Stored) -> tuple[Stored, tuple[str, ...]]:
    """Return the folder in front of a pattern, and the pattern by folders."""
    parts = location.path.split("/")
    first = next(position for position, part in enumerate(parts) if has_magic(part))
    return Stored(location.storage, "/".join(parts[:first]) or "/"), tuple(filter(None, parts[first:]))


def _matching(
    folder: Stored, pattern: tuple[str, ...], folders: tuple[str, ...]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield what a pattern means, with its path below the first folder; ``**`` is any number of folders."""
    first, *rest = pattern
    try:
        entries = folder.storage.entries(folder)
    except PermissionError:
        if not folders:
            raise
        yield Entry(folder, is_folder=True), folders
        return
    if first == "**" and rest:
        yield from _matching(folder, tuple(rest), folders)
    for entry in sorted(entries, key=lambda entry: entry.stored.path):
        inside = (*folders, entry.stored.name)
        if _is_ignored(entry.stored.name) or not (first == "**" or fnmatchcase(entry.stored.name, first)):
            continue
        if first == "**" and entry.is_folder:
            yield from _matching(entry.stored, pattern, inside)
        elif entry.is_folder and rest:
            yield from _matching(entry.stored, tuple(rest), inside)
        elif not rest:
            yield entry, inside


def _at_or_below(folder: Stored, folders: tuple[str, ...]) -> Iterator[_Found]:
    listing = folder.storage.listing(folder)
    if (kind := _folder_format(listing, folder)) in LAKE:
        yield _Found(folder, folders[:-1], kind)
    elif kind is Format.LOCKED:
        yield _locked(folder, folders[:-1])
    else:
        yield from _walk(listing, folder, folders, {folder.real()})


def _everything_below(folder: Stored, folders: tuple[str, ...]) -> Iterator[_Found]:
    return _walk(folder.storage.listing(folder), folder, folders, {folder.real()})


def _order(found: _Found) -> tuple[tuple[str, ...], str]:
    return found.folders, found.path.name


def _walk(listing: Listing, folder: Stored, folders: tuple[str, ...], seen: set[str]) -> Iterator[_Found]:
    """Yield files below a folder; a link back to a folder above is not followed twice."""
    kept = [entry for entry in listing.entries(folder) if not _is_ignored(entry.stored.name)]
    files = [entry.stored for entry in kept if not entry.is_folder]
    yield from (_Found(file, folders, kind) for file, kind in zip(files, _formats(files), strict=True))
    for entry in kept:
        if not entry.is_folder:
            continue
        if (kind := _folder_format(listing, entry.stored)) in LAKE:
            yield _Found(entry.stored, folders, kind)
        elif kind is Format.LOCKED:
            yield _locked(entry.stored, folders)
        elif (real := entry.stored.real()) not in seen:
            seen.add(real)
            yield from _walk(listing, entry.stored, (*folders, entry.stored.name), seen)


def _locked(folder: Stored, folders: tuple[str, ...]) -> _Found:
    """Return a folder that may not be listed; one that is a partition is missing in its table."""
    is_partition = _PARTITION.fullmatch(folder.name) is not None
    return _Found(folder, (*folders, folder.name) if is_partition else folders, Format.LOCKED)


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "_")) or name.endswith(".crc")


# --- which files belong together ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Files of one folder; ``depth`` is the number of folders above the table, None: apart."""

    depth: int | None
    files: tuple[_Found, ...]


def _bundles(found: Sequence[_Found]) -> Iterator[_Bundle]:
    by_folder: dict[tuple[tuple[str, ...], bool], list[_Found]] = {}
    for file in found:
        table = _partition_table(file.folders)
        by_folder.setdefault((file.folders if table is None else table, table is not None), []).append(file)
    for (folders, partitioned), files in by_folder.items():
        whole = partitioned or _are_parts([file for file in files if file.format is not Format.LOCKED])
        yield _Bundle(len(folders) if whole else None, tuple(files))


def _partition_table(folders: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the folders down to the one that holds the first ``key=value``."""
    for depth, folder in enumerate(folders):
        if _PARTITION.fullmatch(folder):
            return folders[:depth]
    return None


def _are_parts(files: Sequence[_Found]) -> bool:
    return bool(files) and (
        all(_PART.match(file.path.name) for file in files)
        and len({file.format for file in files}) == 1
        and files[0].format not in {*DATABASES, *LAKE, Format.WORKBOOK, Format.UNKNOWN}
    )


def _file_sets(root: Stored, bundle: _Bundle) -> Iterator[FileSet]:
    if bundle.depth is None:
        yield from (_single(file) for file in bundle.files)
        return
    folders = bundle.files[0].folders[: bundle.depth]
    kinds = Counter(file.format for file in bundle.files)
    known = [kind for kind in kinds if kind not in {Format.UNKNOWN, Format.LOCKED}]
    main = max(known, key=lambda kind: kinds[kind], default=None)
    for kind in kinds:
        belonging = [file for file in bundle.files if file.format is kind]
        is_partition = kind is Format.LOCKED and _partition_table(belonging[0].folders) is not None
        if kind is main or is_partition:
            yield FileSet(
                group="/".join(folders[:-1]),
                name=folders[-1] if folders else root.name,
                format=kind,
                files=tuple(file.data(_keys(file.folders[bundle.depth :])) for file in belonging),
            )
        else:
            yield from (_single(file) for file in belonging)


def _single(file: _Found) -> FileSet:
    name = file.path.name if file.format in LAKE else table_name(file.path.name)
    group = "/".join(file.folders)
    if file.format in DATABASES:
        name, group = "", "/".join((*file.folders, name))
    return FileSet(group=group, name=name, format=file.format, files=(file.data(),))


def _keys(folders: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    pairs = (folder.partition("=") for folder in folders if _PARTITION.fullmatch(folder))
    return tuple((unquote(key), None if value == _HIVE_NULL else unquote(value)) for key, _, value in pairs)


def _told_apart(sets: Sequence[FileSet]) -> Iterator[FileSet]:
    """Give the whole file name to files that differ in suffix only."""
    count = Counter((file_set.group, file_set.name) for file_set in sets)
    for file_set in sets:
        if count[file_set.group, file_set.name] == 1:
            yield file_set
        else:
            yield _with_whole_name(file_set)


def _with_whole_name(file_set: FileSet) -> FileSet:
    path = file_set.files[0].path
    if file_set.format in DATABASES:
        group = "/".join((*file_set.group.split("/")[:-1], path.name))
        return FileSet(group=group, name="", format=file_set.format, files=file_set.files)
    if len(file_set.files) > 1 or file_set.files[0].keys:
        return file_set
    return FileSet(group=file_set.group, name=path.name, format=file_set.format, files=file_set.files)


# --- what a file is -------------------------------------------------------------------------


def table_name(file_name: str) -> str:
    """Return the file name without the suffixes that say what the file is.

    >>> table_name("orders.v2.csv.gz"), table_name("notes.docx")
    ('orders.v2', 'notes.docx')
    """
    bare = without_compression(file_name)
    known = bare.suffix.lower() in {*_FORMATS, ".sqlite", ".sqlite3", ".db", ".db3", ".duckdb", ".ddb"}
    return bare.stem if known else file_name


def format_of(file: Stored) -> Format:
    """Tell the format of a file by its suffix, else by the first bytes."""
    bare = without_compression(file.name)
    suffix = bare.suffix.lower()
    if suffix in _FORMATS:
        plain = bare.name == file.name or _FORMATS[suffix] in _TEXTS
        return _FORMATS[suffix] if plain else Format.UNKNOWN
    start = _first_bytes(file)
    if start == _SQLITE_MAGIC:
        return Format.SQLITE
    if start[8:12] == _DUCKDB_MAGIC:
        return Format.DUCKDB
    for magic, found in _MAGIC.items():
        if start.startswith(magic):
            return found
    return Format.DELIMITED if not file.suffix and _PART.match(file.name) else Format.UNKNOWN


def _formats(files: Sequence[Stored]) -> Iterator[Format]:
    """Yield the formats of files of one folder; of parts without a suffix, the first speaks for all."""
    of_parts: Format | None = None
    for file in files:
        if file.suffix or not _PART.match(file.name):
            yield format_of(file)
        else:
            of_parts = of_parts or format_of(file)
            yield of_parts


def _folder_format(listing: Listing, folder: Stored) -> Format:
    """Tell a folder below the one that is scanned: with the log of a table, locked, or any other."""
    try:
        return _lake_format(listing, folder)
    except PermissionError:
        return Format.LOCKED


def _lake_format(listing: Listing, folder: Stored) -> Format:
    """Tell a folder with the log of a table by what it holds."""
    inside = {entry.stored.name for entry in listing.entries(folder) if entry.is_folder}
    if "_delta_log" in inside:
        return Format.DELTA
    return Format.ICEBERG if "metadata" in inside and _has_versions(listing, folder) else Format.UNKNOWN


def _has_versions(listing: Listing, folder: Stored) -> bool:
    try:
        entries = listing.entries(folder / "metadata")
    except PermissionError:  # what is in the folder itself is read all the same
        return False
    return any(entry.stored.name.endswith(".metadata.json") for entry in entries)


def is_sqlite(file: Stored) -> bool:
    """Return whether the file starts as a SQLite database does; an empty file is one, too."""
    return file.is_file() and _first_bytes(file) in {_SQLITE_MAGIC, b""}


def _first_bytes(file: Stored) -> bytes:
    try:
        with file.open() as opened:
            found: bytes = opened.read(len(_SQLITE_MAGIC))
            return found
    except OSError:
        return b""
