"""The Result of a scan from what the stages gave. See docs/counting.md for what its counts mean."""

from scanner.assembly.assembling import assemble
from scanner.assembly.scanned import AboutThing, Key, Scanned, ScannedTable, Seen, Told

__all__ = ["AboutThing", "Key", "Scanned", "ScannedTable", "Seen", "Told", "assemble"]
