"""Names and suffixes of paths with ``/``, as ``pathlib`` has them; a listing asks for millions. Pure."""

from __future__ import annotations


def name_of(path: str) -> str:
    """Return the last part of a path.

    >>> name_of("bucket/a/b.csv.gz"), name_of("bucket/a/"), name_of("/")
    ('b.csv.gz', 'a', '')
    """
    return path.rstrip("/").rpartition("/")[2]


def suffix_of(name: str) -> str:
    """Return the last suffix of a file name, with its dot.

    >>> [suffix_of(name) for name in ("b.csv.gz", ".profile", "b.", "b")]
    ['.gz', '', '', '']
    """
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""
