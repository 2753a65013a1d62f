"""The catalogue: all PI types that a scan knows, and how each is found; a value, handed through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import kernels, lexicon
from classifiers._recognizer import Match, Matches, Recognizer
from classifiers._registry import load_recognizers
from classifiers.cells import Cells
from classifiers.custom import CustomType
from classifiers.headers import Vocabulary
from classifiers.headers.phrases import words_of
from classifiers.presidio import PresidioType
from classifiers.taxonomy import PIType, pi_types

_NOT_PERSONAL = "not_personal"
DECIDES_ALONE = 0.5  # share of cells that decides without a header, where a user names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """PI types and their recognizers.

    Attributes:
        types: By id, in the order in which they are listed.
        recognizers: One for each type.
        vocabulary: The header words of all recognizers.
        custom: The types that a user defined, by id.
        presidio: Presidio recognizers that a user wrote.
        nobody: Type to values that a user knows to be about nobody, such as the firm's own hotlines.

    """

    types: Mapping[str, PIType]
    recognizers: tuple[Recognizer, ...]
    vocabulary: Vocabulary
    custom: Mapping[str, CustomType] = field(default_factory=dict)
    presidio: tuple[PresidioType, ...] = ()
    nobody: Mapping[str, pa.StringArray] = field(default_factory=dict)

    @property
    def identifying(self) -> frozenset[str]:
        """Types whose values can point to one person."""
        return frozenset(name for name, pi_type in self.types.items() if pi_type.identifies)

    def kind(self, pi_type: str) -> str:
        """Return the kind of identifier that values of the type are; custom types share numbered ones.

        They are numbered in the order of their ids, wherever they stand in the file.
        """
        if pi_type not in self.custom:
            return pi_type
        strength = self.types[pi_type].strength
        alike = sorted(name for name in self.custom if self.types[name].strength == strength)
        return f"custom_{strength}_{alike.index(pi_type) + 1}"

    def canonical(self, pi_type: str, values: pa.Array[Any]) -> pa.StringArray:
        """Return the canonical value of each cell; null where a cell is not valid or identifies nobody."""
        found = _canonical(pi_type, self.custom.get(pi_type))(values)
        if pi_type not in self.nobody:
            return found
        return cast(
            "pa.StringArray",
            pc.if_else(pc.is_in(found, self.nobody[pi_type]), pa.scalar(None, pa.string()), found),
        )

    def taken_words(self) -> dict[str, tuple[str, str]]:
        """Return the header words of custom types that mean a built-in type otherwise, with both types."""
        theirs = {
            _key(word.text): r.type for r in load_recognizers() for word in words_of((*r.zh, *r.en, *r.py))
        }
        mine = {word: name for name, made in self.custom.items() for word in (*made.zh, *made.en, *made.py)}
        return {word: (name, theirs[_key(word)]) for word, name in mine.items() if _key(word) in theirs}

    def found_in_text(self, texts: Sequence[str]) -> dict[str, int]:
        """Return in how many texts each custom type stands that is looked for in text."""
        column = pa.array(texts, pa.string())
        wanted = {name: custom for name, custom in self.custom.items() if custom.in_text}
        counts = {name: custom.occurs(column) for name, custom in wanted.items()}
        return {name: count for name, count in counts.items() if count}


@cache
def built_in() -> Catalogue:
    """Return the catalogue that Pandian brings along."""
    recognizers = load_recognizers()
    vocabulary = Vocabulary(recognizers, lexicon.table(_NOT_PERSONAL))
    return Catalogue(types=pi_types(), recognizers=recognizers, vocabulary=vocabulary)


def with_custom(custom: Sequence[CustomType], presidio: Sequence[PresidioType]) -> Catalogue:
    """Return the built-in catalogue with a user's types. A header word of theirs means their type only."""
    base = built_in()
    if not custom and not presidio:
        return base
    own = tuple(_with_presidio(each.recognizer(), presidio) for each in custom)
    found = (*(_with_presidio(recognizer, presidio) for recognizer in base.recognizers), *own)
    taken = frozenset(_key(word) for each in custom for word in (*each.zh, *each.en, *each.py))
    yielding = (*(_yielding(recognizer, taken) for recognizer in base.recognizers), *own)
    return Catalogue(
        types=MappingProxyType({**base.types, **{each.pi_type.id: each.pi_type for each in custom}}),
        recognizers=found,
        vocabulary=Vocabulary(yielding, _not_personal(taken)),
        custom=MappingProxyType({each.pi_type.id: each for each in custom}),
        presidio=tuple(presidio),
    )


