"""Presidio's analyzer for Chinese text, made of our recognizers and a spaCy pipeline without downloads.

Every recognizer is named after its PI type, so that results can be told apart although several PI
types share a Presidio entity name. Presidio's own recognizers are left out: its e-mail recognizer
asks the network for a list of domains and takes adjoining Chinese characters for a local part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

import spacy
import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc

from classifiers.presidio import PresidioType
from classifiers.taxonomy import pi_types
from classifiers.text.addresses import addresses_by_rule, addresses_of_places, is_administrative
from classifiers.text.format import LABELLED, OF_THINGS, THRESHOLD, Format
from classifiers.text.formats import FORMATS
from classifiers.text.lac import Lac, Mention
from classifiers.text.names import announced_at, checked_name, names_by_rule

LANGUAGE = "zh"
_COMPONENT = "pandian_entities"
_ENTITY_OF_KIND = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}
_SEEN_BY_MODEL = 0.85
_SEEN_BY_RULE = 0.6
# Names and places have two Chinese characters at least.
_MAY_NAME = re.compile(r"[㐀-䶿一-鿿·•]{2}")
# Characters before a value in which its label is looked for.
_LABEL_REACH = 24
_DOCS = 1_024


def build_analyzer(model: Lac | None, own: Sequence[PresidioType]) -> AnalyzerEngine:
    """Return the analyzer; without a model it finds names and addresses by rules only.

    ``own`` are recognizers that a user wrote.
    """
    _keep_tldextract_offline()
    formats = [FormatRecognizer(found) for found in FORMATS]
    read = [NameRecognizer(by_rule=model is None), AddressRecognizer(by_rule=model is None)]
    return AnalyzerEngine(
        registry=RecognizerRegistry(
            recognizers=[*formats, *read, *map(OwnRecognizer, own)], supported_languages=[LANGUAGE]
        ),
        nlp_engine=ChineseNlpEngine(model),
        supported_languages=[LANGUAGE],
        default_score_threshold=THRESHOLD,
        context_aware_enhancer=LabelEnhancer({each.id: each.format for each in formats}),
    )


class FormatRecognizer(EntityRecognizer):
    """Finds one written form of one PI type."""

    def __init__(self, found: Format) -> None:
        self.format = found
        super().__init__([_entity(found.type)], name=found.type, supported_language=LANGUAGE)

    def load(self) -> None:
        """Do nothing: patterns need no loading."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: Any) -> list[RecognizerResult]:  # noqa: ARG002
        """Return every match that passes the check of its type."""
        matches = self.format.pattern.finditer(text)
        return [_result(self, *m.span(), self.format.score) for m in matches if self.format.is_valid(m[0])]


class OwnRecognizer(EntityRecognizer):
    """Hands texts to a recognizer that a user wrote, and gives its results the name of their PI type."""

    def __init__(self, own: PresidioType) -> None:
        self.own = own
        super().__init__([own.entity], name=own.type, supported_language=LANGUAGE)

    def load(self) -> None:
        """Do nothing: the user's recognizer is loaded when it is made."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: Any) -> list[RecognizerResult]:  # noqa: ARG002
        """Return what the user's recognizer finds."""
        return [_result(self, r.start, r.end, r.score) for r in self.own.analyze(text, nlp_artifacts)]


