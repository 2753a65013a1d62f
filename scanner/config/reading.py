"""Configurations from their files: expanded, placed, digested, checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.config.settings import ScanConfig
from scanner.config.sources import SourceConfig
from scanner.config.supplied import read_supplied
from scanner.pi_types.types_file import files_of
from scanner.user_files.documents import ConfigError, checked, parse_document, read_text

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def load_config(path: Path, environment: Mapping[str, str]) -> ScanConfig:
    """Read a configuration file.

    Raises:
        ConfigError: The file is missing, is no YAML, or has keys or values that are not understood.
    """
    text = read_text(path, "the configuration")
    return parse_config(text, environment, where=str(path), folder=path.parent)


def parse_config(text: str, environment: Mapping[str, str], *, where: str, folder: Path) -> ScanConfig:
    """Return the configuration that ``text`` describes; relative files are beside it, in ``folder``."""
    document = parse_document(text, where)
    expanded = {
        key: value if key == "notify" else _expand(value, environment, where)
        for key, value in document.items()
    }
    _place_beside(folder, expanded)
    expanded["digest"] = _digest(text, _files_that_decide(expanded))
    read_supplied(expanded, folder, where)
    return checked(ScanConfig, expanded, where, "docs/configuration.md")


def _digest(text: str, files: Iterable[Path]) -> str:
    """Return the digest of the configuration and of the files that decide what columns hold.

    Values of identifiers are counted under kinds that depend on the types file: a kept count must be able
    to tell that it changed.
    """
    made = hashlib.sha256(text.encode())
    for file in files:
        made.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return made.hexdigest()[:16]


def _files_that_decide(settings: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the files of types, dictionaries, recognizers and values that a configuration names."""
    types = settings.get("types")
    for name in types if isinstance(types, list) else ():
        yield from files_of(Path(name)) if isinstance(name, str) else ()
    yield from (Path(entry["file"]) for entry in _value_lists(settings))


def _value_lists(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    lists = settings.get("lists")
    entries = (lists.get("ignore_values") or ()) if isinstance(lists, dict) else ()
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("file"), str)]


def _schedules(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    entries = settings.get("schedules")
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _place_beside(folder: Path, settings: dict[str, Any]) -> None:
    """Make relative file names relative to the folder of the configuration, in place."""
    _place(folder, settings, "review", "key_file", "spill")
    _place(folder, settings.get("state"), "folder")
    _place(folder, settings.get("metrics"), "file")
    for schedule in _schedules(settings):
        _place(folder, schedule, "output")
    for entry in _value_lists(settings):
        _place(folder, entry, "file")
    _place_store(folder, settings)
    types = settings.get("types")
    named = [types] if isinstance(types, str) else types
    if isinstance(named, list):
        settings["types"] = [str(folder / name) if isinstance(name, str) else name for name in named]


def _place(folder: Path, section: Any, *keys: str) -> None:
    """Place the files under some keys; what is no text is refused later, where its key is checked."""
    for key in keys:
        if isinstance(section, dict) and isinstance(section.get(key), str):
            section[key] = str(folder / section[key])


def _place_store(folder: Path, settings: dict[str, Any]) -> None:
    """Write out the short forms of ``store``, a place or whether to keep, and place its file."""
    store = settings.get("store")
    if isinstance(store, str | bool):
        store = {"keep": store} if isinstance(store, bool) else {"url": store}
        settings["store"] = store
    if isinstance(store, dict) and isinstance(store.get("url"), str) and "://" not in store["url"]:
        store["url"] = str(folder / store["url"])


def _expand(node: Any, environment: Mapping[str, str], where: str) -> Any:
    if isinstance(node, dict):
        return {key: _expand(value, environment, where) for key, value in node.items()}
    if isinstance(node, list):
        return [_expand(value, environment, where) for value in node]
    return _VARIABLE.sub(lambda m: _lookup(m[1], environment, where), node) if isinstance(node, str) else node


def _lookup(name: str, environment: Mapping[str, str], where: str) -> str:
    if name not in environment:
        raise ConfigError(f"{where}: uses ${{{name}}}, but there is no environment variable {name}. Set it.")
    return environment[name]


def without_file(sources: tuple[SourceConfig, ...]) -> ScanConfig:
    """Return the configuration of a scan that has command-line sources only."""
    digest = hashlib.sha256(json.dumps([source.name for source in sources]).encode()).hexdigest()[:16]
    return ScanConfig(sources=sources, digest=digest)
