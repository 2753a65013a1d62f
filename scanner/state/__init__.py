"""What scans keep between them: the digests of each part of each table, in a folder. See docs/state.md."""

from scanner.state.errors import DamagedState, ForeignState, StateError, StateInUse
from scanner.state.folder import StateFolder
from scanner.state.model import PartInfo, PartState, Place

__all__ = [
    "DamagedState",
    "ForeignState",
    "PartInfo",
    "PartState",
    "Place",
    "StateError",
    "StateFolder",
    "StateInUse",
]
