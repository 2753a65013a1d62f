"""Files that several processes read and one may die while writing."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from scanner.schedule.errors import ScheduleError

PRIVATE = 0o600


def create_text(path: Path, text: str) -> None:
    """Write a file unless it is there: of several processes that do so at once, one does.

    Raises:
        ScheduleError: It cannot be written.
    """
    aside = _written_aside(path, text, PRIVATE)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def replace_text(path: Path, text: str, mode: int = PRIVATE) -> None:
    """Put a text in the place of a file in one step: readers see the old or the new one, never half of it.

    Raises:
        ScheduleError: It cannot be written.
    """
    aside = _written_aside(path, text, mode)
    try:
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _written_aside(path: Path, text: str, mode: int) -> Path:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(mode=0o700 if mode == PRIVATE else 0o777, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise ScheduleError(
            f"{path}: cannot be written ({error.strerror}). Name a place that can be written, or make room."
        ) from error
    return aside
