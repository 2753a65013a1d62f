"""Words of the forms in Chinese and English: ``texts.yaml`` beside this file, then those of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from scanner.report._texts import Tongue
from scanner.report._texts import term as report_term
from scanner.result import UNBOUNDED

__all__ = ["Tongue", "said", "text"]


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    content = files("scanner.forms").joinpath("texts.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(content))


def text(key: str, tongue: Tongue, /, **values: object) -> str:
    r"""Return one text with its places filled; whole numbers get thousands separators.

    >>> text("figure.interval", "en", lower=1200, upper=3400)
    '1,200 –\xa03,400'
    """
    return _texts()[key][tongue].format(**{name: written(value) for name, value in values.items()})


def said(kind: str, value: str, tongue: Tongue) -> str:
    """Return the word for a value of the result, or the value itself where there is no word.

    >>> said("window", "year_to_date", "zh"), said("sector", "retail", "en")
    ('本年 1 月 1 日至今', 'retail')
    """
    words = _texts().get(f"{kind}.{value}")
    return words[tongue] if words else report_term(kind, value, tongue)


def written(value: object) -> str:
    """Return a value as it is written in a form.

    >>> written(1200000), written("x")
    ('1,200,000', 'x')
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if value < UNBOUNDED // 2 else "∞"
    return str(value)
