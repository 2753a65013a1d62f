"""Exports for data catalogues, spreadsheets and databases: one module is one target, a view of a Result.

A target is a module of this folder without a leading underscore that has ``NAME``, ``FILE_NAME`` and
``render(result, naming)``. Nothing is sent anywhere: what comes out is a file for the target to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol, cast

from scanner.catalogue._places import ExportError, Naming
from scanner.result import Result

__all__ = ["ExportError", "Naming", "export", "file_name", "targets", "write"]


class Target(Protocol):
    """What a module of this folder offers."""

    NAME: str
    FILE_NAME: str

    def render(self, result: Result, naming: Naming) -> str | bytes:
        """Return the content of the file."""
        ...


def targets() -> tuple[str, ...]:
    """Return the names of all targets, sorted."""
    return tuple(_modules())


def file_name(target: str) -> str:
    """Return the name of the file that a target is usually written to.

    Raises:
        ValueError: There is no such target.
    """
    return _module(target).FILE_NAME


def export(target: str, result: Result, naming: Naming | None = None) -> bytes:
    """Return the file for a target; the same result and naming give the same bytes (but for XLSX).

    Raises:
        ValueError: There is no such target.
        ExportError: The result cannot be said in it; the message says what to do.
    """
    content = _module(target).render(result, naming or Naming())
    # File names that are no UTF-8 arrive with lone surrogates, which no encoding can write.
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def write(content: bytes, output: Path, name: str) -> Path:
    """Write a file: at ``output``, or under its usual name in it where ``output`` is a folder."""
    path = output / name if output.is_dir() or not output.suffix else output
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _module(name: str) -> Target:
    try:
        return _modules()[name]
    except KeyError:
        raise ValueError(f"No export to {name!r}. There are: {', '.join(targets())}.") from None


@cache
def _modules() -> Mapping[str, Target]:
    names = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found = (cast("Target", import_module(f"{__name__}.{name}")) for name in names)
    return MappingProxyType({module.NAME: module for module in sorted(found, key=lambda m: m.NAME)})
