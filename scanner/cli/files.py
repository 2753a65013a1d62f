"""Files that commands read and write; what is amiss is a ``UsageProblem``."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scanner.cli.problems import UsageProblem


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
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    with writing(str(path)):
        try:
            aside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be read ({error.strerror}). Name an existing file.") from error
