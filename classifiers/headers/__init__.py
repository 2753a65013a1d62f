"""What a header or comment says a column holds: Chinese words, English words, pinyin.

Chinese and English noun phrases end in their head noun: 收货人姓名 and ``receiver_name`` are names, while
``name_type`` and 身份证类型 are not. So a word counts for more at the end than inside, a longer word hides
the shorter ones within it, and the words of ``lexicons/not_personal.yaml`` (商品名称, ``file name``) hide
the personal words they contain. Ends that say the same (号, 编号; ``no``, ``code``) are exchanged by the
groups of ``lexicons/header_affixes.yaml``, so that a recognizer lists a word once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from classifiers import lexicon
from classifiers._recognizer import Recognizer
from classifiers.headers._hits import (
    EXACT,
    FAINT,
    HEAD,
    INSIDE,
    NOT_PERSONAL,
    PREFIXED,
    UNSAID,
    HeaderHit,
    WordList,
    strongest,
)
from classifiers.headers.chinese import ChineseWords
from classifiers.headers.comments import Enumerations
from classifiers.headers.english import EnglishWords, tokens
from classifiers.headers.pinyin import PinyinWords

__all__ = [
    "EXACT",
    "FAINT",
    "HEAD",
    "INSIDE",
    "NOT_PERSONAL",
    "PREFIXED",
    "UNSAID",
    "HeaderHit",
    "Vocabulary",
]

_HAN = re.compile(r"[\u3400-\u9fff]")
_RULED_OUT = 0.3  # what is left of a word whose choices the comment does not list
_COMMENT_END = re.compile(r"[:：,，;；（(\[{【。|=\n]|-{1,2}>|--|\s-\s|\s?\d")


class Vocabulary:
    """Header words of all recognizers, with the words that are not personal."""

    def __init__(
        self, recognizers: Sequence[Recognizer], not_personal: Mapping[str, Mapping[str, Sequence[str]]]
    ) -> None:
        affixes, words = lexicon.table("header_affixes"), not_personal["words"]
        lists = [_word_list(recognizer) for recognizer in recognizers]
        zh, en, py = (tuple(words[way]) for way in ("zh", "en", "py"))
        lists.append(WordList(type=NOT_PERSONAL, zh=zh, en=en, py=py))
        self._chinese = ChineseWords(lists, affixes["zh"])
        self._english = EnglishWords(lists, affixes["en"])
        self._pinyin = PinyinWords(lists, self._chinese, affixes["pinyin_people"])
        self._enumerations = Enumerations({r.type: r.labels for r in recognizers if r.labels})

    def read_header(self, header: str) -> list[HeaderHit]:
        """Return what a column name says, strongest first, one hit a type."""
        header = unicodedata.normalize("NFKC", header).strip()
        if _HAN.search(header):
            return strongest(self._chinese.read(header))
        words = tokens(header)
        spelled = not (words and self._english.knows(words[-1]))
        return strongest([*self._english.read(words), *self._pinyin.read(header, spelled=spelled)])

    def read_comment(self, comment: str) -> list[HeaderHit]:
        """Return what a comment says by its opening phrase and its enumeration, strongest first."""
        comment = unicodedata.normalize("NFKC", comment).strip()
        if not comment:
            return []
        opening = _COMMENT_END.split(comment, maxsplit=1)[0].strip() or comment
        read = self._chinese.read(opening) if _HAN.search(opening) else self._english.read(tokens(opening))
        hits = strongest(read)
        told, ruled_out = self._enumerations.read(comment)
        hits = [
            HeaderHit(h.type, h.strength * _RULED_OUT, h.word) if h.type in ruled_out else h for h in hits
        ]
        if told and not (hits and hits[0].type == NOT_PERSONAL and hits[0].strength >= HEAD):
            hits.append(HeaderHit(told, HEAD, "enumeration"))
        return strongest(hits)


def _word_list(recognizer: Recognizer) -> WordList:
    return WordList(
        type=recognizer.type,
        zh=recognizer.zh,
        en=recognizer.en,
        py=recognizer.py,
        coded=recognizer.coded,
        of_things=recognizer.of_things,
    )
