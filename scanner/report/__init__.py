"""Reports: one module is one format, a view of the frozen Result.

A format is a module of this folder without a leading underscore that has ``NAME``, ``FILE_NAME`` and
``render(result, *, lang)``. Adding a format is adding a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol, cast

from scanner.result import Result

__all__ = ["Format", "file_name", "formats", "render"]


class Format(Protocol):
    """What a module of this folder offers."""

    NAME: str
    FILE_NAME: str

    def render(self, result: Result, *, lang: str) -> str:
        """Return the report; ``lang`` is ``zh``, ``en`` or ``both``."""
        ...


def formats() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(_modules())


def file_name(name: str) -> str:
    """Return the file name a format is written to.

    Raises:
        ValueError: There is no such format.
    """
    return _module(name).FILE_NAME


def render(name: str, result: Result, lang: str = "both") -> str:
    """Return the report in one format.

    Raises:
        ValueError: There is no such format or language.
    """
    return _module(name).render(result, lang=lang)


def _module(name: str) -> Format:
    try:
        return _modules()[name]
    except KeyError:
        raise ValueError(f"No report format {name!r}. There are: {', '.join(formats())}.") from None


@cache
def _modules() -> Mapping[str, Format]:
    names = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found = (cast("Format", import_module(f"{__name__}.{name}")) for name in names)
    return MappingProxyType({module.NAME: module for module in sorted(found, key=lambda m: m.NAME)})
