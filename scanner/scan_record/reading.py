"""A finished scan read back from its record, ``scan.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scanner.result import FORMAT, Result
from scanner.result.reloading import result_of
from scanner.user_files.documents import ConfigError

FILE_NAME = "scan.json"
_PARTS = {"scan": dict, "datasets": list, "organization": dict, "findings": list}


@dataclass(frozen=True, slots=True)
class RecordedColumn:
    """A column of a record: where it stands, and what the record says of it (``ColumnResult``)."""

    dataset: str
    table: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.content["name"])

    @property
    def key(self) -> tuple[str, str, str]:
        return self.dataset, self.table, self.name

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}.{self.name}"

    @property
    def held(self) -> tuple[str, ...]:
        """Return the types that its tags name, those a reviewer rejected left out."""
        return tuple(tag["type"] for tag in self.content["tags"] if tag["decision"] != "rejected")


def read_record(path: Path) -> Mapping[str, Any]:
    """Return the record of a scan; ``path`` is the file or the folder it lies in.

    Raises:
        ConfigError: There is no record, or it is of another format.
    """
    file = path / FILE_NAME if path.is_dir() else path
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror
        raise ConfigError(
            f"{file}: cannot be read ({reason}). Name the scan.json of a scan, or its folder."
        ) from error
    except ValueError as error:
        raise ConfigError(f"{file}: is not the record of a scan. Name a scan.json.") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ConfigError(f"{file}: is not a record of format {FORMAT}. Scan again with this version.")
    if not all(isinstance(record.get(key), kind) for key, kind in _PARTS.items()):
        raise ConfigError(f"{file}: the record is damaged. Name another, or scan again.")
    return record


def read_result(path: Path) -> Result:
    """Return the result of a scan from its record; ``path`` is the file or the folder it lies in.

    Raises:
        ConfigError: There is no record, or it is damaged or of another format.
    """
    try:
        return result_of(read_record(path))
    except ValueError as error:
        raise ConfigError(f"{path}: the record is damaged ({error}). Name another, or scan again.") from error


def recorded_columns(record: Mapping[str, Any]) -> Iterator[RecordedColumn]:
    """Yield every column that the scan saw, in the order of the record."""
    for dataset in record["datasets"]:
        for table in dataset["tables"]:
            for column in table["columns"]:
                yield RecordedColumn(dataset["name"], table["name"], column)


def named_columns(columns: Sequence[RecordedColumn], name: str) -> list[RecordedColumn]:
    """Return the columns that a user means: ``dataset/table.column``, its end, or a shell pattern of it.

    Raises:
        ConfigError: There are none; the message names the nearest.
    """
    found = (
        [column for column in columns if column.id == name]
        or [column for column in columns if column.id.endswith((f"/{name}", f".{name}"))]
        or [column for column in columns if fnmatchcase(column.id, name)]
    )
    if not found:
        near = get_close_matches(name, [column.id for column in columns], 1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else " Write it as dataset/table.column."
        raise ConfigError(f"The scan saw no column '{name}'.{hint}")
    return found
