"""Finds tables in a folder or a glob: which files belong together, and what they are called.

Reads names and the first bytes of files only.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path
from urllib.parse import unquote

from connectors._stamps import stamp

_PARTITION = re.compile(r"[^=]+=.*")
_PART = re.compile(r"part[-_.]?\d|part[-_]|\d{6}_\d+")  # Spark, Dask and Hive output
_COMPRESSED = frozenset({".gz", ".bz2", ".zst"})
_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
_SQLITE_MAGIC = b"SQLite format 3\0"
_DUCKDB_MAGIC = b"DUCK"  # at byte 8


class Format(StrEnum):
    """What a file holds; ``UNKNOWN`` is no format that is read."""

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
        stamp: Size and time of change when the file was found; empty if it is gone.
    """

    path: Path
    keys: tuple[tuple[str, str | None], ...] = ()
    place: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSet:
    """The files of one table in path order, or the folder that a log keeps as one table."""

    group: str
    name: str
    format: Format
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    folders: tuple[str, ...]  # below the root

    def data(self, keys: tuple[tuple[str, str | None], ...] = ()) -> DataFile:
        place = "/".join((*self.folders, self.path.name))
        return DataFile(self.path, keys, place=place, stamp=stamp(self.path))


def find_file_sets(location: str) -> list[FileSet]:
    """Return the tables below a folder, in a glob, or the one in a file, by group and name.

    Sub-folders are groups. A tree of ``key=value`` folders, and a folder that holds only
    numbered parts of one format, are one table each.
    """
    path = Path(location).absolute()
    if path.is_file() or _is_lake(path):
        return [_single(_Found(path, ()))]
    root, found = _list_files(str(path))
    sets = [file_set for belonging in _bundles(found) for file_set in _file_sets(root, belonging)]
    return sorted(_told_apart(sets), key=lambda file_set: (file_set.group, file_set.name))


def _list_files(location: str) -> tuple[Path, list[_Found]]:
    path = Path(location)
    if path.is_dir():
        return path, sorted(_walk(path, (), {path.resolve()}), key=_order)
    root = _fixed_part(path)
    found: dict[Path, _Found] = {}
    # Path.glob cannot take an absolute pattern.
    for match in sorted(glob(location, recursive=True)):  # noqa: PTH207
        hit = Path(match)
        folders = hit.relative_to(root).parts
        if (hit.is_file() and not _is_ignored(hit.name)) or _is_lake(hit):
            found[hit] = _Found(hit, folders[:-1])
        elif hit.is_dir():
            found.update((entry.path, entry) for entry in _walk(hit, folders, {hit.resolve()}))
    return root, sorted(found.values(), key=_order)


def _fixed_part(pattern: Path) -> Path:
    first = next(position for position, part in enumerate(pattern.parts) if has_magic(part))
    return Path(*pattern.parts[:first])


def _order(found: _Found) -> tuple[tuple[str, ...], str]:
    return found.folders, found.path.name


def _walk(folder: Path, folders: tuple[str, ...], seen: set[Path]) -> Iterator[_Found]:
    """Yield files below a folder; a link back to a folder above is not followed twice."""
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if not _is_ignored(entry.name)]
    for entry in kept:
        path = Path(entry.path)
        if entry.is_file() or _is_lake(path):
            yield _Found(path, folders)
        elif entry.is_dir() and (real := path.resolve()) not in seen:
            seen.add(real)
            yield from _walk(path, (*folders, entry.name), seen)


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
        whole = partitioned or _are_parts(files)
        yield _Bundle(len(folders) if whole else None, tuple(files))


def _partition_table(folders: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the folders down to the one that holds the first ``key=value``."""
    for depth, folder in enumerate(folders):
        if _PARTITION.fullmatch(folder):
            return folders[:depth]
    return None


def _are_parts(files: Sequence[_Found]) -> bool:
    return (
        all(_PART.match(file.path.name) for file in files)
        and len({format_of(file.path) for file in files}) == 1
        and format_of(files[0].path) not in {*DATABASES, *LAKE, Format.WORKBOOK, Format.UNKNOWN}
    )


def _file_sets(root: Path, bundle: _Bundle) -> Iterator[FileSet]:
    if bundle.depth is None:
        yield from (_single(file) for file in bundle.files)
        return
    folders = bundle.files[0].folders[: bundle.depth]
    table_root = root.joinpath(*folders)
    kinds = Counter(format_of(file.path) for file in bundle.files)
    main = max(
        (kind for kind in kinds if kind is not Format.UNKNOWN), key=lambda kind: kinds[kind], default=None
    )
    for kind in kinds:
        belonging = [file for file in bundle.files if format_of(file.path) is kind]
        if kind is main:
            yield FileSet(
                group="/".join(folders[:-1]),
                name=table_root.name,
                format=kind,
                files=tuple(file.data(_keys(file.folders[bundle.depth :])) for file in belonging),
            )
        else:
            yield from (_single(file) for file in belonging)


def _single(file: _Found) -> FileSet:
    kind = format_of(file.path)
    name = file.path.name if kind in LAKE else table_name(file.path)
    group = "/".join(file.folders)
    if kind in DATABASES:
        name, group = "", "/".join((*file.folders, name))
    return FileSet(group=group, name=name, format=kind, files=(file.data(),))


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


def table_name(path: Path) -> str:
    """Return the file name without the suffixes that say what the file is.

    >>> table_name(Path("orders.v2.csv.gz")), table_name(Path("notes.docx"))
    ('orders.v2', 'notes.docx')
    """
    bare = path.with_suffix("") if path.suffix.lower() in _COMPRESSED else path
    known = bare.suffix.lower() in {*_FORMATS, ".sqlite", ".sqlite3", ".db", ".db3", ".duckdb", ".ddb"}
    return bare.stem if known else path.name


def format_of(path: Path) -> Format:
    """Tell the format of a folder by its log, of a file by suffix, else by the first bytes."""
    if path.is_dir():
        return _lake_format(path)
    bare = path.with_suffix("") if path.suffix.lower() in _COMPRESSED else path
    suffix = bare.suffix.lower()
    if suffix in _FORMATS:
        return _FORMATS[suffix] if bare is path or _FORMATS[suffix] in _TEXTS else Format.UNKNOWN
    start = _first_bytes(path)
    if start == _SQLITE_MAGIC:
        return Format.SQLITE
    if start[8:12] == _DUCKDB_MAGIC:
        return Format.DUCKDB
    for magic, found in _MAGIC.items():
        if start.startswith(magic):
            return found
    return Format.DELIMITED if not path.suffix and _PART.match(path.name) else Format.UNKNOWN


def _is_lake(path: Path) -> bool:
    return path.is_dir() and _lake_format(path) in LAKE


def _lake_format(folder: Path) -> Format:
    if (folder / "_delta_log").is_dir():
        return Format.DELTA
    if any(folder.glob("metadata/*.metadata.json")):
        return Format.ICEBERG
    return Format.UNKNOWN


def is_sqlite(path: Path) -> bool:
    """Return whether the file starts as a SQLite database does; an empty file is one, too."""
    return path.is_file() and _first_bytes(path) in {_SQLITE_MAGIC, b""}


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE_MAGIC))
    except OSError:
        return b""
