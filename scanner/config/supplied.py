"""Files that a configuration names and that hold data of the user: read once, when the configuration is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from scanner.grading import PackError, parse_catalogue, parse_indicators
from scanner.necessity import parse_scenarios
from scanner.negative_lists import parse_list
from scanner.user_files.documents import ConfigError

Read = Callable[[str, bytes], Iterable[Any]]

_KEYS: Mapping[str, Read] = {
    "catalogues": parse_catalogue,
    "indicators": lambda name, content: (parse_indicators(name, content),),
    "negative_lists": lambda name, content: (parse_list(name, content),),
    "scenarios": parse_scenarios,
}


def read_supplied(settings: dict[str, Any], folder: Path, where: str) -> None:
    """Put in place of the files that a key names what they hold.

    Raises:
        ConfigError: A file is missing, or is not what the key asks for.
    """
    for key, read in _KEYS.items():
        if key in settings:
            settings[key] = _values(settings[key], read, folder, f"{where}: '{key}'")


def _values(names: Any, read: Read, folder: Path, where: str) -> list[Any]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f"{where}: expected a list of files, such as [important-data.yaml].")
    return [one for name in names for one in _file(folder / name, read, where)]


def _file(path: Path, read: Read, where: str) -> Iterable[Any]:
    try:
        return read(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigError(
            f"{where}: {path} cannot be read ({error.strerror}). Name an existing file."
        ) from error
    except PackError as error:
        raise ConfigError(f"{where}: {error}") from error
