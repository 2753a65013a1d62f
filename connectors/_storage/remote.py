"""Files in a store that Arrow reads: paged listings, and stamps by ETag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.fs as pafs

from connectors._storage import Entry, Listing, Stored


class RemoteStorage:
    """A store that Arrow reads, or fsspec for it."""

    remote = True

    def __init__(
        self,
        files: pafs.FileSystem,
        prefix: str,
        delta: Mapping[str, str] | None = None,
        iceberg: Mapping[str, str] | None = None,
    ) -> None:
        self.prefix = prefix
        self.delta = delta or {}
        self.iceberg = iceberg or {}
        self._files = files

    def kind(self, path: str) -> pafs.FileType:
        return self._files.get_file_info(path).type

    def entries(self, folder: Stored) -> Sequence[Entry]:
        return self._found(pafs.FileSelector(folder.path, allow_not_found=True))

    def listing(self, root: Stored) -> Listing:
        """List everything below a folder at once: a request for a thousand files, not one for each folder."""
        return _Tree(self._found(pafs.FileSelector(root.path, allow_not_found=True, recursive=True)))

    def open(self, stored: Stored) -> pa.NativeFile:
        return self._files.open_input_file(stored.path)

    def stamp(self, path: str) -> str:
        """Return size and ETag, else size and time of change."""
        try:
            with self._files.open_input_file(path) as file:
                mark = _etag(file.metadata() or {})
                if mark:
                    return f"{file.size()}@{mark}"
        except FileNotFoundError:
            return ""
        info = self._files.get_file_info(path)
        return f"{info.size}@{info.mtime_ns}" if info.mtime_ns is not None else ""

    def size(self, path: str) -> int:
        return int(self._files.get_file_info(path).size)

    def _found(self, selector: pafs.FileSelector) -> list[Entry]:
        return [
            Entry(Stored(self, info.path, info.size or 0), info.type is pafs.FileType.Directory)
            for info in self._files.get_file_info(selector)
        ]


class _Tree:
    """A listing that was made at once."""

    def __init__(self, found: Sequence[Entry]) -> None:
        self._by_folder: dict[str, list[Entry]] = defaultdict(list)
        for entry in found:
            self._by_folder[entry.stored.path.rpartition("/")[0]].append(entry)

    def entries(self, folder: Stored) -> Sequence[Entry]:
        return self._by_folder.get(folder.path, ())


def _etag(told: Mapping[Any, Any]) -> str:
    """Return the ETag among what a store tells of an object, or nothing."""
    for key, value in told.items():
        name, mark = (text.decode() if isinstance(text, bytes) else str(text) for text in (key, value))
        if name.lower() == "etag":
            return mark.strip('"')
    return ""
