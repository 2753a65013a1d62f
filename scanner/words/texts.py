"""Texts in Chinese and English: a package has its own in ``texts.yaml``, this one those for results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

from scanner.result import UNBOUNDED
from scanner.user_files.yaml_text import read_yaml

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
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{4,}")
_HAN_OF_A_WORD = 3  # characters at least for each such word, in a Chinese text


@cache
def texts_of(package: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts in ``texts.yaml`` of a package: key, then language."""
    return MappingProxyType(read_yaml(files(package).joinpath("texts.yaml").read_bytes()))


def text_of(package: str, key: str, tongue: Tongue, **values: object) -> str:
    """Return one text of a package with its places filled; whole numbers get thousands separators."""
    return filled(texts_of(package)[key][tongue], values)


def filled(pattern: str, values: Mapping[str, object]) -> str:
    r"""Return a text with its places filled.

    >>> filled("{lower} of {upper} {name}", {"lower": 1200, "upper": 3400, "name": "rows"})
    '1,200 of 3,400 rows'
    """
    return pattern.format(**{name: written(value) for name, value in values.items()})


def term(kind: str, value: str, tongue: Tongue) -> str:
    """Return the word for a value of the result, or the value itself when there is no word."""
    words = texts_of("scanner.words").get(f"{kind}.{value}")
    return words[tongue] if words else value


def in_tongue(said: str, tongue: Tongue) -> str:
    """Return one language of a text that says everything twice, the Chinese in brackets.

    >>> in_tongue("before transfer (出境前)", "zh"), in_tongue("before transfer (出境前)", "en")
    ('出境前', 'before transfer')
    >>> in_tongue("it is applied (已应用): holds", "zh"), in_tongue("in English only", "zh")
    ('已应用：成立', 'in English only')
    >>> in_tongue("unless 'adults' says so (除非配置中的adults另有说明)", "zh")
    '除非配置中的adults另有说明'
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


def source_in(source: str, tongue: Tongue) -> str:
    """Return what of a source is in a language; all of it where it is in one only.

    >>> source_in("PIPL arts 6, 19; 《个人信息保护法》第六条、第十九条", "zh")
    '《个人信息保护法》第六条、第十九条'
    >>> source_in("GB/T 43697-2024", "zh")
    'GB/T 43697-2024'
    """
    parts = source.split("; ")
    spoken = [part for part in parts if bool(_HAN.search(part)) is (tongue == "zh")]
    return "; ".join(spoken or parts)


def _is_chinese(group: str) -> bool:
    """Return whether a group is Chinese; a word or two in it may be names, of a key for example."""
    return len(_HAN.findall(group)) > _HAN_OF_A_WORD * len(_WORD.findall(group))


def written(value: object) -> str:
    """Return a value as it stands in a text: whole numbers with separators, and without a bound as ∞.

    >>> written(1200000), written(UNBOUNDED), written("x")
    ('1,200,000', '∞', 'x')
    """
    if isinstance(value, int):
        return f"{value:,}" if value < UNBOUNDED else "∞"
    return str(value)
