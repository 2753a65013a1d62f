"""Sources in, Arrow batches out. The only reader of scanned data, and it only reads."""

from connectors._access import Access
from connectors._errors import (
    ConnectorError,
    DriverMissing,
    NotASource,
    SourceUnreachable,
    TableUnreadable,
    TransientFailure,
    UnknownScheme,
)
from connectors._increments import Increment
from connectors._model import Batch, Column, RowCount, Table, TablePart, Unread
from connectors._open import connect
from connectors._protocol import Connector, list_parts, stream_part, tables_listed
from connectors._retry import Patience, Retries, patience_of
from connectors._selection import EVERYTHING, Selection
from connectors._stores import is_store

__all__ = [
    "EVERYTHING",
    "Access",
    "Batch",
    "Column",
    "Connector",
    "ConnectorError",
    "DriverMissing",
    "Increment",
    "NotASource",
    "Patience",
    "Retries",
    "RowCount",
    "Selection",
    "SourceUnreachable",
    "Table",
    "TablePart",
    "TableUnreadable",
    "TransientFailure",
    "UnknownScheme",
    "Unread",
    "connect",
    "is_store",
    "list_parts",
    "patience_of",
    "stream_part",
    "tables_listed",
]
