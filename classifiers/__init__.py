"""Batches in, tags out: which columns hold personal information, and why. Pure."""

from classifiers._model import Evidence, Tag
from classifiers.tagging import TextReader, decide, gather
from classifiers.taxonomy import PIType, Standard, pi_types, standards

__all__ = ["Evidence", "PIType", "Standard", "Tag", "TextReader", "decide", "gather", "pi_types", "standards"]
