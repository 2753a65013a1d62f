"""Where a store is: a SQLite file, or any database that SQLAlchemy opens."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from connectors._databases.relations import location_of
from scanner.store.errors import StoreUnusable

FILE_NAME = "history.sqlite"


def default_file(environment: Mapping[str, str]) -> Path:
    """Return the user's own store, in the user's data folder.

    >>> default_file({"HOME": "/home/li"}).as_posix()
    '/home/li/.local/share/pandian/history.sqlite'
    """
    base = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME", ".")) / ".local" / "share"
    return Path(base) / "pandian" / FILE_NAME


def store_url(named: str | Path | None, environment: Mapping[str, str]) -> sa.URL:
    """Return the URL of the store named: a SQLAlchemy URL or a file; None is the user's own.

    Raises:
        StoreUnusable: The text is no URL that SQLAlchemy understands, or one of a database in memory.
    """
    if named is None:
        return sa.URL.create("sqlite", database=str(default_file(environment)))
    if "://" not in str(named):
        return sa.URL.create("sqlite", database=str(named))
    try:
        url = sa.make_url(str(named))
    except (sa.exc.ArgumentError, ValueError):
        raise StoreUnusable(
            "The store is no URL that SQLAlchemy understands. Write a file, or a URL such as "
            "postgresql+psycopg://user:${PASSWORD}@host/database."
        ) from None
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StoreUnusable("The store is a SQLite database in memory, which keeps nothing. Name a file.")
    return url


def shown(url: sa.URL) -> str:
    """Return how a store is named to people: its file, or its URL without user, password and options."""
    return str(url.database) if url.get_backend_name() == "sqlite" else location_of(url)


def make_file(url: sa.URL) -> None:
    """Make the file of a SQLite store, for its owner only, with its folder.

    Raises:
        OSError: It cannot be made.
    """
    if url.get_backend_name() != "sqlite":
        return
    file = Path(str(url.database))
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
