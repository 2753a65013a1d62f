"""Databases of one source that number the same persons: layers of a warehouse, parts of an application."""

from __future__ import annotations

from functools import lru_cache

from scanner.stages.person_words import LAYERS, person_named, same
from scanner.stages.second_persons import header_words

_ANYBODYS = frozenset(  # words of names of databases that say nothing of what is in them
    "db data database schema app sys system my public prod prd production pre uat dev test new old center "
    "centre service svc core".split()
)
_OF_ACCOUNTS = frozenset("auth account accounts identity iam uaa sso uc ucenter ums passport".split())


_LAYERS = LAYERS.union("bronze silver gold".split())  # of a table, gold_member, they say something else


@lru_cache(maxsize=1 << 12)
def numbering(group: str) -> str:
    """Return the name of a group of tables without its layer: layers of one warehouse have the same."""
    parts = ((part, header_words(part)) for part in group.split("/"))
    kept = (part if _LAYERS.isdisjoint(words) else _without_layers(words) for part, words in parts)
    return "/".join(part for part in kept if part)


def _without_layers(words: tuple[str, ...]) -> str:
    return "_".join(word for word in words if word not in _LAYERS)


def serves(group: str, other: str, person: str) -> bool:
    """Return whether a group may be where the persons of another are listed, by the names of the two.

    ``mall_user`` is for ``mall_order``, and ``user_center`` for any group.
    """
    words, others = _telling(group), _telling(other)
    return bool(words) and (words[:1] == others[:1] or all(_lists(word, same(person)) for word in words))


def _telling(group: str) -> tuple[str, ...]:
    return tuple(word for word in header_words(group) if word not in _ANYBODYS)


def _lists(word: str, person: str) -> bool:
    of_accounts = person == same("user") and word in _OF_ACCOUNTS
    return of_accounts or same(person_named(word)) == person
