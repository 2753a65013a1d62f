"""Errors of the store.

* StoreError
  + StoreUnusable   it cannot be opened, read or written
  + StoreNewer      a later version of Pandian made it
  + StoreDamaged    a record in it is not what was kept
  + UnknownScan     there is no such scan in it, or the name fits several

A message says which store and what to do; it never holds a credential or a value of the scanned data.
"""

from __future__ import annotations


class StoreError(Exception):
    """Root of all errors of the store."""


class StoreUnusable(StoreError):
    """The store cannot be opened, read or written."""


class StoreNewer(StoreError):
    """A later version of Pandian made the store."""


class StoreDamaged(StoreError):
    """A record is not what was kept."""


class UnknownScan(StoreError):
    """There is no such scan, or the name fits several."""
