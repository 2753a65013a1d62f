"""Count the people of everything a state holds, without any source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scanner.census import Census
from scanner.counting import Counts
from scanner.identifiers import SubjectKey
from scanner.result import SubjectCount
from scanner.state.folder import StateFolder
from scanner.state.model import PartInfo
from scanner.state.rolling import rolled


def count_held(
    folder: StateFolder, infos: Sequence[PartInfo], as_of: dt.date, key: SubjectKey
) -> tuple[SubjectCount, ...]:
    """Return the persons of the organization, of every dataset and of every table, on a day.

    Parts that are gone are held no longer and count nowhere. Parts counted after ``as_of`` count as they are.
    """
    held = [info for info in infos if info.gone is None]
    census = Census()
    for info in held:
        found = Census.from_arrow(folder.load(info.place).census)
        census.take(
            key.fingerprint,
            (rolled(chunk, info.as_of, max(as_of, info.as_of), key) for chunk in found.chunks),
        )
    counts = Counts(census.solve())
    tables = sorted({info.place.table_id for info in held})
    datasets: dict[str, set[str]] = {}
    for info in held:
        datasets.setdefault(info.place.dataset, set()).add(info.place.table_id)
    counts.prepare([*([table] for table in tables), *datasets.values(), tables])
    every = [
        counts.scope("organization", "", tables),
        *(counts.scope("dataset", name, datasets[name]) for name in sorted(datasets)),
        *(counts.scope("table", table, [table]) for table in tables),
    ]
    return tuple(count for each in every for count in each)
