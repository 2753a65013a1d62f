"""What a connector found of its tables when it listed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from connectors._errors import TableUnreadable
from connectors._model import Table
from connectors._protocol import Connector

Found = TypeVar("Found")


def listed(connector: Connector, found: Mapping[tuple[str, str], Found], table: Table) -> Found:
    """Return what was found of a table, by group and name; the connector lists it now if it has not yet.

    Raises:
        TableUnreadable: There is no such table (any more).
    """
    key = (table.group, table.name)
    if key not in found:
        for _ in connector.tables():
            if key in found:
                break
    try:
        return found[key]
    except KeyError as error:
        raise TableUnreadable(f"{connector.location}: no table '{table.name}' (any more).") from error
