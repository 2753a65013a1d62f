"""Between a scan and its state folder: which parts need no reading, and what becomes of those that went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from scanner.census import Census
from scanner.identifiers import AHEAD, SubjectKey
from scanner.state.condensing import gone_rows
from scanner.state.folder import StateFolder
from scanner.state.model import PartInfo, PartState, Place
from scanner.state.rolling import holds_on, rolled

KEEP, FORGET = "keep", "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is known of a part before it is read.

    Attributes:
        fingerprint: Of its data; empty where the source cannot tell whether they changed.
        plan: Digest of everything that decides how its rows become digests.
    """

    place: Place
    fingerprint: str
    plan: str


@dataclass(slots=True, kw_only=True)
class Keeper:
    """Looks after the state during one scan.

    Attributes:
        as_of: Day of the count.
        scan: Id under which parts are kept.
        resumes: Whether ``scan`` was killed before, and its parts are taken even without a fingerprint.
        vanished: ``keep`` parts that went away for the windows of flows, or ``forget`` them.
    """

    folder: StateFolder
    key: SubjectKey
    as_of: dt.date
    scan: str
    resumes: bool = False
    vanished: str = KEEP
    _infos: dict[Place, PartInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._infos = {info.place: info for info in self.folder.infos()}
        self.folder.begin(self.scan)

    def known(self, source: str) -> list[PartInfo]:
        """Return what is kept of a source, by place."""
        return sorted((i for i in self._infos.values() if i.place.source == source), key=lambda i: i.place)

    def names(self, source: str, dataset: str, table: str) -> list[str]:
        """Return the names of the parts that a table had at the last scan."""
        return [
            place.part
            for place, info in self._infos.items()
            if (place.source, place.dataset, place.table) == (source, dataset, table) and info.gone is None
        ]

    def recall(self, read: Read) -> tuple[Census, int] | None:
        """Return what is kept of a part, and its rows, if it counts today as if it were read today."""
        info = self._infos.get(read.place)
        if info is None or info.plan != read.plan or not self._is_unchanged(info, read.fingerprint):
            return None
        if not holds_on(info, self.as_of):
            return None
        if info.gone is not None:
            self._restate(replace(info, gone=None))
        return self._census(info), info.rows

    def _is_unchanged(self, info: PartInfo, fingerprint: str) -> bool:
        if fingerprint:
            return info.fingerprint == fingerprint
        return self.resumes and info.scan == self.scan and info.as_of == self.as_of

    def keep(self, read: Read, census: Census, rows: int) -> None:
        """Keep what was collected of a part."""
        ahead = any(bool((chunk.flags & AHEAD).any()) for chunk in census.chunks)
        info = PartInfo(
            place=read.place,
            fingerprint=read.fingerprint,
            plan=read.plan,
            as_of=self.as_of,
            rows=rows,
            ahead=ahead,
            scan=self.scan,
        )
        self.folder.save(PartState(info=info, census=census.to_arrow()))
        self._infos[read.place] = info

    def part_with(self, info: PartInfo, sent: Collection[str]) -> Census | None:
        """Part with what the source has no more; return what still counts of it.

        Rows that went abroad still count in the windows of their flows, until the second turn of the year.

        Args:
            info: Of the part.
            sent: Ids under which flows count its table; none if it is in no flow.
        """
        gone = info.gone or self.as_of
        if self.vanished == FORGET or not sent or self.as_of.year > gone.year + 1:
            self.forget(info)
            return None
        if info.gone is None:
            self._restate(replace(info, gone=gone))
        return gone_rows(self._census(info), sent)

    def forget(self, info: PartInfo) -> None:
        """Delete what is kept of a part."""
        self.folder.forget(info.place)
        del self._infos[info.place]

    def end(self) -> None:
        """Note that the scan is done."""
        self.folder.end()

    def _restate(self, info: PartInfo) -> None:
        self.folder.restate(info)
        self._infos[info.place] = info

    def _census(self, info: PartInfo) -> Census:
        census = Census.from_arrow(self.folder.load(info.place).census)
        if info.as_of >= self.as_of:
            return census
        chunks = [rolled(chunk, info.as_of, self.as_of, self.key) for chunk in census.chunks]
        return Census.of(chunks, self.key.fingerprint)
