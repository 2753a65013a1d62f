"""The catalogue: all PI types that a scan knows, and how each is found; a value, handed through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from classifiers import kernels, lexicon
from classifiers._recognizer import Recognizer
from classifiers._registry import load_recognizers
from classifiers.headers import Vocabulary
from classifiers.taxonomy import PIType, pi_types


@dataclass(frozen=True, slots=True)
class Catalogue:
    """PI types and their recognizers.

    Attributes:
        types: By id, in the order in which they are listed.
        recognizers: One for each type.
        vocabulary: The header words of all recognizers.

    """

    types: Mapping[str, PIType]
    recognizers: tuple[Recognizer, ...]
    vocabulary: Vocabulary

    @property
    def identifying(self) -> frozenset[str]:
        """Types whose values can point to one person."""
        return frozenset(name for name, pi_type in self.types.items() if pi_type.identifies)

    def canonical(self, pi_type: str, values: pa.Array[Any]) -> pa.StringArray:
        """Return the canonical value of each cell; null where a cell is not valid or identifies nobody."""
        return kernels.canonical(pi_type, values)


@cache
def built_in() -> Catalogue:
    """Return the catalogue that Pandian brings along."""
    recognizers = load_recognizers()
    return Catalogue(pi_types(), recognizers, Vocabulary(recognizers, lexicon.table("not_personal")))
