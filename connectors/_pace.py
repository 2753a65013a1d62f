"""A source that is read no faster than allowed, and left alone while its server is busy with others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from connectors._access import Access
from connectors._errors import SourceUnreachable, TableUnreadable
from connectors._model import Batch, Table, TablePart, Unread
from connectors._protocol import Connector, list_parts, stream_part

_CHECK_S = 1.0  # at least, between two looks at the server
_LONGEST_CHECK_S = 10.0
LONGEST_WAIT_S = 600.0  # for a busy server, before a table is given up


class Pace:
    """How fast one source is read.

    Args:
        access: What is allowed.
        running: Tells how many statements of others the server runs; None where there is no server.
        location: For messages.
    """

    def __init__(self, access: Access, running: Callable[[], int] | None, location: str) -> None:
        self._rate = access.rows_per_second
        self._most = access.running
        self._running = running if access.running is not None else None
        self._location = location
        self._free = self._looked = float("-inf")
        self.clock: Callable[[], float] = time.monotonic
        self.sleep: Callable[[float], None] = time.sleep

    def took(self, rows: int) -> None:
        """Wait as long as so many rows should take; time that passes between reads saves up nothing."""
        if self._rate is None:
            return
        now = self.clock()
        self._free = max(self._free, now) + rows / self._rate
        self.sleep(self._free - now)

    def wait_for_server(self) -> None:
        """Wait while the server runs more statements of others than allowed.

        Raises:
            TableUnreadable: It did so for ``LONGEST_WAIT_S``.
        """
        if self._running is None or self.clock() < self._looked + _CHECK_S:
            return
        pause, end = _CHECK_S, self.clock() + LONGEST_WAIT_S
        while self._running() > (self._most or 0):
            if self.clock() > end:
                raise TableUnreadable(
                    f"{self._location}: the server ran more than {self._most} statements of others for "
                    f"{LONGEST_WAIT_S / 60:.0f} minutes; raise max_load, or scan at another time."
                )
            self.sleep(pause)
            pause = min(2 * pause, _LONGEST_CHECK_S)
        self._looked = self.clock()


class PacedConnector:
    """A connector that keeps to a pace."""

    def __init__(self, inner: Connector, pace: Pace) -> None:
        self.location = inner.location
        self.pace = pace
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def tables(self) -> Iterator[Table | Unread]:
        return self._inner.tables()

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        self.pace.wait_for_server()
        batch = self._inner.sample(table, rows=rows, seed=seed)
        self.pace.took(batch.num_rows)
        return batch

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        return self._paced(self._inner.stream(table, columns))

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        self.pace.wait_for_server()
        return list_parts(self._inner, table, kept)

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        return self._paced(stream_part(self._inner, table, part, columns))

    def _paced(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        self.pace.wait_for_server()
        for batch in batches:
            self.pace.took(batch.num_rows)
            yield batch
            self.pace.wait_for_server()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._inner.__exit__(None, None, None)


def paced(connector: Connector, access: Access) -> Connector:
    """Return the connector, kept to the pace that is allowed.

    Raises:
        SourceUnreachable: How busy the server is cannot be measured.
    """
    if access.rows_per_second is None and access.running is None:
        return connector
    running = getattr(connector, "running", None)
    if running is not None and access.running is not None:
        try:
            running()
        except (SourceUnreachable, TableUnreadable) as error:
            connector.__exit__(None, None, None)
            raise SourceUnreachable(str(error)) from None
    return PacedConnector(connector, Pace(access, running, connector.location))
