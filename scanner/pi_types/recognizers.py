"""Presidio recognizers that users wrote, as a types file names them: loaded, made and checked."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import Field

from classifiers.presidio import PresidioType
from classifiers.taxonomy import PIType
from scanner.user_files.documents import ConfigError, Model, checked

PAGE = "docs/types.md"
_PACKAGES = frozenset({"scanner", "classifiers", "connectors"})


class _PresidioEntry(Model):
    """One entry of ``presidio``."""

    recognizer: str
    type: str
    cells: bool = False
    arguments: dict[str, Any] = Field(default_factory=dict)


def recognizers(entries: Sequence[object], known: Mapping[str, PIType], path: Path) -> list[PresidioType]:
    """Return what the entries under ``presidio`` name; ``known`` are the PI types there are, by id.

    Raises:
        ConfigError: An entry does not hold, or its recognizer cannot be loaded or made.
    """
    return [_presidio_type(entry, number, known, path) for number, entry in enumerate(entries, 1)]


def _presidio_type(document: object, number: int, known: Mapping[str, PIType], path: Path) -> PresidioType:
    where = f"{path}: presidio, entry {number}"
    entry = checked(_PresidioEntry, document, where, PAGE)
    pi_type = known.get(entry.type)
    if pi_type is None:
        raise ConfigError(
            f"{where}: there is no PI type '{entry.type}'. Define it under 'types', or name one that "
            "`pandian types` lists."
        )
    return PresidioType(
        type=entry.type,
        entity=pi_type.presidio_entity,
        name=entry.recognizer,
        recognizer=_recognizer(entry, where, path.parent),
        cells=entry.cells,
    )


def _recognizer(entry: _PresidioEntry, where: str, folder: Path) -> Any:
    from presidio_analyzer import EntityRecognizer  # noqa: PLC0415 -- takes seconds, and few files need it

    module, _, name = entry.recognizer.partition(":")
    if not module or not name.isidentifier():
        raise ConfigError(f"{where}: recognizer: write package.module:Class.")
    found = getattr(_module(module, where, folder), name, None)
    if not inspect.isclass(found) or not issubclass(found, EntityRecognizer):
        raise ConfigError(
            f"{where}: '{name}' in {module} is no class that extends presidio_analyzer.EntityRecognizer."
        )
    try:
        return found(**entry.arguments)
    except Exception as error:
        reason = type(error).__name__
        raise ConfigError(
            f"{where}: {name} cannot be made ({reason}). Its constructor takes the keys of 'arguments'."
        ) from error


def beside(module: str, folder: Path) -> Path:
    """Return where a module beside a types file would be."""
    return folder.joinpath(*module.split(".")).with_suffix(".py")


def _module(name: str, where: str, folder: Path) -> ModuleType:
    """Return a module: a file beside the types file, or else what Python finds under the name."""
    file = beside(name, folder)
    try:
        if file.is_file() and name.split(".", maxsplit=1)[0] not in _PACKAGES:
            return _loaded(name, file)
        return importlib.import_module(name)
    except ImportError as error:
        raise ConfigError(
            f"{where}: the module '{name}' cannot be imported. Put {file.name} beside the types file, or "
            "install its package."
        ) from error
    except Exception as error:
        reason = type(error).__name__
        raise ConfigError(f"{where}: the module '{name}' fails when it is imported ({reason}).") from error


def _loaded(name: str, file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
