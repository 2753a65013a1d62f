"""A clean stop: the first SIGTERM or SIGINT asks, the second insists."""

from __future__ import annotations

import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scanner.schedule.errors import Stopped

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """Whether the process was asked to stop, and a sleep that ends at once when it is."""

    def __init__(self) -> None:
        """Ask nothing yet; ``number`` is that of the signal that asked."""
        self.requested = False
        self.number = 0
        # A handler must not take locks that the interrupted code may hold; a socket needs none.
        self._ear, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)

    def wait(self, seconds: float) -> None:
        """Sleep, unless a stop was asked for."""
        if not self.requested:
            select.select([self._ear], [], [], max(0.0, seconds))

    def handle(self, number: int, _frame: FrameType | None) -> None:
        if self.requested:
            raise Stopped
        self.requested, self.number = True, number

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Listen to the signals while the block runs; only in the main thread."""
        before = {number: signal.signal(number, self.handle) for number in SIGNALS}
        descriptor = signal.set_wakeup_fd(self._mouth.fileno())
        try:
            yield
        finally:
            signal.set_wakeup_fd(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._ear.close()
            self._mouth.close()
