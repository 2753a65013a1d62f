"""Ask all parts of the people many questions while each part is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from scanner.census.marks import Marks
from scanner.census.opened import Opened
from scanner.census.parts import Part
from scanner.census.questions import Question
from scanner.machine.allocation import give_back_freed_memory
from scanner.machine.parallel import mapped
from scanner.machine.spill import Memory

ROOM = 1 << 29  # bytes for the answers to what is asked at once, without a limit
_SHARE = 4  # they may take this part of the room there is


class Walks:
    """Parts, which may lie in a file and be read one at a time.

    Args:
        parts: The persons, in closed parts.
        marks: What tables are like.
        memory: How much may be used.
        threads: How many may work at once.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(
        self,
        parts: Sequence[Part],
        marks: Marks,
        *,
        memory: Memory,
        threads: int = 1,
        loops: ModuleType | None = None,
    ) -> None:
        self._parts = parts
        self._marks = marks
        self._threads = threads
        self._memory = memory
        self._loops = loops

    @property
    def limit(self) -> int | None:
        """Return how many bytes of memory may be used; None for any number."""
        return self._memory.limit

    def ask(self, questions: Sequence[Question]) -> list[list[Any]]:
        """Return the answers of all parts to the first question, and to as many more as there is room for."""
        room = self._room()
        answers = self._answers(questions, room)
        self._lean()
        return answers

    def _answers(self, questions: Sequence[Question], room: int) -> list[list[Any]]:
        answers: list[list[Any]] = [[] for _ in questions]

        def work(number: int) -> list[Any]:
            part = Opened(self._parts[number], self._marks, self._loops)
            return [question.of(part) for question in questions[: len(answers)]]

        held = 0
        for of_part in mapped(work, range(len(self._parts)), self._threads):
            for kept, answer in zip(answers, of_part, strict=False):
                kept.append(answer)
                held += _size(answer)
            while held > room and len(answers) > 1:
                dropped = answers[(len(answers) + 1) // 2 :]
                del answers[(len(answers) + 1) // 2 :]
                held -= sum(_size(answer) for kept in dropped for answer in kept)
        return answers

    def _room(self) -> int:
        """Return how many bytes answers may take now."""
        self._lean()
        room = self._memory.room()
        return ROOM if room is None else room // _SHARE

    def _lean(self) -> None:
        """Give back what linking and other questions needed, so that a limit holds for what comes next."""
        if self._memory.limit is not None:
            give_back_freed_memory()


def _size(answer: object) -> int:
    size: int = getattr(answer, "nbytes", 0)
    return size
