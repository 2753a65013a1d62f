"""Free text: personal information in running Chinese text, by Presidio, spaCy and our recognizers."""

from classifiers.text.engine import TextEngine, TextSpan, load_text_engine

__all__ = ["TextEngine", "TextSpan", "load_text_engine"]
