"""What a header or comment says a column holds: Chinese words, English words, pinyin.

Chinese and English noun phrases end in their head noun: 收货人姓名 and ``receiver_name`` are names, while
``name_type`` and 身份证类型 are not. So a word counts for more at the end than inside, a longer word hides
the shorter ones within it, and the words of ``lexicons/not_personal.yaml`` (商品名称, ``file name``) hide
the personal words they contain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from classifiers._recognizer import Recognizer

EXACT, HEAD, PREFIXED, INSIDE, FAINT, UNSAID = 1.0, 0.9, 0.75, 0.55, 0.4, 0.3
NOT_PERSONAL = ""  # type of a word that says: no personal information

# Endings of pinyin initials that change nothing: 号, 号码, 编号, 代码, 名称.
_PINYIN_TAIL = re.compile(r"(?:haoma|hao|hm|bh|dm|bm|mc|h)$")
_BRACKETED = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]")
_BRACKETS = re.compile(r"[()\[\]{}【】〔〕<>《》]")

_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMENT_END = re.compile(r"[:：,，;；（(\[{【。|=\n]|-{1,2}>|--|\s-\s|\s\d")
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class HeaderHit:
    """A word that names a type.

    Attributes:
        type: PI type, or empty for a word that says the column is not personal.
        strength: In [0, 1]; 1 when the word is the whole header.
        word: The word of our vocabulary; never a scanned value.

    """

    type: str
    strength: float
    word: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    type: str
    weak: bool
    word: str

    def hides(self, other: _Span) -> bool:
        inside = self.start <= other.start and other.end <= self.end
        return inside and self.end - self.start > other.end - other.start


class Vocabulary:
    """Header words of all recognizers, with the words that are not personal."""

    def __init__(
        self, recognizers: Iterable[Recognizer], not_personal: Mapping[str, Mapping[str, list[str]]]
    ) -> None:
        self._zh: dict[str, list[tuple[str, bool]]] = {}
        self._en: dict[str, list[tuple[str, bool]]] = {}
        self._py: dict[str, list[tuple[str, bool]]] = {}
        affixes = not_personal["affixes"]
        self._same = {word: group for group in affixes["same_en"] for word in group}
        for recognizer in recognizers:
            self._add(recognizer.type, recognizer.zh, recognizer.en, recognizer.py)
        words = not_personal["words"]
        self._add(NOT_PERSONAL, words["zh"], words["en"], words["py"])
        self._neutral_zh = tuple(sorted(affixes["neutral_tails_zh"], key=len, reverse=True))
        self._neutral_en = frozenset(affixes["neutral_tails_en"])
        self._people_zh = tuple(affixes["people_zh"])
        self._people_en = frozenset(affixes["people_en"])
        self._people_py = tuple(sorted(affixes["people_py"], key=len, reverse=True))

    def _add(self, type_: str, zh: Iterable[str], en: Iterable[str], py: Iterable[str]) -> None:
        for target, words in ((self._zh, zh), (self._en, en), (self._py, py)):
            for word in words:
                key = word.lstrip("?").replace(" ", "").lower()
                self._put(target, key, type_, weak=word.startswith("?"))
        for word in en:
            for spelling in self._spellings_of(word.lstrip("?").lower().split()):
                self._put(self._en, spelling, type_, weak=word.startswith("?"))

    @staticmethod
    def _put(target: dict[str, list[tuple[str, bool]]], key: str, type_: str, *, weak: bool) -> None:
        """Add a word the type does not have yet: ``?org code`` stays weak beside ``organization code``."""
        types = target.setdefault(key, [])
        if type_ not in dict(types):
            types.append((type_, weak))

    def _spellings_of(self, tokens: Sequence[str]) -> Iterator[str]:
        """Yield a word with its parts abbreviated or written out: certno, certificatenumber."""
        for parts in product(*(self._same.get(token, (token,)) for token in tokens)):
            yield "".join(parts)

    def read_header(self, header: str) -> list[HeaderHit]:
        """Return what a column name says, strongest first, one hit a type."""
        header = unicodedata.normalize("NFKC", header).strip()
        hits = list(self._chinese(header.lower())) if _HAN.search(header) else list(self._latin(header))
        return _strongest(hits)

    def read_comment(self, comment: str) -> list[HeaderHit]:
        """Return what the opening phrase of a comment says, strongest first, one hit a type."""
        comment = unicodedata.normalize("NFKC", comment).strip()
        if not comment:
            return []
        opening = _COMMENT_END.split(comment, maxsplit=1)[0].strip() or comment
        if _HAN.search(opening):
            return _strongest(self._chinese(opening.lower()))
        return _strongest(self._english(_tokens(opening)))

    # ------------------------------------------------------------------ Chinese
    def _chinese(self, text: str) -> Iterator[HeaderHit]:
        """Read 姓名（拼音） with what stands in brackets, and 年龄（岁） without it."""
        text = re.sub(r"[\s_\-]+", "", text)
        hits = list(self._chinese_words(_BRACKETS.sub("", text)))
        if not any(hit.type and hit.strength >= HEAD for hit in hits) and _BRACKETED.search(text):
            hits = list(self._chinese_words(_BRACKETED.sub("", text))) or hits
        yield from hits

    def _chinese_words(self, text: str) -> Iterator[HeaderHit]:
        for span in _uncovered(self._chinese_spans(text)):
            strength = self._chinese_strength(text, span)
            if strength:
                yield HeaderHit(span.type, strength, span.word)

    def _chinese_spans(self, text: str) -> Iterator[_Span]:
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest_zh) + 1):
                for type_, weak in self._zh.get(text[start:end], ()):
                    yield _Span(start, end, type_, weak, text[start:end])

    @cached_property
    def _longest_zh(self) -> int:
        return max(map(len, self._zh))

    def _chinese_strength(self, text: str, span: _Span) -> float:
        if not self._says_nothing(text[span.end :]):
            return 0.0 if span.type else INSIDE
        if not span.weak:
            return EXACT if span.start == 0 else HEAD
        if text[: span.start].endswith(self._people_zh):
            return HEAD
        return FAINT if span.start == 0 else UNSAID

    def _says_nothing(self, tail: str) -> bool:
        """Whether what follows a word does not change its meaning, as in 手机号密文1."""
        tail = tail.strip("0123456789一二三")
        for word in self._neutral_zh:
            if tail.endswith(word):
                return self._says_nothing(tail[: -len(word)])
        return not tail

    # ------------------------------------------------------------------ Latin letters
    def _latin(self, header: str) -> Iterator[HeaderHit]:
        yield from self._english(_tokens(header))
        yield from self._pinyin(header.lower())

    def _english(self, tokens: list[str]) -> Iterator[HeaderHit]:
        for span in _uncovered(self._english_spans(tokens)):
            strength = self._english_strength(tokens, span)
            if strength:
                yield HeaderHit(span.type, strength, span.word)

    def _english_spans(self, tokens: list[str]) -> Iterator[_Span]:
        for start in range(len(tokens)):
            joined = ""
            for end in range(start + 1, min(len(tokens), start + 5) + 1):
                joined += tokens[end - 1]
                for type_, weak in self._en.get(joined, ()):
                    yield _Span(start, end, type_, weak, " ".join(tokens[start:end]))

    def _english_strength(self, tokens: list[str], span: _Span) -> float:
        tail = [t for t in tokens[span.end :] if not t.isdigit() and t not in self._neutral_en]
        if tail:
            return 0.0 if span.type else INSIDE
        before = [t for t in tokens[: span.start] if len(t) > 1]
        about_people = bool(before) and all(t in self._people_en for t in before)
        if span.weak:
            return HEAD if about_people else UNSAID if before else FAINT
        return EXACT if not before or about_people else HEAD

    def _pinyin(self, header: str) -> Iterator[HeaderHit]:
        tokens = [t for t in re.split(r"[_\-\s.]+", header) if t]
        for word in dict.fromkeys([header, "".join(tokens), tokens[-1] if tokens else header]):
            yield from self._pinyin_word(word.strip("0123456789"), HEAD)
        stem = tokens[-1].strip("0123456789") if tokens else ""
        if stem not in self._py:
            yield from self._prefixed_pinyin(stem)

    def _prefixed_pinyin(self, stem: str) -> Iterator[HeaderHit]:
        """Read initials that begin with a person, as jhrxm, or end in 号码, as sfzhm."""
        for prefix in self._people_py:
            if stem.startswith(prefix) and len(stem) > len(prefix) + 1:
                # Two initials of a person are shared by many words too; three are not.
                strength = PREFIXED if len(prefix) > 2 else INSIDE
                yield from (HeaderHit(t, strength, stem) for t, _ in self._py.get(stem[len(prefix) :], ()))
                break
        bare = _PINYIN_TAIL.sub("", stem)
        if len(bare) > 2:
            yield from self._pinyin_word(bare, PREFIXED)

    def _pinyin_word(self, word: str, strength: float) -> Iterator[HeaderHit]:
        for type_, weak in self._py.get(word, ()):
            # Two initials are shared by many words: xx is 信息, 学校 and 血型.
            short = len(word) <= 2
            yield HeaderHit(type_, min(strength, INSIDE if short or weak else HEAD), word)


def _tokens(header: str) -> list[str]:
    return [t.lower() for t in _TOKEN.findall(re.sub(r"[^A-Za-z0-9]+", " ", header))]


def _uncovered(spans: Iterable[_Span]) -> list[_Span]:
    found = list(spans)
    return [span for span in found if not any(other.hides(span) for other in found)]


def _strongest(hits: Iterable[HeaderHit]) -> list[HeaderHit]:
    best: dict[str, HeaderHit] = {}
    for hit in hits:
        if hit.type not in best or hit.strength > best[hit.type].strength:
            best[hit.type] = hit
    return sorted(best.values(), key=lambda hit: (-hit.strength, hit.type))
