"""Delta tables: the files of the present version, without the rows that the log deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from connectors._files.lake import LakeTable, key_text
from connectors._files.parallel import at_once
from connectors._files.part import PartBroken, explained
from connectors._files.parted_table import Keyed
from connectors._model import PartitionKeys
from connectors._storage import Stored, on_this_machine
from connectors.parquet import ParquetPart, open_parquet

if TYPE_CHECKING:
    from deltalake import DeltaTable

_DAMAGED = "the Delta log is cut off or damaged"
_DAMAGED_FILE = "cannot be read"
_PARTITION = "partition."
# Features that change nothing about the rows, or that are applied below.
_UNDERSTOOD = frozenset({"deletionVectors", "timestampNtz", "v2Checkpoint", "vacuumProtocolCheck"})

Mask = NDArray[np.bool_]


def open_delta(folder: Stored) -> LakeTable:
    """Read the log of a table and the footers of its files.

    Raises:
        PartBroken: The log cannot be read, asks for what is not understood,
            or the extra ``delta`` is missing.
    """
    table = _load(folder)
    _refuse_unknown_features(table)
    masks = _masks(table, folder)
    opened = at_once(lambda file: _keyed_or_error(*file, folder, masks), _files(table, folder))
    comments = {f.name: str(f.metadata["comment"]) for f in table.schema().fields if "comment" in f.metadata}
    description = table.metadata().description or ""
    return LakeTable(
        parts=tuple(part for part in opened if isinstance(part, Keyed)),
        broken=tuple(error for error in opened if isinstance(error, str)),
        comment=description,
        comments=comments,
    )


def _keyed_or_error(
    path: Stored, keys: PartitionKeys, folder: Stored, masks: Mapping[Stored, Mask]
) -> Keyed | str:
    try:
        return _keyed(path, folder, keys, masks.get(path))
    except PartBroken as error:
        return f"{path.name}: {error}"


def _keyed(path: Stored, folder: Stored, keys: PartitionKeys, mask: Mask | None) -> Keyed:
    place = path.relative_to(folder) or path.url
    deleted = "" if mask is None else hashlib.blake2b(np.packbits(mask).tobytes(), digest_size=8).hexdigest()
    with explained(_DAMAGED_FILE):
        found = path.stamp()
    part = _without_deleted(open_parquet(path), mask)
    return Keyed(part=part, keys=keys, place=place, stamp=f"{found} {deleted}" if found else "")


def _load(folder: Stored) -> DeltaTable:
    try:
        from deltalake import DeltaTable  # noqa: PLC0415 -- an extra
    except ImportError:
        raise PartBroken("Delta tables need the extra 'delta': pip install 'pandian[delta]'") from None
    if folder.storage.remote and not folder.storage.delta:
        raise PartBroken(
            f"Delta tables behind {folder.storage.prefix} are not read; on S3 and local disks they are"
        )
    with _explained(_DAMAGED):
        return DeltaTable(folder.url, storage_options=dict(folder.storage.delta))


@contextmanager
def _explained(damage: str) -> Iterator[None]:
    from deltalake.exceptions import DeltaError  # noqa: PLC0415 -- an extra

    try:
        with explained(damage):
            yield
    except DeltaError:
        # The library's message may quote the log, which holds values.
        raise PartBroken(damage) from None


def _refuse_unknown_features(table: DeltaTable) -> None:
    unknown = sorted(set(table.protocol().reader_features or ()) - _UNDERSTOOD)
    if table.metadata().configuration.get("delta.columnMapping.mode", "none") != "none":
        unknown = sorted({*unknown, "columnMapping"})
    if unknown:
        raise PartBroken(f"the Delta table uses {', '.join(unknown)}, which is not understood")


def _files(table: DeltaTable, folder: Stored) -> list[tuple[Stored, PartitionKeys]]:
    """Return the files of the present version and their partition values, by path."""
    keys = [f"{_PARTITION}{name}" for name in table.metadata().partition_columns]
    actions: Any = pa.table(cast("Any", table.get_add_actions(flatten=True)))
    found = []
    for action in actions.select(["path", *keys]).to_pylist():
        values = tuple((key.removeprefix(_PARTITION), key_text(action[key])) for key in keys)
        found.append((_path(action["path"], folder), values))
    return sorted(found, key=lambda entry: entry[0].path)


def _path(path: str, folder: Stored) -> Stored:
    """Return where a file is, given its URL-encoded path; a shallow clone points out of the folder."""
    if "://" not in path and not path.startswith("file:"):
        return folder / unquote(path)
    scheme, _, rest = path.partition("://")
    if scheme.startswith("file"):
        return on_this_machine(unquote(urlsplit(path).path))
    if f"{scheme}://" != folder.storage.prefix:
        raise PartBroken(f"its files lie in another store, behind {scheme}://")
    return Stored(folder.storage, unquote(rest))


def _masks(table: DeltaTable, folder: Stored) -> dict[Stored, Mask]:
    """Return of each file with deleted rows which rows are kept."""
    if "deletionVectors" not in (table.protocol().reader_features or ()):
        return {}
    with _explained("a deletion vector is damaged or missing"):
        vectors: Any = pa.table(cast("Any", table.deletion_vectors()))
    return {
        _path(path, folder): np.asarray(kept.values, dtype=np.bool_)
        for path, kept in zip(vectors["filepath"].to_pylist(), vectors["selection_vector"], strict=True)
    }


def _without_deleted(part: ParquetPart, mask: Mask | None) -> ParquetPart:
    """Return the part without deleted rows; rows behind the end of the mask are kept."""
    if mask is None:
        return part
    keep = np.ones(sum(part.groups), np.bool_)
    keep[: len(mask)] = mask
    return replace(part, keep=keep)
