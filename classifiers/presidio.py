"""Presidio recognizers that users write in Python: for running text and, where declared, for bare cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from classifiers._recognizer import Matches
from classifiers.cells import Cells

SURE = 0.5  # least score of a result that counts, as in running text
CELLS_READ = 2_000  # distinct cells of a column that are shown to a recognizer


class RecognizerFailed(Exception):
    """A user's recognizer raised; the message names it and the kind of error, never a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresidioType:
    """A user's Presidio recognizer and the PI type its results are taken for.

    Attributes:
        entity: Presidio's name of the type.
        name: Import path, as the user wrote it.
        recognizer: A ``presidio_analyzer.EntityRecognizer``.
        cells: Whether whole cells of columns are shown to it too.

    """

    type: str
    entity: str
    name: str
    recognizer: Any = field(repr=False)
    cells: bool = False

    def analyze(self, text: str, artifacts: Any) -> list[Any]:
        """Return the results in one text.

        Raises:
            RecognizerFailed: The recognizer raised.

        """
        try:
            return list(self.recognizer.analyze(text, self.recognizer.supported_entities, artifacts) or ())
        except Exception as error:  # noqa: BLE001 -- whatever a user's code raises
            # The message may quote the text; the chain is cut for the same reason.
            raise RecognizerFailed(
                f"the Presidio recognizer {self.name} failed with {type(error).__name__}; correct it, "
                "or take it out of the types file."
            ) from None

    def match(self, cells: Cells) -> Matches:
        """Return which cells are values of the type from end to end."""
        encoded = cells.text.dictionary_encode()
        distinct = [str(text) for text in encoded.dictionary[:CELLS_READ].to_pylist()]
        whole = np.zeros(len(encoded.dictionary), np.bool_)
        whole[: len(distinct)] = [self._is_whole(text) for text in distinct]
        return np.asarray(whole[np.asarray(encoded.indices)])

    def _is_whole(self, text: str) -> bool:
        results = self.analyze(text, None)
        return any(r.start == 0 and r.end == len(text) and r.score >= SURE for r in results)
