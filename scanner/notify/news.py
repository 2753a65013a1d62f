"""One thing that is worth telling, in both languages. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.changes.wording import Words
from scanner.config.channels import Kind
from scanner.words.texts import text_of

_LONGEST = 160  # characters of a name from a source


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened.

    Attributes:
        data: The same for programs.
    """

    kind: Kind
    zh: str
    en: str
    data: Mapping[str, Any] = field(default_factory=dict)


# What fills a place of a text: a value, or a function of the language.
Filling = Callable[[Words], object] | str | int


def news(kind: Kind, key: str, data: Mapping[str, Any] | None = None, **fillings: Filling) -> News:
    """Return the news that ``key`` of ``texts.yaml`` words, with its places filled.

    >>> news("missed", "missed", number=2).en
    'Slots that did not run: 2.'
    """
    zh, en = (
        text_of(
            "scanner.notify",
            key,
            words.tongue,
            **{name: _filled(one, words) for name, one in fillings.items()},
        )
        for words in (Words("zh", {}), Words("en", {}))
    )
    return News(kind=kind, zh=zh, en=en, data=data or {})


def _filled(filling: Filling, words: Words) -> object:
    if callable(filling):
        return visible(str(filling(words)))
    return clean(filling) if isinstance(filling, str) else filling


def clean(name: str) -> str:
    """Return a name from a source, made visible and cut."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def visible(text: str) -> str:
    """Return a text without what could steer a terminal, a chat or a header.

    >>> visible("a" + chr(10) + "Bcc: x" + chr(0x202E))
    'a Bcc: x '
    """
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
