"""One process at a time in a folder: a lock of the operating system, which ends with its process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from scanner.state.errors import StateInUse

LOCK = "lock"

if sys.platform == "win32":
    import msvcrt

    def _seize(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_folder(folder: Path) -> IO[str]:
    """Return the locked file ``LOCK`` of the folder; closing it, or the end of the process, frees the folder.

    Raises:
        StateInUse: Another process has it.
    """
    file = os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        _seize(file)
    except OSError:
        file.close()
        raise StateInUse(
            f"{folder}: another scan or census command uses this state folder. Wait until it ends, or name "
            "another state folder; two can be united later with 'pandian census merge'."
        ) from None
    return file
