"""A lease on a state folder: one process at a time scans, on one host and across hosts that share the folder.

Two locks together. The operating system's lock ends with its process, so a kill frees it at once; but some
network file systems keep it to one host. The lease is a file with a number, made only if it is not there; its
holder renews it, and whoever sees it unchanged for ``STALE`` seconds of its own clock takes over by making
the next number. Only one can make a number, no two clocks are compared, and a holder that was asleep finds
the next number when it wakes, and stops.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scanner.schedule.errors import LeaseLost
from scanner.schedule.files import replace_text
from scanner.state.errors import StateInUse
from scanner.state.lock import lock_folder

RENEW, STALE = 10.0, 90.0  # seconds; a holder may miss eight renewals
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def this_host() -> str:
    """Return what tells this running machine from others, also from ones of the same name."""
    boot = _BOOT.read_text(encoding="ascii").strip() if _BOOT.exists() else f"{uuid.getnode():x}"
    return f"{platform.node()}/{boot}"


@dataclass(kw_only=True)
class Lease:
    """The lease on one folder, seen by one process.

    Attributes:
        ticks: Seconds of a clock that only goes forward.
    """

    folder: Path
    host: str = field(default_factory=this_host)
    ticks: Callable[[], float] = time.monotonic
    _token: str = field(default_factory=lambda: secrets.token_hex(8))
    _number: int = 0
    _beats: int = 0
    _seen: tuple[int, str, float] = (0, "", 0.0)
    _lock: IO[str] | None = None

    def take(self) -> bool:
        """Take the lease if it is free or stale; ask again after a few seconds if it is neither."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._lock = lock_folder(self.folder)
        except StateInUse:
            return False
        if self._claim():
            return True
        self._unlock()
        return False

    def renew(self) -> None:
        """Show that this process is alive.

        Raises:
            LeaseLost: Another process took over.
        """
        self.check()
        self._beats += 1
        self._write(released=False)

    def check(self) -> None:
        """Make sure that nobody took over.

        Raises:
            LeaseLost: Somebody did.
        """
        if not self._number or self._highest() != self._number:
            self._number = 0
            raise LeaseLost(
                f"{self.folder}: another process took over, since this one gave no sign for {STALE:.0f} s "
                "(suspended machine, or a file system that did not answer). It goes on with the scan."
            )

    def release(self) -> None:
        """Let others take the lease at once."""
        if self._number and self._highest() == self._number:
            self._write(released=True)
        self._number = 0
        self._unlock()

    def holder(self) -> str:
        """Return the name of the host that has the lease, for people."""
        return (
            str(_content(self._read(self._highest())).get("host", "")).partition("/")[0] or "another process"
        )

    def _claim(self) -> bool:
        number = self._highest()
        if number and not self._is_free(number):
            return False
        try:
            os.close(os.open(self._path(number + 1), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return False
        self._number, self._beats = number + 1, 0
        if self._highest() != self._number:  # our list of files was an old one
            self._path(self._number).unlink(missing_ok=True)
            self._number = 0
            return False
        self._write(released=False)
        for old in [n for n in self._numbers() if n < number - 2]:
            self._path(old).unlink(missing_ok=True)
        return True

    def _is_free(self, number: int) -> bool:
        """Return whether a lease was given back, its process is dead, or it has shown no life for long."""
        text = self._read(number)
        content = _content(text)
        if content.get("released") or content.get("host") == self.host:
            return True  # we hold the lock of the operating system: nobody else on this host lives
        if self._seen[:2] != (number, text):
            self._seen = (number, text, self.ticks())
        return self.ticks() - self._seen[2] >= STALE

    def _write(self, *, released: bool) -> None:
        content = {
            "host": self.host,
            "process": os.getpid(),
            "token": self._token,
            "renewals": self._beats,
            "released": released,
        }
        replace_text(self._path(self._number), json.dumps(content))

    def _read(self, number: int) -> str:
        try:
            return self._path(number).read_text(encoding="utf-8")
        except OSError:
            return ""

    def _highest(self) -> int:
        return max(self._numbers(), default=0)

    def _numbers(self) -> list[int]:
        return [int(path.stem.removeprefix("lease-")) for path in self.folder.glob("lease-*.json")]

    def _path(self, number: int) -> Path:
        return self.folder / f"lease-{number:09}.json"

    def _unlock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None


def _content(text: str) -> dict[str, object]:
    with suppress(ValueError):
        content = json.loads(text)
        return content if isinstance(content, dict) else {}
    return {}


@contextmanager
def renewing(lease: Lease, lost: Callable[[], None]) -> Iterator[None]:
    """Renew a lease in a thread of its own while a scan runs; call ``lost`` if another process took over."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(RENEW):
            try:
                lease.renew()
            except LeaseLost:
                lost()
                return
            except OSError:
                continue  # a file system that comes back before the lease is stale costs nothing

    thread = threading.Thread(target=renew, name="pandian-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
