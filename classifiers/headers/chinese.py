"""Chinese headers: the head noun last, before it whose, after it in which form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from classifiers import lexicon
from classifiers.headers._hits import (
    EXACT,
    FAINT,
    HEAD,
    INSIDE,
    NOT_PERSONAL,
    UNSAID,
    HeaderHit,
    Span,
    WordList,
    Words,
    put,
    uncovered,
)
from classifiers.headers.phrases import words_of

_BRACKETED = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]")
_BRACKETS = re.compile(r"[()\[\]{}【】〔〕<>《》]")
_PERSON = "person_name"


class ChineseWords:
    """Chinese header words of all types.

    Attributes:
        listed, derived: Words of the lists, and those made by exchanging their ends.
        plain: The listed words that no phrase composes.
        people: Words for people.
    """

    def __init__(self, lists: Sequence[WordList], affixes: Mapping[str, Any]) -> None:
        self.listed: Words = {}
        self.derived: Words = {}
        self.plain: set[str] = set()
        self.people = tuple(sorted(affixes["people"], key=len, reverse=True))
        self._things = tuple(affixes["things"])
        self._neutral = _longest_first(affixes["neutral_tails"])
        self._after_coded = _longest_first([*affixes["neutral_tails"], *affixes["coded_tails"]])
        self._ends = [(_longest_first(of), (*of, *also)) for of, also in affixes["ends"]]
        self._coded = frozenset(each.type for each in lists if each.coded)
        self._of_things = frozenset(each.type for each in lists if each.of_things)
        for each in lists:
            for listed in words_of(each.zh):
                key = listed.text.replace(" ", "").lower()
                put(self.listed, key, each.type, weak=listed.weak)
                if not listed.composed:
                    self.plain.add(key)
        for word, types in self.listed.items():
            for other in self._with_other_ends(word):
                for type_, weak in types.items() if other not in self.listed else ():
                    put(self.derived, other, type_, weak=weak)

    def _with_other_ends(self, word: str) -> Iterator[str]:
        for ends, others in self._ends:
            if not word.endswith(ends):  # in one call: most words have none of them
                continue
            end = next((end for end in ends if word.endswith(end) and len(word) - len(end) > 1), None)
            if end:
                yield from (word[: -len(end)] + other for other in others if other != end)

    def read(self, text: str) -> Iterator[HeaderHit]:
        """Read 姓名（拼音） with what stands in brackets, and 年龄（岁） without it."""
        text = re.sub(r"[\s_\-]+", "", text.lower()).translate(lexicon.simplified())
        hits = list(self._words(_BRACKETS.sub("", text)))
        if not any(hit.type and hit.strength >= HEAD for hit in hits) and _BRACKETED.search(text):
            hits = list(self._words(_BRACKETED.sub("", text))) or hits
        yield from hits

    def _words(self, text: str) -> Iterator[HeaderHit]:
        spans = uncovered(self._spans(text))
        said = [span for span in spans if not self._is_coded_tail(span, spans, text)]
        for span in said:
            strength = self._strength(text, span)
            if strength:
                thing = span.type in self._of_things and text[: span.start].endswith(self._things)
                yield HeaderHit(NOT_PERSONAL if thing else span.type, strength, span.word)
        if not said and text.endswith(self.people):
            yield HeaderHit(_PERSON, UNSAID, "people")

    def _spans(self, text: str) -> Iterator[Span]:
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                word = text[start:end]
                for type_, weak in (self.listed.get(word) or self.derived.get(word, {})).items():
                    yield Span(start=start, end=end, type=type_, weak=weak, word=word)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, [*self.listed, *self.derived]))

    def _is_coded_tail(self, tail: Span, spans: list[Span], text: str) -> bool:
        """Whether a word such as 类型 only says how the word before it is written: 职业类型."""
        return not tail.type and any(
            span.type in self._coded and span.end <= tail.start and self._says_nothing(text[span.end :], span)
            for span in spans
        )

    def _strength(self, text: str, span: Span) -> float:
        if not self._says_nothing(text[span.end :], span):
            return 0.0 if span.type else INSIDE
        if not span.weak:
            return EXACT if span.start == 0 else HEAD
        if text[: span.start].endswith(self.people):
            return HEAD
        return FAINT if span.start == 0 else UNSAID

    def _says_nothing(self, tail: str, span: Span) -> bool:
        """Whether what follows a word does not change its meaning, as in 手机号密文1."""
        tail = tail.strip("0123456789一二三")
        for word in self._after_coded if span.type in self._coded else self._neutral:
            if tail.endswith(word):
                return self._says_nothing(tail[: -len(word)], span)
        return not tail


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
