"""Sources: their names on the command line or in a notebook, and how they are opened as configured."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from glob import has_magic
from itertools import count
from pathlib import PurePath

from classifiers import built_in
from classifiers.first_rows import FirstRowWords
from classifiers.named_values import identifiers_in, masked, values_in
from connectors import Access, Connector, Headers, Increment, Retries, connect, is_store
from scanner.config import SourceConfig

_URL = re.compile(r"[A-Za-z][\w+.-]+://(?:[^/?@]*@)?(?P<host>[^/?]*)(?P<path>/[^?]*)?")


def name_sources(urls: Iterable[str], taken: Iterable[str] = ()) -> tuple[SourceConfig, ...]:
    """Return a source for each URL or path, named after its file, folder or database, each name once.

    Args:
        urls: The sources.
        taken: Names that other sources have.

    >>> [source.name for source in name_sources(["/a/crm.sqlite", "postgresql://u:p@h/dw", "/b/crm.csv"])]
    ['crm', 'dw', 'crm-2']
    >>> [source.name for source in name_sources(["s3://k:s@bucket?region=x", "zip://*.csv::/data/x.zip"])]
    ['bucket', 'x']
    """
    names = set(taken)
    sources = []
    for url in urls:
        sources.append(name_source(url, names))
        names.add(sources[-1].name)
    return tuple(sources)


def name_source(url: str, taken: Container[str], name: str = "") -> SourceConfig:
    """Return a source of this name, or named after its URL; numbered where the name is taken."""
    return SourceConfig(name=unique_name(name or _short_name(url), taken), url=url)


def unique_name(name: str, taken: Container[str]) -> str:
    """Return the name, numbered where it is taken.

    >>> unique_name("crm", {"crm"})
    'crm-2'
    """
    return next(n for i in count(1) if (n := name if i == 1 else f"{name}-{i}") not in taken)


def open_configured(source: SourceConfig) -> Connector:
    """Open a source as it is configured."""
    return connect(
        source.url,
        name=source.name,
        include=source.include,
        exclude=source.exclude,
        dictionary=source.dictionary,
        increments=[Increment(**entry.model_dump()) for entry in source.increments],
        password_from=source.password_from,
        access=access_of(source),
        headers=Headers(source.with_header, source.without_header, FirstRowWords(built_in())),
    )


def access_of(source: SourceConfig) -> Access:
    """Return how a source may be read."""
    return Access(
        views=source.views,
        foreign_tables=source.foreign_tables,
        rows_per_second=source.max_rows_per_second,
        running=source.max_load,
        retries=Retries(**source.retries.model_dump()),
    )


def _short_name(url: str) -> str:
    """Return the last part that has no wildcard; never of what may be a user name, password or option."""
    parts = PurePath(_path(url.rpartition("::")[2])).parts
    plain = [part.strip("/") for part in parts if not has_magic(part)]
    stem = plain[-1].rpartition("@")[2].split(".", maxsplit=1)[0] if plain else ""
    return _without_values(stem) or "source"


def _without_values(name: str) -> str:
    """Return a name without values of people: datasets are called so in everything that is written."""
    if not identifiers_in(name):
        return name
    return masked(name, values_in(name, built_in().vocabulary), lambda _: "").strip(" _-.()（）")


def _path(url: str) -> str:
    match = _URL.match(url)
    if match is None:
        return url
    # What stands for a server in other URLs is a bucket or a catalogue in these.
    bucket = match["host"] if is_store(url) or url.startswith("iceberg://") else ""
    return f"{bucket}{match['path'] or ''}"
