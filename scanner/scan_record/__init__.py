"""Finished scans, read back from their records."""

from scanner.scan_record.reading import (
    FILE_NAME,
    RecordedColumn,
    named_columns,
    read_record,
    read_result,
    recorded_columns,
)

__all__ = ["FILE_NAME", "RecordedColumn", "named_columns", "read_record", "read_result", "recorded_columns"]
