"""Batches in, tags out: which columns hold personal information, and why. Pure."""

from classifiers._model import Candidate, Evidence, Tag, confirmed_tags
from classifiers.catalogue import Catalogue, built_in
from classifiers.considering import consider
from classifiers.evidence import ColumnEvidence
from classifiers.gathering import TextReader, gather
from classifiers.pseudonyms import are_pseudonyms
from classifiers.tagging import decide
from classifiers.taxonomy import PIType, Standard, pi_types, standards

__all__ = [
    "Candidate",
    "Catalogue",
    "ColumnEvidence",
    "Evidence",
    "PIType",
    "Standard",
    "Tag",
    "TextReader",
    "are_pseudonyms",
    "built_in",
    "confirmed_tags",
    "consider",
    "decide",
    "gather",
    "pi_types",
    "standards",
]
