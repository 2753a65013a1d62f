"""Where files are: on this machine, or in a store that Arrow or fsspec reads. Reads only."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import pyarrow as pa
import pyarrow.fs as pafs

from connectors._storage.paths import name_of, suffix_of
from connectors._storage.stamps import stamp


@dataclass(frozen=True, slots=True)
class Entry:
    """What a folder holds."""

    stored: Stored
    is_folder: bool


class Listing(Protocol):
    """What is below one folder."""

    def entries(self, folder: Stored) -> Sequence[Entry]:
        """Return the files and folders in it, in no order."""
        ...


class Storage(Protocol):
    """A file system.

    Attributes:
        remote: Whether every look costs a round trip.
        prefix: What stands before a path to make it a URL, such as ``s3://``; empty on this machine.
        delta, iceberg: What the libraries of such tables have to be told; holds credentials, never printed.
    """

    remote: bool
    prefix: str
    delta: Mapping[str, str]
    iceberg: Mapping[str, str]

    def kind(self, path: str) -> pafs.FileType: ...
    def entries(self, folder: Stored) -> Sequence[Entry]: ...
    def listing(self, root: Stored) -> Listing: ...
    def open(self, stored: Stored) -> pa.NativeFile: ...
    def stamp(self, path: str) -> str: ...
    def size(self, path: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A file or folder in a storage.

    Attributes:
        path: Absolute, with ``/``; in an object store the bucket comes first.
        listed_size: Bytes, as the listing told them; -1: not told.
    """

    storage: Storage = field(repr=False)
    path: str
    listed_size: int = field(default=-1, compare=False)

    @property
    def name(self) -> str:
        return name_of(self.path)

    @property
    def suffix(self) -> str:
        return suffix_of(self.name)

    @property
    def url(self) -> str:
        """The path as messages and other libraries have it; holds no credential."""
        return f"{self.storage.prefix}{self.path}"

    def __truediv__(self, name: str) -> Stored:
        return Stored(self.storage, f"{self.path.rstrip('/')}/{name}")

    def relative_to(self, folder: Stored) -> str | None:
        """Return the path below a folder, None if it is not there."""
        inside = self.storage is folder.storage and self.path.startswith(f"{folder.path}/")
        return self.path.removeprefix(f"{folder.path}/") if inside else None

    def is_file(self) -> bool:
        return self.storage.kind(self.path) is pafs.FileType.File

    def is_folder(self) -> bool:
        return self.storage.kind(self.path) is pafs.FileType.Directory

    def open(self) -> pa.NativeFile:
        """Return the file, which can be sought in."""
        return self.storage.open(self)

    def open_cached(self) -> pa.NativeFile:
        """Return the file for a reader that fetches little at a time: a store is asked for more at once."""
        opened = self.open()
        return pa.PythonFile(_Blocks(opened), mode="r") if self.storage.remote else opened

    def stamp(self) -> str:
        """Return what changes when the content does; empty if the file is gone or that cannot be told."""
        return self.storage.stamp(self.path)

    def size(self) -> int:
        """Return its bytes."""
        return self.listed_size if self.listed_size >= 0 else self.storage.size(self.path)

    def real(self) -> str:
        """Return the path behind links."""
        return self.path if self.storage.remote else str(Path(self.path).resolve())

    def local(self) -> Path:
        """Return the path on this machine.

        Raises:
            ValueError: It is somewhere else.
        """
        if self.storage.remote:
            raise ValueError(f"{self.url} is not on this machine")
        return Path(self.path)


class _Blocks(io.RawIOBase):
    """A file that is fetched in blocks, of which the last few are kept."""

    SIZE = 4 * 2**20  # bytes
    KEPT = 6

    def __init__(self, file: pa.NativeFile) -> None:
        super().__init__()
        self._file = file
        self._total = file.size()
        self._at = 0
        self._blocks: dict[int, bytes] = {}

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        left = self._total - self._at
        wanted = left if size is None or size < 0 else min(size, left)
        first, last = self._at // self.SIZE, (self._at + wanted - 1) // self.SIZE
        data = b"".join(map(self._block, range(first, last + 1)))
        start = self._at - first * self.SIZE
        self._at += wanted
        return data[start : start + wanted]

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._total}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            while len(self._blocks) >= self.KEPT:
                self._blocks.pop(next(iter(self._blocks)))
            self._file.seek(number * self.SIZE)
            self._blocks[number] = self._file.read(self.SIZE)
        return self._blocks[number]


def _leads_to(entry: os.DirEntry[str]) -> Literal["folder", "file", ""]:
    """Return what an entry of a folder is; a link to nothing is a file, which says so when it is opened."""
    try:
        if entry.is_dir():
            return "folder"
        return "file" if entry.is_file() or (entry.is_symlink() and not Path(entry).exists()) else ""
    except OSError:
        return "file"


class LocalStorage:
    """The files of this machine."""

    remote = False
    prefix = ""
    delta: Mapping[str, str] = {}
    iceberg: Mapping[str, str] = {}

    def kind(self, path: str) -> pafs.FileType:
        place = Path(path)
        if place.is_dir():
            return pafs.FileType.Directory
        return pafs.FileType.File if place.is_file() else pafs.FileType.NotFound

    def entries(self, folder: Stored) -> Sequence[Entry]:
        with os.scandir(folder.path) as found:
            told = [(entry.path, _leads_to(entry)) for entry in found]
        return [Entry(Stored(self, path), kind == "folder") for path, kind in told if kind]

    def listing(self, root: Stored) -> Listing:
        del root
        return self

    def open(self, stored: Stored) -> pa.NativeFile:
        return pa.OSFile(stored.path, mode="r")

    def stamp(self, path: str) -> str:
        return stamp(Path(path))

    def size(self, path: str) -> int:
        return Path(path).stat().st_size


LOCAL = LocalStorage()


def on_this_machine(path: Path | str) -> Stored:
    """Return a file or folder of this machine."""
    return Stored(LOCAL, str(Path(path).absolute()))
