"""Where a table stands in the world of a catalogue: platform, host, database, schema, name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from scanner.result import DatasetResult, Result, TableResult


class ExportError(Exception):
    """A result that cannot be said in a target; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a scan cannot know of names in a catalogue; empty: derived from the source.

    Attributes:
        service: OpenMetadata's name of the service; default: the name of the source.
        database, schema: Of tables whose source does not say.
        platform: DataHub's name of the platform, such as ``hive``.
        env: DataHub's environment.
        cluster: Atlas's cluster, behind the @ of qualified names.
        dialect: For comments: the database whose SQL is wanted.
    """

    service: str = ""
    database: str = ""
    schema: str = ""
    platform: str = ""
    env: str = "PROD"
    cluster: str = "primary"
    dialect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A table with its names; ``path`` is set for files instead of database and schema."""

    source: str
    dataset: DatasetResult
    table: TableResult
    backend: str
    host: str
    port: int | None
    database: str
    schema: str
    path: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return database, schema and table, as far as the platform has them."""
        return tuple(name for name in (self.database, self.schema, self.table.name) if name)


# Databases in which a table has a database and a schema above it; elsewhere they are the same thing.
_THREE = frozenset(
    {"bigquery", "databricks", "duckdb", "kingbase", "mssql", "opengauss", "postgresql", "redshift"}
    | {"snowflake", "trino", "presto", "odps"}
)
_USUAL_SCHEMA = {"duckdb": "main", "mssql": "dbo", "opengauss": "public", "postgresql": "public",
                 "redshift": "public"}  # fmt: skip
FILES = "file"
_STORES = frozenset({"abfs", "abfss", "cos", "cosn", "gs", "hdfs", "obs", "oss", "s3", "s3a"})


def places(result: Result, naming: Naming) -> Iterator[Place]:
    """Yield every table that the scan saw, with its names."""
    for dataset in result.datasets:
        for table in dataset.tables:
            yield _place(dataset, table, naming)


def _place(dataset: DatasetResult, table: TableResult, naming: Naming) -> Place:
    url = urlsplit(dataset.location) if "://" in dataset.location else None
    backend = _backend(dataset.location)
    group = dataset.name.removeprefix(dataset.source).strip("/")
    is_file = backend == FILES or backend in _STORES
    known = unquote(url.path).strip("/") if url and not is_file else ""
    database, schema = ("", "") if is_file else _above(backend, known, group, naming)
    return Place(
        source=dataset.source,
        dataset=dataset,
        table=table,
        backend=backend,
        host=(url.hostname or "") if url else "",
        port=url.port if url and not is_file else None,
        database=database,
        schema=schema,
        path=_path(dataset.location, group, table.name) if is_file else "",
    )


def _backend(location: str) -> str:
    scheme = location.partition("://")[0].partition("+")[0].lower() if "://" in location else ""
    if scheme == "mariadb":
        return "mysql"
    if scheme:
        return scheme
    suffix = PurePosixPath(location).suffix.lower()
    if suffix in {".sqlite", ".sqlite3", ".db", ".db3"}:
        return "sqlite"
    return "duckdb" if suffix in {".duckdb", ".ddb"} else FILES


def _above(backend: str, known: str, group: str, naming: Naming) -> tuple[str, str]:
    """Return database and schema; an empty one where the platform has a single level."""
    if backend in _THREE:
        schema = group or naming.schema or _USUAL_SCHEMA.get(backend, "")
        return naming.database or known, schema
    if backend == "sqlite":
        return naming.database or "main", ""
    return group or naming.database or naming.schema or known, ""


def _path(location: str, group: str, table: str) -> str:
    """Return the file, or the folder of a table below the one that was scanned."""
    base = PurePosixPath(location)
    if base.name.split(".")[0] == table and not group:
        return location
    above = location.rstrip("/") if not base.suffix else str(base.parent)
    return "/".join(part for part in (above, group, table) if part)
