"""Free-text recognition that is loaded only when a column of running text turns up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classifiers.presidio import PresidioType
from classifiers.text import load_text_engine


class LazyReader:
    """A ``TextReader`` that loads the engine on first use.

    Attributes:
        own: Presidio recognizers that a user wrote.
        used: Whether any text was read.
    """

    def __init__(self, own: tuple[PresidioType, ...] = ()) -> None:
        self.own = own
        self.used = False

    @property
    def limits(self) -> str:
        """What the engine cannot find, or empty; also empty while nothing was read."""
        return load_text_engine(self.own).limits if self.used else ""

    def summarise(self, texts: Sequence[str]) -> Mapping[str, int]:
        """Return the number of texts that hold each PI type."""
        engine = load_text_engine(self.own)
        self.used = True
        return engine.summarise(texts)
