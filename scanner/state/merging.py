"""Unite the states of several machines: each part once, the newest count of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scanner.state.folder import StateFolder
from scanner.state.model import PartInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """How many parts came new, replaced an older count, or were older than what was there."""

    added: int = 0
    replaced: int = 0
    older: int = 0


def merge_state(into: StateFolder, other: StateFolder) -> Merged:
    """Take in every part of another folder; of one that both have, the newest count stays.

    The result does not depend on the order in which folders are united.

    Raises:
        DamagedState: A part of the other folder is cut off or was changed.
    """
    mine = {info.place: info for info in into.infos()}
    added = replaced = older = 0
    for info in other.infos():
        known = mine.get(info.place)
        if known is not None and _age(known) >= _age(info):
            older += 1
            continue
        into.save(other.load(info.place))
        added += known is None
        replaced += known is not None
    return Merged(added=added, replaced=replaced, older=older)


def _age(info: PartInfo) -> tuple[object, ...]:
    """Return what orders counts of one part: the day, then the scan, whose id begins with its time."""
    gone = info.gone or dt.date.min
    return info.as_of, info.scan, gone, info.fingerprint, info.plan, info.rows
