"""Batches in, tags out: which columns hold personal information, and why. Pure."""

from classifiers._model import Evidence, Tag
from classifiers.tagging import TextReader, decide, gather
from classifiers.taxonomy import PIType, Standard, standards, taxonomy

__all__ = ["Evidence", "PIType", "Standard", "Tag", "TextReader", "decide", "gather", "standards", "taxonomy"]
