"""Sources in, Arrow batches out. The only reader of scanned data, and it only reads."""

from connectors._errors import (
    ConnectorError,
    DriverMissing,
    SourceUnreachable,
    TableUnreadable,
    UnknownScheme,
)
from connectors._model import Batch, Column, RowCount, Table, Unread
from connectors._open import connect
from connectors._protocol import Connector

__all__ = [
    "Batch",
    "Column",
    "Connector",
    "ConnectorError",
    "DriverMissing",
    "RowCount",
    "SourceUnreachable",
    "Table",
    "TableUnreadable",
    "UnknownScheme",
    "Unread",
    "connect",
]
