"""A state folder: one file a part, found by the keyed digest of its place; one process at a time uses it.

format.json      format and fingerprint of the key (never the key)
lock             held while a process uses the folder
unfinished.json  the scan under way, or killed
parts/ab/ab12... one file a part
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import astuple, replace
from pathlib import Path
from typing import IO, Self

from scanner.identifiers import SubjectKey
from scanner.state.errors import DamagedState, ForeignState, StateError
from scanner.state.lock import LOCK, lock_folder
from scanner.state.model import PartInfo, PartState, Place
from scanner.state.part_file import read_info, read_part, replace_file, require_key, write_part

FORMAT = "pandian.state/1"
_MARK, _UNFINISHED = "format.json", "unfinished.json"
_BEFORE_MARK = {LOCK, "format.tmp"}


class StateFolder:
    """The parts that earlier scans kept. Use as a context manager: it holds the lock of the folder."""

    def __init__(self, path: Path, key: SubjectKey, *, create: bool = True) -> None:
        """Open a folder, or make it.

        Raises:
            ForeignState: The folder is of another key or version, or holds something else.
            StateInUse: Another process uses it.
            StateError: It cannot be made, or is not there.
        """
        self.path = path
        self._key = key
        try:
            self._lock = _open(path, key, create=create)
        except OSError as error:
            raise StateError(f"{path}: state cannot be kept there ({error.strerror}).") from error

    def find(self, place: Place) -> PartInfo | None:
        """Return what is known of a part, if it is kept."""
        path = self._path(place)
        return read_info(path, self._key) if path.exists() else None

    def load(self, place: Place) -> PartState:
        """Return a kept part."""
        return read_part(self._path(place), self._key)

    def save(self, state: PartState) -> None:
        """Keep a part in place of what was kept of it."""
        path = self._path(state.info.place)
        for folder in (path.parents[1], path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        write_part(path, state, self._key)

    def restate(self, info: PartInfo) -> None:
        """Replace what is said of a kept part, without its digests."""
        self.save(replace(self.load(info.place), info=info))

    def forget(self, place: Place) -> None:
        """Delete a part, if it is kept."""
        self._path(place).unlink(missing_ok=True)

    def infos(self) -> list[PartInfo]:
        """Return what is said of every part, by place.

        Raises:
            DamagedState: A file is cut off.
        """
        return sorted((read_info(path, self._key) for path in self._files()), key=lambda info: info.place)

    def damaged(self) -> list[Path]:
        """Read everything and return the files that are cut off or were changed."""
        return [path for path in self._files() if not self._is_whole(path)]

    def begin(self, scan: str) -> None:
        """Note that a scan is under way."""
        replace_file(self.path / _UNFINISHED, [json.dumps({"scan": scan}).encode()])

    def end(self) -> None:
        """Note that the scan was finished."""
        (self.path / _UNFINISHED).unlink(missing_ok=True)

    def unfinished(self) -> str | None:
        """Return the id of the scan that was begun and not ended."""
        path = self.path / _UNFINISHED
        return str(json.loads(path.read_bytes())["scan"]) if path.exists() else None

    def _files(self) -> Iterator[Path]:
        return iter(sorted((self.path / "parts").glob("*/*.part")))

    def _is_whole(self, path: Path) -> bool:
        try:
            return self._path(read_part(path, self._key).info.place) == path
        except (DamagedState, ForeignState):
            return False

    def _path(self, place: Place) -> Path:
        text, secret = json.dumps(astuple(place)).encode(), self._key.secret
        name = hashlib.blake2b(text, key=secret, digest_size=16, person=b"pandian-place").hexdigest()
        return self.path / "parts" / name[:2] / f"{name}.part"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._lock.close()


def _open(path: Path, key: SubjectKey, *, create: bool) -> IO[str]:
    """Lock a folder of this key. Who makes it holds the lock too: one killed at that leaves no mark."""
    if not (path / _MARK).exists():
        _make(path, create=create)
    with ExitStack() as until_opened:
        lock = until_opened.enter_context(lock_folder(path))
        if not (path / _MARK).exists():
            replace_file(path / _MARK, [json.dumps({"format": FORMAT, "key": key.fingerprint}).encode()])
        _require(path, key)
        for leftover in path.rglob("*.tmp"):
            leftover.unlink()
        until_opened.pop_all()
    return lock


def _make(path: Path, *, create: bool) -> None:
    if not create:
        raise StateError(f"{path}: is no state folder. Name the folder given to 'pandian scan --state'.")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if {entry.name for entry in path.iterdir()} - _BEFORE_MARK:
        raise ForeignState(f"{path}: holds something else than state. Name an empty or a new folder.")
    path.chmod(0o700)


def _require(path: Path, key: SubjectKey) -> None:
    try:
        mark = json.loads((path / _MARK).read_bytes())
        made_in, made_with = str(mark["format"]), str(mark["key"])
    except (OSError, ValueError, KeyError, TypeError):
        raise DamagedState(f"{path / _MARK}: cannot be read. Name another state folder.") from None
    if made_in != FORMAT:
        raise ForeignState(
            f"{path}: is of format {made_in}, this version reads {FORMAT}. Name another state folder; the "
            "next scan fills it."
        )
    require_key(path, made_with, key)


def open_state(folder: str | None, key: SubjectKey) -> AbstractContextManager[StateFolder | None]:
    """Open the folder of a configuration; None where it names none."""
    return StateFolder(Path(folder), key) if folder else nullcontext()
