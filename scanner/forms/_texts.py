"""Words of the forms in Chinese and English: ``texts.yaml`` beside this file, then those for results."""

from __future__ import annotations

from scanner.words.texts import Tongue, filled, term, texts_of


def text(key: str, tongue: Tongue, /, **values: object) -> str:
    r"""Return one text with its places filled; whole numbers get thousands separators.

    >>> text("figure.interval", "en", lower=1200, upper=3400)
    '1,200\xa0–\xa03,400'
    """
    return filled(texts_of("scanner.forms")[key][tongue], values)


def said(kind: str, value: str, tongue: Tongue) -> str:
    """Return the word for a value of the result, or the value itself where there is no word.

    >>> said("window", "year_to_date", "zh"), said("sector", "retail", "en")
    ('本年 1 月 1 日至今', 'retail')
    """
    words = texts_of("scanner.forms").get(f"{kind}.{value}")
    return words[tongue] if words else term(kind, value, tongue)
