"""What scans keep between them: the digests of each part of each table, in a folder. See docs/state.md."""

from scanner.state.condensing import condensed
from scanner.state.errors import DamagedState, ForeignState, StateError, StateInUse
from scanner.state.folder import StateFolder, open_state
from scanner.state.keeper import FORGET, KEEP, Keeper, Read
from scanner.state.model import PartInfo, PartState, Place

__all__ = [
    "FORGET",
    "KEEP",
    "DamagedState",
    "ForeignState",
    "Keeper",
    "PartInfo",
    "PartState",
    "Place",
    "Read",
    "StateError",
    "StateFolder",
    "StateInUse",
    "condensed",
    "open_state",
]
