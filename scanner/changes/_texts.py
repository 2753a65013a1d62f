"""The texts of comparisons in Chinese and English, from ``texts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from scanner.report._texts import Tongue, written


@cache
def texts() -> Mapping[str, Mapping[Tongue, str]]:
    """Return all texts: key, then language."""
    content = files("scanner.changes").joinpath("texts.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(content))


def text(key: str, tongue: Tongue, **values: object) -> str:
    """Return one text with its places filled; whole numbers get thousands separators."""
    return texts()[key][tongue].format(**{name: written(value) for name, value in values.items()})
