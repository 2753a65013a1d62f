"""Sources in, Arrow batches out. The only reader of scanned data, and it only reads."""

from connectors._errors import (
    ConnectorError,
    DriverMissing,
    NotASource,
    SourceUnreachable,
    TableUnreadable,
    UnknownScheme,
)
from connectors._increments import Increment
from connectors._model import Batch, Column, RowCount, Table, TablePart, Unread
from connectors._open import connect
from connectors._protocol import Connector, list_parts, stream_part
from connectors._selection import EVERYTHING, Selection

__all__ = [
    "EVERYTHING",
    "Batch",
    "Column",
    "Connector",
    "ConnectorError",
    "DriverMissing",
    "Increment",
    "NotASource",
    "RowCount",
    "Selection",
    "SourceUnreachable",
    "Table",
    "TablePart",
    "TableUnreadable",
    "UnknownScheme",
    "Unread",
    "connect",
    "list_parts",
    "stream_part",
]
