"""What the organization declares, read from its facts file or the configuration of its scans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.config import ScanConfig, load_config
from scanner.rules import FactsError, Flow, load_facts
from scanner.user_files.documents import parse_document, read_text


def facts_of_file(path: Path) -> Mapping[str, Any]:
    """Return the facts in a facts file (docs/facts.md).

    Raises:
        ConfigError: The file cannot be read, or is no YAML.
        FactsError: The facts are not understood.
    """
    facts = parse_document(read_text(path, "the facts file"), str(path), "organization:")
    try:
        load_facts(facts)
    except FactsError as error:
        raise FactsError(f"{path}: {error}") from error
    return facts


def facts_of_config(path: Path, environment: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the facts that a configuration declares. Passwords in it need not be known: nothing is opened.

    Raises:
        ConfigError: The configuration cannot be used.
    """
    return declared_in(load_config(path, _WithBlanks(environment)))


def declared_in(config: ScanConfig) -> Mapping[str, Any]:
    """Return the facts that a configuration declares, in the format of the facts file."""
    facts: dict[str, Any] = {"organization": dict(config.organization), **config.facts}
    if config.flows:
        facts["flows"] = [
            {
                key: value
                for key in Flow.model_fields
                if key in flow.model_fields_set and (value := getattr(flow, key, None)) not in {None, ""}
            }
            for flow in config.flows
        ]
    return facts


class _WithBlanks(Mapping[str, str]):
    """An environment in which every variable exists; those that do not are empty."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def __getitem__(self, name: str) -> str:
        return self._known.get(name, "")

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