def without_values(catalogue: Catalogue, nobody: Mapping[str, Sequence[str]]) -> Catalogue:
    """Return the catalogue that takes no notice of some values of some types."""
    if not nobody:
        return catalogue
    sets = {
        name: _canonical(name, catalogue.custom.get(name))(pa.array(values, pa.string())).drop_null()
        for name, values in nobody.items()
    }
    recognizers = tuple(
        _taking_no_notice(r, sets[r.type], _canonical(r.type, catalogue.custom.get(r.type)))
        if r.type in sets
        else r
        for r in catalogue.recognizers
    )
    return replace(catalogue, recognizers=recognizers, nobody=MappingProxyType(sets))


_Canonical: TypeAlias = "Callable[[pa.Array[Any]], pa.StringArray]"


def _canonical(pi_type: str, custom: CustomType | None) -> _Canonical:
    if custom is not None:
        return custom.canonical
    if kernels.has_kernel(pi_type):
        return lambda values: kernels.canonical(pi_type, values)
    return kernels.clean


def _taking_no_notice(recognizer: Recognizer, values: pa.StringArray, canonical: _Canonical) -> Recognizer:
    def nobody(cells: Cells) -> Matches:
        return np.asarray(pc.is_in(canonical(cells.text), values).to_numpy(zero_copy_only=False), np.bool_)

    def unless_nobody(match: Match | None) -> Match | None:
        if match is None:
            return None
        return lambda cells: found & ~nobody(cells) if (found := match(cells)).any() else found

    return replace(
        recognizer, match=unless_nobody(recognizer.match), fits=unless_nobody(recognizer.fits), nobody=nobody
    )


def _with_presidio(recognizer: Recognizer, presidio: Sequence[PresidioType]) -> Recognizer:
    """Let the user's Presidio recognizers of the type test cells, where they are declared to."""
    tests = [each.match for each in presidio if each.type == recognizer.type and each.cells]
    if not tests:
        return recognizer
    before = [recognizer.match] if recognizer.match else []

    def match(cells: Cells) -> Matches:
        return cast("Matches", np.logical_or.reduce([test(cells) for test in (*before, *tests)]))

    alone = recognizer.alone or DECIDES_ALONE

    return replace(recognizer, match=match, fits=recognizer.fits if before else None, alone=alone)


def _yielding(recognizer: Recognizer, taken: frozenset[str]) -> Recognizer:
    zh, en, py = (_left(words, taken) for words in (recognizer.zh, recognizer.en, recognizer.py))
    return replace(recognizer, zh=zh, en=en, py=py)


def _not_personal(taken: frozenset[str]) -> Mapping[str, Any]:
    document = lexicon.table(_NOT_PERSONAL)
    return {**document, "words": {how: list(_left(w, taken)) for how, w in document["words"].items()}}


def _left(words: Sequence[str], taken: frozenset[str]) -> tuple[str, ...]:
    """Return the words without those that are taken; a phrase that composes one is written out."""
    return tuple(word for entry in words for word in _without(entry, taken))


def _without(entry: str, taken: frozenset[str]) -> Iterator[str]:
    if "|" not in entry:
        yield from [entry] if _key(entry) not in taken else []
        return
    composed = [word.text for word in words_of([entry])]
    left = [word for word in composed if _key(word) not in taken]
    yield from [entry] if len(left) == len(composed) else left


def _key(word: str) -> str:
    return word.lstrip("?").replace(" ", "").replace("_", "").lower()
