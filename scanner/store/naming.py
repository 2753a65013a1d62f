"""How people name a scan: a scan.json, its folder, or a scan of the store."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from scanner.changes import shipped
from scanner.result import PackResult, Result
from scanner.rules import LoadedPack
from scanner.scan_record import read_record, read_result
from scanner.store.errors import StoreError, UnknownScan
from scanner.store.history_store import HistoryStore, open_store
from scanner.store.kept import LATEST, PREVIOUS
from scanner.store.place import store_url


def file_of(name: str | Path) -> Path | None:
    """Return the file or folder that a name of a scan means; None where it means a scan of the store.

    Raises:
        UnknownScan: The name can only be that of a file, and there is none.
    """
    path = Path(name)
    if str(name) not in {LATEST, PREVIOUS} and path.exists():
        return path
    if path.suffix == ".json" or len(path.parts) > 1:
        raise UnknownScan(
            f"{name}: cannot be read: there is no such file. Name a scan.json, its folder, or a scan of the "
            "store."
        )
    return None


class Scans:
    """Scans by their names; the store is opened when a name asks for it."""

    def __init__(self, place: str | Path | None, environment: Mapping[str, str]) -> None:
        self._place = place
        self._environment = environment

    @cached_property
    def store(self) -> HistoryStore:
        return open_store(self._place, self._environment)

    def load(self, name: str | Path) -> Result:
        """Return a scan: ``latest``, ``previous``, a path that exists, else an id or day of the store.

        Raises:
            ConfigError: The path is no record.
            StoreError: The store cannot be used, or has no such scan.
        """
        file = file_of(name)
        return read_result(file) if file else self.store.load(self.store.find(str(name)).id)

    def record(self, name: str | Path) -> Mapping[str, Any]:
        """Return the record of a scan, named as for ``load``."""
        file = file_of(name)
        return read_record(file) if file else self.store.record(self.store.find(str(name)).id)

    def pack(self, named: PackResult) -> LoadedPack | None:
        """Return a rule pack that a record names, from this version or from the store, if there is one."""
        found = shipped(named)
        if found or not self._there():
            return found
        try:
            return self.store.pack(named)
        except StoreError:  # then its text is lost, which a comparison says
            return None

    def _there(self) -> bool:
        """Return whether there is a store, so that a comparison of two files makes none."""
        try:
            return is_there(self._place, self._environment)
        except StoreError:
            return False


def is_there(place: str | Path | None, environment: Mapping[str, str]) -> bool:
    """Return whether there is a store at a place; a server that is named is taken at its word.

    Raises:
        StoreError: The place is none.
    """
    url = store_url(place, environment)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()
