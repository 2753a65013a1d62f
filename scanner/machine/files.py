"""Files that are there as a whole or not at all, whenever a process dies or a disk is full."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Put a content in the place of a file in one step: readers see the old or the new one, never half of it.

    Raises:
        OSError: It cannot be written; the file that was there still is.
    """
    aside = write_aside(path, content, mode)
    try:
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def create_file(path: Path, content: bytes, mode: int) -> None:
    """Write a file unless it is there: of several processes that do so at once, one does.

    Raises:
        OSError: It cannot be written.
    """
    aside = write_aside(path, content, mode)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_aside(path: Path, content: bytes, mode: int) -> Path:
    """Return a new file beside ``path`` that holds the content, safe on the disk.

    Raises:
        OSError: It cannot be written; nothing is left.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return aside
