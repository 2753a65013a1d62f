"""Sources: their names on the command line or in a notebook, and how they are opened as configured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import has_magic
from itertools import count
from pathlib import PurePath

from connectors import Connector, Increment, connect
from scanner.config import SourceConfig

_URL = re.compile(r"[A-Za-z][\w+.-]+://[^/?]*(?P<path>/[^?]*)?")


def name_sources(urls: Iterable[str], taken: Iterable[str] = ()) -> tuple[SourceConfig, ...]:
    """Return a source for each URL or path, named after its file, folder or database, each name once.

    Args:
        urls: The sources.
        taken: Names that other sources have.

    >>> [source.name for source in name_sources(["/a/crm.sqlite", "postgresql://u:p@h/dw", "/b/crm.csv"])]
    ['crm', 'dw', 'crm-2']
    """
    names = set(taken)
    sources = []
    for url in urls:
        name = _short_name(url)
        unique = next(n for i in count(1) if (n := name if i == 1 else f"{name}-{i}") not in names)
        names.add(unique)
        sources.append(SourceConfig(name=unique, url=url))
    return tuple(sources)


def open_configured(source: SourceConfig) -> Connector:
    """Open a source as it is configured."""
    return connect(
        source.url,
        name=source.name,
        include=source.include,
        exclude=source.exclude,
        dictionary=source.dictionary,
        increments=[Increment(**entry.model_dump()) for entry in source.increments],
    )


def _short_name(url: str) -> str:
    """Return the last part that has no wildcard; never of what may be a user name, password or option."""
    parts = PurePath(_path(url)).parts
    plain = [part.strip("/") for part in parts if not has_magic(part)]
    stem = plain[-1].rpartition("@")[2].split(".", maxsplit=1)[0] if plain else ""
    return stem or "source"


def _path(url: str) -> str:
    match = _URL.match(url)
    return (match["path"] or "") if match else url
