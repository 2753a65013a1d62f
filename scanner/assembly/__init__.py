"""The Result of a scan from what the stages gave. See docs/counting.md for what its counts mean."""

from scanner.assembly.assembling import assemble
from scanner.assembly.scanned import Key, Scanned, ScannedTable, Seen, ThingNumber, Told

__all__ = ["Key", "Scanned", "ScannedTable", "Seen", "ThingNumber", "Told", "assemble"]
