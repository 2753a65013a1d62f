"""The texts of the reports: ``texts.yaml`` beside this file, and the words for values of results."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from scanner.words.texts import Tongue, filled, texts_of


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return all texts of the reports: key, then language."""
    return {**texts_of("scanner.words"), **texts_of("scanner.report")}


def text(key: str, tongue: Tongue, **values: object) -> str:
    """Return one text of the reports with its places filled; whole numbers get thousands separators."""
    return filled(texts()[key][tongue], values)
