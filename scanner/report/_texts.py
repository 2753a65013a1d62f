"""The texts of the reports in Chinese and English, from ``texts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

import yaml

from scanner.result import UNBOUNDED

Tongue = Literal["zh", "en"]
Lang = Literal["zh", "en", "both"]
TONGUES: tuple[Tongue, ...] = get_args(Tongue)


def tongues(lang: str) -> tuple[Tongue, ...]:
    """Return the languages that ``lang`` stands for.

    Raises:
        ValueError: It is none of ``zh``, ``en`` and ``both``.
    """
    if lang == "both":
        return TONGUES
    for tongue in TONGUES:
        if tongue == lang:
            return (tongue,)
    raise ValueError(f"No report language {lang!r}. There are: {', '.join(get_args(Lang))}.")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return all texts: key, then language."""
    content = files("scanner.report").joinpath("texts.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(content))


def text(key: str, tongue: Tongue, **values: object) -> str:
    """Return one text with its places filled; whole numbers get thousands separators."""
    return texts()[key][tongue].format(**{name: _written(value) for name, value in values.items()})


def term(kind: str, value: str, tongue: Tongue) -> str:
    """Return the word for a value of the result, or the value itself when there is no word."""
    words = texts().get(f"{kind}.{value}")
    return words[tongue] if words else value


def _written(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}" if value < UNBOUNDED else "∞"
    return str(value)
