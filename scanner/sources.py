"""Names for sources given on the command line or in a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from pathlib import PurePath

from scanner.config import SourceConfig


def name_sources(urls: Iterable[str], taken: Iterable[str] = ()) -> tuple[SourceConfig, ...]:
    """Return a source for each URL or path, named after its file, folder or database, each name once.

    Args:
        urls: The sources.
        taken: Names that other sources have.

    >>> [source.name for source in name_sources(["/data/crm.sqlite", "postgresql://u:p@h/dw", "/old/crm.csv"])]
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


def _short_name(url: str) -> str:
    path = re.sub(r"^[a-z0-9+]+://([^/]*/)?", "", url, flags=re.IGNORECASE).split("?", maxsplit=1)[0]
    stem = PurePath(path.rstrip("/*")).name.split(".", maxsplit=1)[0]
    return stem or "source"
