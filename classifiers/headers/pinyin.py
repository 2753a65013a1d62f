"""Headers in pinyin: those that recognizers list, and those that spell their Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers.headers._hits import (
    FAINT,
    HEAD,
    INSIDE,
    NOT_PERSONAL,
    PREFIXED,
    UNSAID,
    HeaderHit,
    WordList,
    Words,
    put,
)
from classifiers.headers.chinese import ChineseWords
from classifiers.headers.phrases import words_of
from classifiers.headers.syllables import Found, PinyinIndex, spellings

# Endings of pinyin initials that change nothing: 号, 号码, 编号, 代码, 名称.
_TAIL = re.compile(r"(?:haoma|hao|hm|bh|dm|bm|mc|h)$")
_MANY = 3  # types that initials may mean and still say something


class PinyinWords:
    """Pinyin header words of all types."""

    def __init__(self, lists: Sequence[WordList], chinese: ChineseWords, people: Sequence[str]) -> None:
        self._listed: Words = {}
        self._index = PinyinIndex()
        for each in lists:
            for listed in words_of(each.py):
                put(self._listed, listed.text.lower(), each.type, weak=listed.weak)
        for words in (chinese.listed, chinese.derived):
            for word, types in words.items():
                for type_, weak in types.items():
                    if not weak:
                        self._index.add(word, type_, derived=word not in chinese.plain)
        initials = {"".join(s[0] for s in read) for person in chinese.people for read in spellings(person)}
        # Two initials stand for too many words: only those that are listed are people.
        named = {*people, *(word for word in initials if len(word) > 2)}
        self._people = tuple(sorted(named, key=lambda word: (-len(word), word)))

    def read(self, header: str, *, spelled: bool) -> Iterator[HeaderHit]:
        """Return what a header says as a whole, without its separators, and by its last part.

        ``spelled``: words that no list has may be meant; not so where the header ends in an English word.
        """
        parts = [part for part in re.split(r"[_\-\s.]+", header.lower()) if part]
        if not parts:
            return
        stem = parts[-1].strip("0123456789")
        listed = [*self._listed_hits(parts, header.lower()), *self._prefixed(stem)]
        yield from listed
        if spelled and not listed:
            whole = "".join(parts).strip("0123456789")
            yield from next((hits for hits in (list(self._spelled(w)) for w in (whole, stem)) if hits), [])

    def _listed_hits(self, parts: list[str], header: str) -> Iterator[HeaderHit]:
        for word in dict.fromkeys([header, "".join(parts), parts[-1]]):
            yield from self._listed_hit(word.strip("0123456789"), HEAD)

    def _listed_hit(self, word: str, strength: float) -> Iterator[HeaderHit]:
        for type_, weak in self._listed.get(word, {}).items():
            # Two initials are shared by many words: xx is 信息, 学校 and 血型.
            short = len(word) <= 2
            yield HeaderHit(type_, min(strength, INSIDE if short or weak else HEAD), word)

    def _prefixed(self, stem: str) -> Iterator[HeaderHit]:
        """Read initials that begin with a person, as jhrxm, or end in 号码, as sfzhm."""
        if stem in self._listed:
            return
        prefix = self._person_before(stem)
        if prefix:
            # Two initials of a person are shared by many words too; three are not.
            strength = PREFIXED if len(prefix) > 2 else INSIDE
            yield from (HeaderHit(t, strength, stem) for t in self._listed.get(stem[len(prefix) :], {}))
        bare = _TAIL.sub("", stem)
        if len(bare) > 2:
            yield from self._listed_hit(bare, PREFIXED)

    def _person_before(self, stem: str) -> str:
        return next((p for p in self._people if stem.startswith(p) and len(stem) > len(p) + 1), "")

    def _spelled(self, letters: str) -> Iterator[HeaderHit]:
        """Read what spells a Chinese word of ours: the longer and fuller, the surer."""
        if not letters.isalpha() or not letters.isascii():
            return
        found = self._index.find(letters)
        if not found.types:
            prefix = self._person_before(letters)
            found = self._index.find(letters[len(prefix) :]) if len(prefix) > 1 else found
        personal = sorted(found.types - {NOT_PERSONAL})
        strength = _strength(letters, found)
        if NOT_PERSONAL in found.types:
            yield HeaderHit(NOT_PERSONAL, strength, letters)
        yield from (HeaderHit(type_, strength, letters) for type_ in personal)


def _strength(letters: str, found: Found) -> float:
    if len(found.types) > 1:
        return FAINT if len(found.types) <= _MANY else UNSAID
    if found.full > 1:
        return HEAD
    # Initials fit so many derived words that they need to be longer to say as much.
    length = len(letters) - found.derived
    if found.full or length > 4:
        return PREFIXED
    return INSIDE if length == 4 else FAINT if length == 3 else UNSAID
