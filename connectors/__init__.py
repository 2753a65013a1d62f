"""Sources in, Arrow batches out. The only reader of scanned data, and it only reads."""

from connectors._access import Access
from connectors._arrays import is_list, spelled_out
from connectors._checkup import Advice, Checkup, TableCheckup, checkup_of, remedy_of, table_checkup_of
from connectors._databases.increments import Increment
from connectors._errors import (
    ConnectorError,
    DriverMissing,
    NotASource,
    SourceUnreachable,
    TableUnreadable,
    TransientFailure,
    UnknownScheme,
)
from connectors._files.headers import Headers
from connectors._files.sparing import sparing_memory
from connectors._model import Batch, Column, ForeignKey, RowCount, Table, TablePart, Unread
from connectors._open import connect
from connectors._protocol import Connector, list_parts, stream_part, tables_listed
from connectors._retry import Patience, Retries, patience_of
from connectors._selection import EVERYTHING, Selection
from connectors._storage.stores import is_store

__all__ = [
    "EVERYTHING",
    "Access",
    "Advice",
    "Batch",
    "Checkup",
    "Column",
    "Connector",
    "ConnectorError",
    "DriverMissing",
    "ForeignKey",
    "Headers",
    "Increment",
    "NotASource",
    "Patience",
    "Retries",
    "RowCount",
    "Selection",
    "SourceUnreachable",
    "Table",
    "TableCheckup",
    "TablePart",
    "TableUnreadable",
    "TransientFailure",
    "UnknownScheme",
    "Unread",
    "checkup_of",
    "connect",
    "is_list",
    "is_store",
    "list_parts",
    "patience_of",
    "remedy_of",
    "sparing_memory",
    "spelled_out",
    "stream_part",
    "table_checkup_of",
    "tables_listed",
]
