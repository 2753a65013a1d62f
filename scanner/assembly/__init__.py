"""The Result of a scan from what the stages gave. See docs/counting.md for what its counts mean."""

from scanner.assembly.assembling import assemble
from scanner.assembly.scanned import IssuedNumbers, Key, Scanned, ScannedTable, Seen, ThingNumber, Told

__all__ = ["IssuedNumbers", "Key", "Scanned", "ScannedTable", "Seen", "ThingNumber", "Told", "assemble"]
