"""The history of scans as a configuration has it: a store that cannot be used loses no scan and no news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.changes import shipped
from scanner.config import StoreConfig
from scanner.result import PackResult, Result
from scanner.rules import LoadedPack
from scanner.store.errors import StoreError
from scanner.store.history_store import HistoryStore, open_store


@dataclass(frozen=True, slots=True)
class History:
    """The store of a configuration, if scans are kept."""

    settings: StoreConfig
    environment: Mapping[str, str]
    say: Callable[[str], None]

    def keep(self, result: Result, now: dt.datetime) -> HistoryStore | None:
        """Keep a scan, and return the store that has it; one that is there already stays as it is."""
        if not self.settings.keep:
            return None
        try:
            store = self._store()
            store.keep(result, now)
        except StoreError as error:
            self.say(f"Not kept in the history: {error} The reports do not need it.")
            return None
        return store

    def pack(self, named: PackResult) -> LoadedPack | None:
        """Return a rule pack of then, from this version or from the store."""
        found = shipped(named)
        if found is not None or not self.settings.keep:
            return found
        try:
            return self._store().pack(named)
        except StoreError:
            return None

    def try_out(self) -> None:
        """Say before a scan, and not only after it, that it will not be kept."""
        if self.settings.keep:
            try:
                self._store()
            except StoreError as error:
                self.say(f"Warning: {error} The scan goes on, and its reports will be written.")

    def _store(self) -> HistoryStore:
        return open_store(self.settings.url, self.environment)
