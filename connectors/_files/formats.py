"""What a file is, by its suffix or its first bytes, and what a folder is, by the log of a table in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from connectors._files.text_bytes import without_compression
from connectors._storage import Listing, Stored

_PART = re.compile(r"part[-_.]?\d|part[-_]|\d{6}_\d+")  # Spark, Dask and Hive output
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


def is_part(file: Stored) -> bool:
    """Return whether the file is called like one of the parts that a table is written in."""
    return _PART.match(file.name) is not None


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
    return Format.DELIMITED if not file.suffix and is_part(file) else Format.UNKNOWN


def formats_of(files: Sequence[Stored]) -> Iterator[Format]:
    """Yield the formats of files of one folder; of parts without a suffix, the first speaks for all."""
    of_parts: Format | None = None
    for file in files:
        if file.suffix or not is_part(file):
            yield format_of(file)
        else:
            of_parts = of_parts or format_of(file)
            yield of_parts


def folder_format(listing: Listing, folder: Stored) -> Format:
    """Tell a folder below the one that is scanned: with the log of a table, locked, or any other."""
    try:
        return lake_format(listing, folder)
    except PermissionError:
        return Format.LOCKED


def lake_format(listing: Listing, folder: Stored) -> Format:
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
