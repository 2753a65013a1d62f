"""Files that commands read and write; what is amiss is a ``UsageProblem``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner.cli.problems import UsageProblem
from scanner.machine.files import replace_file


@contextmanager
def writing(place: str) -> Iterator[None]:
    """Say of an ``OSError`` within that ``place`` (an option with its file, or a file) cannot be written."""
    try:
        yield
    except OSError as error:
        raise UsageProblem(
            f"{place}: cannot be written ({error.strerror}). Name a place that you may write to."
        ) from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Put a content in the place of a file in one step: a full disk leaves the file that was there."""
    with writing(str(path)):
        replace_file(path, content.encode() if isinstance(content, str) else content)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be read ({error.strerror}). Name an existing file.") from error
