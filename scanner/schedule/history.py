"""The history of scans, as schedules use it: a store that cannot be used loses no scan and no news."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.changes import shipped
from scanner.config import StoreConfig
from scanner.result import PackResult, Result
from scanner.rules import LoadedPack
from scanner.running import now
from scanner.store import StoreError, open_store


@dataclass(frozen=True, slots=True)
class History:
    """The store of a configuration, if scans are kept."""

    settings: StoreConfig
    environment: Mapping[str, str]
    say: Callable[[str], None]

    def keep(self, result: Result) -> None:
        """Keep a scan; one that is there already stays as it is."""
        if not self.settings.keep:
            return
        try:
            open_store(self.settings.url, self.environment).keep(result, now())
        except StoreError as error:
            self.say(f"Not kept in the history: {error} The reports are complete.")

    def pack(self, named: PackResult) -> LoadedPack | None:
        """Return a rule pack of then, from this version or from the store."""
        found = shipped(named)
        if found is not None or not self.settings.keep:
            return found
        try:
            return open_store(self.settings.url, self.environment).pack(named)
        except StoreError:
            return None
