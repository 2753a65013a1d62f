"""Ask all parts of the people many questions while each part is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from scanner.census.marks import Marks
from scanner.census.opened import Opened
from scanner.census.parts import Part
from scanner.census.questions import Question
from scanner.machine.parallel import mapped

ROOM = 1 << 29  # bytes for the answers to what is asked at once


class Walks:
    """Parts, which may lie in a file and be read one at a time.

    Args:
        parts: The persons, in closed parts.
        marks: What tables are like.
        threads: How many may work at once.
        room: Bytes that the answers to what is asked at once may take.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(
        self,
        parts: Sequence[Part],
        marks: Marks,
        *,
        threads: int = 1,
        room: int = ROOM,
        loops: ModuleType | None = None,
    ) -> None:
        self._parts = parts
        self._marks = marks
        self._threads = threads
        self._room = room
        self._loops = loops

    def ask(self, questions: Sequence[Question]) -> list[list[Any]]:
        """Return the answers of all parts to the first question, and to as many more as there is room for."""
        answers: list[list[Any]] = [[] for _ in questions]

        def work(number: int) -> list[Any]:
            part = Opened(self._parts[number], self._marks, self._loops)
            return [question.of(part) for question in questions[: len(answers)]]

        held = 0
        for of_part in mapped(work, range(len(self._parts)), self._threads):
            for kept, answer in zip(answers, of_part, strict=False):
                kept.append(answer)
                held += _size(answer)
            while held > self._room and len(answers) > 1:
                dropped = answers[(len(answers) + 1) // 2 :]
                del answers[(len(answers) + 1) // 2 :]
                held -= sum(_size(answer) for kept in dropped for answer in kept)
        return answers


def _size(answer: object) -> int:
    size: int = getattr(answer, "nbytes", 0)
    return size
