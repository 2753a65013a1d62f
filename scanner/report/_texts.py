"""The texts of the reports in Chinese and English, from ``texts.yaml``."""

from __future__ import annotations

import re
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


_BRACKETS = re.compile(r"\([^()]*\)")
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[A-Za-z]{4,}")


def texts() -> Mapping[str, Mapping[str, str]]:
    """Return all texts of the reports: key, then language."""
    return texts_of("scanner.report")


@cache
def texts_of(package: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts in ``texts.yaml`` of a package: key, then language."""
    return MappingProxyType(yaml.safe_load(files(package).joinpath("texts.yaml").read_text(encoding="utf-8")))


def text(key: str, tongue: Tongue, **values: object) -> str:
    """Return one text of the reports with its places filled; whole numbers get thousands separators."""
    return text_of("scanner.report", key, tongue, **values)


def text_of(package: str, key: str, tongue: Tongue, **values: object) -> str:
    """Return one text of a package with its places filled, as ``text`` does."""
    return texts_of(package)[key][tongue].format(**{name: written(value) for name, value in values.items()})


def term(kind: str, value: str, tongue: Tongue) -> str:
    """Return the word for a value of the result, or the value itself when there is no word."""
    words = texts().get(f"{kind}.{value}")
    return words[tongue] if words else value


def in_tongue(said: str, tongue: Tongue) -> str:
    """Return one language of a text that says everything twice, the Chinese in brackets.

    >>> in_tongue("before transfer (出境前)", "zh"), in_tongue("before transfer (出境前)", "en")
    ('出境前', 'before transfer')
    >>> in_tongue("it is applied (已应用): holds", "zh"), in_tongue("in English only", "zh")
    ('已应用：成立', 'in English only')
    """
    said, _, state = said.partition("): ")
    said = f"{said})" if state else said
    chinese = [group[1:-1] for group in _BRACKETS.findall(said) if _is_chinese(group)]
    if not chinese:
        return f"{said}: {state}" if state else said
    if tongue == "zh":
        return "".join(chinese) + (f"：{term('condition', state, tongue)}" if state else "")
    english = _BRACKETS.sub(lambda found: "" if _is_chinese(found[0]) else found[0], said)
    return " ".join(english.split()) + (f": {state}" if state else "")


def _is_chinese(group: str) -> bool:
    return bool(_HAN.search(group)) and not _WORD.search(group)


def written(value: object) -> str:
    """Return a value as it stands in a text: whole numbers with separators, and without a bound as ∞."""
    if isinstance(value, int):
        return f"{value:,}" if value < UNBOUNDED else "∞"
    return str(value)
