"""Names that facts may use: sectors, free-trade zones, countries. A wrong one gets the nearest right one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from scanner.user_files.yaml_text import read_yaml


@cache
def _vocabulary() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml(
        files("scanner.rules.facts").joinpath("vocabulary.yaml").read_bytes()
    )
    return content


@cache
def sectors() -> Mapping[str, str]:
    """Return the sectors: every name, and the name used inside."""
    listed = _vocabulary()["sectors"]
    names = {name: sector for sector, others in listed.items() for name in (sector, *others)}
    return MappingProxyType(names)


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """Return a question with the nearest allowed name and a space, or nothing when none is near."""
    nearest = difflib.get_close_matches(name.lower(), list(allowed), n=1, cutoff=0.5)
    return f"Did you mean {nearest[0]!r}? " if nearest else ""


def suggest(name: str, allowed: Iterable[str]) -> str:
    """Return a sentence with the nearest allowed name, if any is near, and all of them."""
    known = list(allowed)
    return f"{did_you_mean(name, known)}Allowed here: {', '.join(known)}."


def known_sector(name: object) -> object:
    """Return the sector's name used inside; raise ``ValueError`` for an unknown one.

    >>> known_sector("Banking"), known_sector("汽车")
    ('finance', 'automotive')
    """
    if not isinstance(name, str):
        return name
    found = sectors().get(name.strip().lower().replace(" ", "_"))
    if found is None:
        inside = ", ".join(dict.fromkeys(sectors().values()))
        raise ValueError(f"unknown sector {name!r}. {did_you_mean(name, sectors())}Allowed here: {inside}")
    return found


def known_zone(name: object) -> object:
    """Return the zone's name; raise ``ValueError`` for an unknown one."""
    zones = _vocabulary()["zones"]
    if not isinstance(name, str):
        return name
    if name.lower() not in zones:
        raise ValueError(f"unknown free-trade zone {name!r}. {suggest(name, zones)}")
    return name.lower()


def known_country(code: object) -> object:
    """Return the country's code in capitals; raise ``ValueError`` for an unknown one.

    >>> known_country("de"), known_country("UK")
    ('DE', 'GB')
    """
    if isinstance(code, bool):
        raise ValueError("YAML reads an unquoted NO as 'no'; write the country code in quotes: \"NO\"")  # noqa: TRY004 - pydantic collects ValueError
    if not isinstance(code, str) or not code:
        return code
    if code.upper() not in _vocabulary()["countries"].split():
        raise ValueError(f"unknown country {code!r}; write the two letters of ISO 3166-1, such as DE or SG")
    return "GB" if code.upper() == "UK" else code.upper()
