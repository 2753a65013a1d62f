"""What a file is, by its suffix or its first bytes, and what a folder is, by the log of a table in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from connectors._files.parallel import at_once
from connectors._files.text_bytes import without_compression
from connectors._storage import Listing, Stored
from connectors._storage.paths import suffix_of

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
_NAMED = frozenset({*_FORMATS, ".sqlite", ".sqlite3", ".db", ".db3", ".duckdb", ".ddb"})  # without in names
# Files that hold no table, and may be millions: not one of them is opened.
_NO_TABLES = frozenset(
    ".jpg .jpeg .png .gif .bmp .webp .svg .tif .tiff .ico .heic .dcm .mp3 .wav .flac .aac .ogg .amr .m4a "
    ".mp4 .avi .mov .mkv .flv .wmv .webm .pdf .doc .docx .ppt .pptx .zip .rar .7z .tar .tgz .iso .exe .dll "
    ".so .jar .class .py .js .css .html .htm .md .ttf .woff .woff2".split()
)
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
    suffix = suffix_of(bare)
    return bare.removesuffix(suffix) if suffix.lower() in _NAMED else file_name


def format_of(file: Stored) -> Format:
    """Tell the format of a file by its suffix, else by the first bytes."""
    return _by_name(file.name) or _by_content(file)


def _by_name(name: str) -> Format | None:
    """Tell a format by the suffix; None where it says nothing."""
    bare = without_compression(name)
    suffix = suffix_of(bare).lower()
    if suffix in _NO_TABLES:
        return Format.UNKNOWN
    found = _FORMATS.get(suffix)
    return Format.UNKNOWN if found and bare != name and found not in _TEXTS else found


def _by_content(file: Stored) -> Format:
    start = _first_bytes(file)
    if start == _SQLITE_MAGIC:
        return Format.SQLITE
    if start[8:12] == _DUCKDB_MAGIC:
        return Format.DUCKDB
    for magic, found in _MAGIC.items():
        if start.startswith(magic):
            return found
    return Format.DELIMITED if not file.suffix and is_part(file) else Format.UNKNOWN


def formats_of(files: Sequence[Stored]) -> list[Format]:
    """Return the formats of files of one folder; of parts without a suffix, the first speaks for all."""
    names = [file.name for file in files]
    known = [_by_name(name) for name in names]
    parts = [not suffix_of(name) and _PART.match(name) is not None for name in names]
    first = next((place for place, is_one in enumerate(parts) if is_one), -1)
    asked = [place for place, found in enumerate(known) if not found and (not parts[place] or place == first)]
    told = dict(zip(asked, at_once(_by_content, [files[place] for place in asked]), strict=True))
    return [found or told.get(place) or told[first] for place, found in enumerate(known)]


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