class NameRecognizer(EntityRecognizer):
    """Finds personal names."""

    def __init__(self, *, by_rule: bool) -> None:
        self.by_rule = by_rule
        super().__init__([_entity("person_name")], name="person_name", supported_language=LANGUAGE)

    def load(self) -> None:
        """Do nothing: the model is loaded by the pipeline."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: Any) -> list[RecognizerResult]:  # noqa: ARG002
        """Return the names that the pipeline saw and that bear a closer look."""
        if self.by_rule:
            return [_result(self, *span, _SEEN_BY_RULE) for span in names_by_rule(text)]
        seen = (e for e in nlp_artifacts.entities if e.label_ == "PERSON")
        spans = (checked_name(text, e.start_char, e.end_char) for e in seen)
        return [_result(self, *span, _SEEN_BY_MODEL) for span in spans if span]


class AddressRecognizer(EntityRecognizer):
    """Finds addresses down to a road, village or house."""

    def __init__(self, *, by_rule: bool) -> None:
        self.by_rule = by_rule
        super().__init__([_entity("address")], name="address", supported_language=LANGUAGE)

    def load(self) -> None:
        """Do nothing: the model is loaded by the pipeline."""

    def analyze(self, text: str, entities: Sequence[str], nlp_artifacts: Any) -> list[RecognizerResult]:  # noqa: ARG002
        """Return the addresses that begin with places the pipeline saw."""
        if self.by_rule:
            return [_result(self, *span, _SEEN_BY_RULE) for span in addresses_by_rule(text)]
        places = [(e.start_char, e.end_char) for e in nlp_artifacts.entities if _is_place(text, e)]
        return [_result(self, *span, _SEEN_BY_MODEL) for span in addresses_of_places(text, places)]


class LabelEnhancer(ContextAwareEnhancer):
    """Lifts what a label announces, drops what a label of a thing precedes.

    Presidio's own enhancer compares lemmas of words; Chinese has no spaces, so this one reads the
    characters before the value.
    """

    def __init__(self, formats: dict[str, Format]) -> None:
        self.formats = formats
        super().__init__(
            context_similarity_factor=LABELLED,
            min_score_with_context_similarity=LABELLED,
            context_prefix_count=_LABEL_REACH,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: Any,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Set the scores anew; ``context`` holds words such as the header of the column."""
        for result in raw_results:
            found = self.formats.get(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
            if found:
                before = [text[max(0, result.start - _LABEL_REACH) : result.start], *(context or ())]
                result.score = _score(found, before)
        return raw_results


class ChineseNlpEngine(SpacyNlpEngine):
    """A blank Chinese pipeline (one token per character) with the entity model; downloads nothing."""

    def __init__(self, model: Lac | None) -> None:
        self.model = model
        names = list(_ENTITY_OF_KIND.values())
        super().__init__(
            models=[{"lang_code": LANGUAGE, "model_name": "blank"}],
            ner_model_configuration=NerModelConfiguration(
                model_to_presidio_entity_mapping=dict(zip(names, names, strict=True)),
                low_score_entity_names=[],
                labels_to_ignore=[],
                default_score=_SEEN_BY_MODEL,
            ),
        )

    def load(self) -> None:
        """Put the pipeline together."""
        if not Language.has_factory(_COMPONENT):
            Language.factory(_COMPONENT, func=_component)
        pipeline = spacy.blank(LANGUAGE)
        cast("EntityComponent", pipeline.add_pipe(_COMPONENT)).model = self.model
        self.nlp = {LANGUAGE: pipeline}  # type: ignore[assignment]  # Presidio declares None only


class EntityComponent:
    """The pipeline component: writes the model's entities to the documents, many at a time."""

    def __init__(self) -> None:
        self.model: Lac | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Mark the entities of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _DOCS) -> Iterator[Doc]:
        """Mark the entities of documents, ``batch_size`` at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            if self.model:
                _mark(self.model, [doc for doc in batch if _MAY_NAME.search(doc.text)])
            yield from batch


def _component(nlp: Language, name: str) -> EntityComponent:  # noqa: ARG001 -- the signature of a factory
    return EntityComponent()


def _mark(model: Lac, docs: Sequence[Doc]) -> None:
    insertions = [announced_at(doc.text) for doc in docs]
    texts = [_with_colons(doc.text, at) for doc, at in zip(docs, insertions, strict=True)]
    for doc, at, mentions in zip(docs, insertions, model.mentions(texts), strict=True):
        spans = (_span(doc, mention, at) for mention in mentions)
        doc.ents = spacy.util.filter_spans([span for span in spans if span])


def _with_colons(text: str, at: Sequence[int]) -> str:
    for offset in reversed(at):
        text = f"{text[:offset]}：{text[offset:]}"
    return text


def _span(doc: Doc, mention: Mention, at: Sequence[int]) -> Any:
    # The n-th colon stands at its offset plus n: everything behind it moves back by one.
    colons = [offset + n for n, offset in enumerate(at)]
    start = mention.start - sum(colon < mention.start for colon in colons)
    end = mention.end - sum(colon < mention.end for colon in colons)
    return doc.char_span(start, end, label=_ENTITY_OF_KIND[mention.kind], alignment_mode="expand")


def _is_place(text: str, entity: Any) -> bool:
    if entity.label_ == "ORGANIZATION":
        return is_administrative(text, entity.start_char, entity.end_char)
    return bool(entity.label_ == "LOCATION")


def _score(found: Format, before: Sequence[str]) -> float:
    if any(found.label.search(words) for words in before):
        return max(found.score, LABELLED)
    if not found.certain and OF_THINGS.search(before[0]):
        return 0.0
    return found.score


def _result(recognizer: Any, start: int, end: int, score: float) -> RecognizerResult:
    return RecognizerResult(
        recognizer.supported_entities[0],
        start,
        end,
        score,
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: recognizer.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
        },
    )


def _entity(pi_type: str) -> str:
    return pi_types()[pi_type].presidio_entity


def _keep_tldextract_offline() -> None:
    # On first use tldextract fetches a list from the network; a recognizer that a user adds may use it.
    bundled = tldextract.TLDExtract(suffix_list_urls=(), fallback_to_snapshot=True, cache_dir=None)
    tldextract.extract = bundled  # type: ignore[assignment]  # called in the same way
