"""English headers: snake, camel or run together, abbreviated or misspelt; the head noun last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from classifiers.headers._hits import (
    EXACT,
    FAINT,
    HEAD,
    INSIDE,
    NOT_PERSONAL,
    PREFIXED,
    UNSAID,
    HeaderHit,
    Span,
    WordList,
    Words,
    put,
    uncovered,
)
from classifiers.headers.abbreviations import Spellings
from classifiers.headers.phrases import words_of

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_READINGS = 8  # readings of a header whose abbreviations are open
_LONGEST = 5  # words of a term


def tokens(header: str) -> tuple[str, ...]:
    """Return the words of a header in lower case.

    >>> tokens("custMobileNo2")
    ('cust', 'mobile', 'no', '2')
    """
    return tuple(t.lower() for t in _TOKEN.findall(re.sub(r"[^A-Za-z0-9]+", " ", header)))


class EnglishWords:
    """English header words of all types."""

    def __init__(self, lists: Sequence[WordList], affixes: Mapping[str, Any]) -> None:
        words = [(each.type, word) for each in lists for word in words_of(each.en)]
        terms = [(type_, word.weak, tokens(word.text)) for type_, word in words]
        plain = (
            word for key in ("neutral_tails", "coded_tails", "people", "things") for word in affixes[key]
        )
        guessed = {part for _, word in words if not word.composed for part in tokens(word.text)}
        self._spellings = Spellings(
            {*guessed, *(part for word in plain for part in word.split())},
            affixes["same"],
            also=(token for _, _, term in terms for token in term),
        )
        self._people, self._things = self._standard(affixes["people"]), self._standard(affixes["things"])
        self._neutral = self._standard(affixes["neutral_tails"])
        self._after_coded = self._neutral | self._standard(affixes["coded_tails"])
        self._coded = frozenset(each.type for each in lists if each.coded)
        self._of_things = frozenset(each.type for each in lists if each.of_things)
        self._listed: Words = {}
        self._derived: Words = {}
        for type_, weak, term in terms:
            put(self._listed, self._key(term), type_, weak=weak)
        ends = [[[self._key(end.split()) for end in part] for part in group] for group in affixes["ends"]]
        for word, types in self._listed.items():
            for other in _with_other_ends(word, ends):
                for type_, weak in types.items() if other not in self._listed else ():
                    put(self._derived, other, type_, weak=weak)

    def _standard(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(self._spellings.standard(word) for word in words)

    def _key(self, term: Sequence[str]) -> str:
        return " ".join(
            self._spellings.standard(part) for token in term for part in self._spellings.read(token)[0][0]
        )

    def knows(self, token: str) -> bool:
        """Return whether a token is an English word of a list."""
        return self._spellings.knows(token)

    def read(self, header: Sequence[str]) -> Iterator[HeaderHit]:
        """Return what the words say; guessed words (abbreviations, slips) say it less surely."""
        hits = list(self._read_tokens(header))
        yield from hits or self._read_tokens(tuple(self._rejoined(header)))

    def _read_tokens(self, header: Sequence[str]) -> Iterator[HeaderHit]:
        readings = [self._spellings.read(token) for token in header]
        sure = all(exact for _, exact in readings)
        for choice in islice(product(*(options for options, _ in readings)), _READINGS):
            for hit in self._read([part for parts in choice for part in parts]):
                yield hit if sure else HeaderHit(hit.type, min(hit.strength, PREFIXED), hit.word)

    def _rejoined(self, header: Sequence[str]) -> Iterator[str]:
        """Yield the words with those in one that camel case took apart: weChat, passPort."""
        rest = list(header)
        while rest:
            word = rest.pop(0)
            whole = word + rest[0] if rest else ""
            if self._key([whole]) in self._listed and self._key([word, rest[0]]) not in self._listed:
                del rest[0]
                word = whole
            yield word

    def _read(self, words: list[str]) -> Iterator[HeaderHit]:
        spans = uncovered(self._spans(words))
        for span in spans:
            if self._is_coded_tail(span, spans, words):
                continue
            strength = self._strength(words, span)
            if strength:
                thing = span.type in self._of_things and not self._things.isdisjoint(words[: span.start])
                yield HeaderHit(NOT_PERSONAL if thing else span.type, strength, span.word)

    def _spans(self, words: list[str]) -> Iterator[Span]:
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                key = " ".join(words[start:end])
                for type_, weak in self._types(key, words[start:end]).items():
                    yield Span(start=start, end=end, type=type_, weak=weak, word=key)

    def _types(self, key: str, words: list[str]) -> Mapping[str, bool]:
        """Return the types of a term; ``date birth``, which no list has, is read as ``birth date``."""
        found = self._listed.get(key) or self._derived.get(key)
        if found is None and len(words) == 2:
            found = self._listed.get(f"{words[1]} {words[0]}")
        return found or {}

    def _is_coded_tail(self, tail: Span, spans: list[Span], words: list[str]) -> bool:
        return not tail.type and any(
            span.type in self._coded
            and span.end <= tail.start
            and self._after_coded.issuperset(words[span.end :])
            for span in spans
        )

    def _strength(self, words: list[str], span: Span) -> float:
        neutral = self._after_coded if span.type in self._coded else self._neutral
        after = [t for t in words[span.end :] if not t.isdigit() and t not in neutral]
        if after:
            whose = span.type and not span.weak and self._people.issuperset(after)
            return PREFIXED if whose else 0.0 if span.type else INSIDE
        before = [t for t in words[: span.start] if len(t) > 1]
        about_people = bool(before) and self._people.issuperset(before)
        if span.weak:
            return HEAD if about_people else UNSAID if before else FAINT
        return EXACT if not before or about_people else HEAD


def _with_other_ends(word: str, groups: Sequence[Sequence[Sequence[str]]]) -> Iterator[str]:
    for ends, others in groups:
        end = next((end for end in ends if word.endswith(f" {end}")), None)
        if end:
            yield from (word[: -len(end)] + other for other in (*ends, *others) if other != end)
