"""Every scan kept: records, figures, the rule packs asked, and a log of deletions. See docs/history.md."""

from scanner.store.errors import StoreDamaged, StoreError, StoreNewer, StoreUnusable, UnknownScan
from scanner.store.history import History
from scanner.store.history_store import HistoryStore, open_store
from scanner.store.kept import Deletion, KeptCount, KeptLine, KeptScan, find_scan, series_of
from scanner.store.naming import Scans

__all__ = [
    "Deletion",
    "History",
    "HistoryStore",
    "KeptCount",
    "KeptLine",
    "KeptScan",
    "Scans",
    "StoreDamaged",
    "StoreError",
    "StoreNewer",
    "StoreUnusable",
    "UnknownScan",
    "find_scan",
    "open_store",
    "series_of",
]
