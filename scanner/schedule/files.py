"""Files that several processes read and one may die while writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner.machine.files import create_file, replace_file
from scanner.schedule.errors import ScheduleError

PRIVATE = 0o600


def create_text(path: Path, text: str) -> None:
    """Write a file unless it is there: of several processes that do so at once, one does.

    Raises:
        ScheduleError: It cannot be written.
    """
    with _writing(path, PRIVATE):
        create_file(path, text.encode(), PRIVATE)


def replace_text(path: Path, text: str, mode: int = PRIVATE) -> None:
    """Put a text in the place of a file in one step: readers see the old or the new one, never half of it.

    Raises:
        ScheduleError: It cannot be written.
    """
    with _writing(path, mode):
        replace_file(path, text.encode(), mode)


@contextmanager
def _writing(path: Path, mode: int) -> Iterator[None]:
    try:
        path.parent.mkdir(mode=0o700 if mode == PRIVATE else 0o777, parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ScheduleError(
            f"{path}: cannot be written ({error.strerror}). Name a place that can be written, or make room."
        ) from error
