"""What words of a first row are: names of columns, or values of the type of what stands below them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from classifiers._recognizer import Recognizer
from classifiers.catalogue import Catalogue
from classifiers.cells import Cells
from classifiers.headers import EXACT

_LONGEST_NAME = 40  # characters


@dataclass(frozen=True, slots=True)
class FirstRowWords:
    """Tells words of a first row by the header vocabulary and the value tests of a catalogue."""

    catalogue: Catalogue

    def is_name(self, word: str) -> bool:
        """Return whether a word is known as the name of a column, personal or not."""
        if len(word) > _LONGEST_NAME:
            return False
        return any(hit.strength >= EXACT for hit in self.catalogue.vocabulary.read_header(word))

    def is_alike(self, word: str, below: Sequence[str]) -> bool:
        """Return whether a word is a value of a type that most cells below it are values of.

        >>> from classifiers.catalogue import built_in
        >>> names = ["李建国", "王芳", "张伟", "刘洋", "陈静", "杨磊", "赵敏", "黄强", "周杰"]
        >>> FirstRowWords(built_in()).is_alike("吴秀英", names)
        True
        """
        cells = Cells(pa.array([word, *below], pa.string()))
        tests = (
            each.match for each in self.catalogue.recognizers if each.match and _looks_at_all_of_a_cell(each)
        )
        return any(_are_alike(test(cells), len(below)) for test in tests)


def _looks_at_all_of_a_cell(recognizer: Recognizer) -> bool:
    """Return whether a match is no word in a text, which its header may hold, too: 诊断 above diagnoses."""
    return recognizer.coded or recognizer.strict or recognizer.type in {"person_name", "address"}


def _are_alike(matched: NDArray[np.bool_], others: int) -> bool:
    """Return whether the first cell matches, and most others; tests of pictures look at other cells."""
    return len(matched) == 1 + others and bool(matched[0]) and 2 * int(matched[1:].sum()) > others
