"""Columns of DuckDB in its SQL, as values that Arrow and those who read it can hold. Pure."""

from __future__ import annotations

_AS_TEXT = ("BIT", "INTERVAL", "UNION", "GEOMETRY")  # what they cannot


def quoted(name: str) -> str:
    """Return a name in its quotes."""
    return '"' + name.replace('"', '""') + '"'


def selected(name: str, kind: str) -> str:
    """Return a column of a declared type as a SELECT has it: maps as JSON, what Arrow cannot hold as text.

    >>> selected("x", "INTEGER"), selected("x", "INTERVAL")
    ('"x"', '"x"::VARCHAR AS "x"')
    """
    column = quoted(name)
    if kind.startswith("MAP"):
        return f"to_json({column})::VARCHAR AS {column}"
    return f"{column}::VARCHAR AS {column}" if kind.startswith(_AS_TEXT) else column
