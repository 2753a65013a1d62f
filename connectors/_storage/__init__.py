"""Where files are: on this machine, or in a store that Arrow or fsspec reads. Reads only."""

from connectors._storage.places import Entry, Listing, Storage, Stored, on_this_machine

__all__ = ["Entry", "Listing", "Storage", "Stored", "on_this_machine"]
