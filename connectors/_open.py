"""Chooses the connector for a URL or path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from connectors._access import UNLIMITED, Access
from connectors._databases.increments import Increment
from connectors._dictionary import DescribedConnector, load_dictionary
from connectors._files.formats import Format, format_of
from connectors._files.headers import TOLD_BY_DATA, Headers
from connectors._pace import paced
from connectors._protocol import Connector
from connectors._secrets import with_password
from connectors._selection import Selection
from connectors._storage import on_this_machine
from connectors._storage.fsspec import without_login
from connectors._storage.stores import is_store, open_store
from connectors.catalogue import SCHEME, connect_catalogue
from connectors.duckdb import connect_duckdb
from connectors.files import FilesConnector
from connectors.sql import connect_sql, connect_sqlite

_SCHEME = re.compile(r"[A-Za-z][\w+.-]+(?=://)")


def connect(  # noqa: PLR0913 -- what a configuration says of a source
    url: str,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    dictionary: str | None = None,
    name: str = "",
    increments: Sequence[Increment] = (),
    access: Access = UNLIMITED,
    headers: Headers = TOLD_BY_DATA,
    password_from: str | None = None,
) -> Connector:
    """Open a SQLAlchemy URL, a path, a glob, or a URL of files in a store (S3, HDFS, whatever fsspec knows).

    Args:
        url: The source. Drivers of databases are imported only when one is opened.
        include: Patterns (as in a shell) on ``table``, ``group/table`` or ``group.table``.
        exclude: The same, for tables to leave out.
        dictionary: CSV or TSV file with comments on tables and columns.
        name: The source's name, as the dictionary's column ``dataset`` has it.
        increments: How to tell the parts of tables; for databases. Files are parts by themselves.
        access: What of it may be read, how fast, and how often something is tried.
        headers: Which delimited files and sheets have a header.
        password_from: Where the password of the URL is: ``keyring:SERVICE/USER``.

    Raises:
        UnknownScheme: Nothing reads such a URL.
        DriverMissing: A driver has to be installed.
        SourceUnreachable: No such file, no such server, a wrong password.
    """
    comments = load_dictionary(dictionary) if dictionary else None
    if password_from is not None:
        url = with_password(url, password_from)
    selection = Selection(tuple(include), tuple(exclude))
    if SCHEME.match(url):
        connector = paced(connect_catalogue(url, selection), access)
    else:
        connector = paced(_connect(url, selection, increments, access, headers), access)
    return DescribedConnector(connector, comments, name) if comments else connector


def _connect(
    url: str, selection: Selection, increments: Sequence[Increment], access: Access, headers: Headers
) -> Connector:
    scheme = _SCHEME.match(url)
    if scheme and scheme.group().lower() == "duckdb":
        return connect_duckdb(
            Path(unquote(urlsplit(url).path.removeprefix("/"))), selection, views=access.views
        )
    if is_store(url):
        return FilesConnector(open_store(url), selection, location=without_login(url), headers=headers)
    if scheme and scheme.group().lower() != "file":
        return connect_sql(url, selection, increments, access)
    path = unquote(urlsplit(url).path) if scheme else str(Path(url).expanduser())
    place = on_this_machine(path)
    kind = format_of(place) if place.is_file() else None
    if kind is Format.SQLITE:
        return connect_sqlite(place.local(), selection, increments=increments, access=access)
    if kind is Format.DUCKDB:
        return connect_duckdb(place.local(), selection, views=access.views)
    return FilesConnector(place, selection, headers=headers)
