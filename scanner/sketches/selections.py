"""The choices of rows that are sketched apart: categories, ages, reporting windows.

A sketch cannot be asked later about some of its rows, so every question of a scan has sketches of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from scanner.identifiers import ADULT, CATEGORY_BITS, MINOR_UNDER_14, MINOR_UNDER_18, U32, Mask
from scanner.identifiers.windows import CERTAIN, POSSIBLE

SENSITIVE = CATEGORY_BITS["sensitive"] | MINOR_UNDER_14  # a child under 14 is sensitive as a whole
MINORS: Mapping[str, int] = MappingProxyType(
    {"minor_under_14": MINOR_UNDER_14, "minor_under_18": MINOR_UNDER_18}
)
UNDATED = "undated"
BY_BIRTH = ":by_birth"  # minors once more, told apart by name and birth date
_AGED = MINOR_UNDER_14 | MINOR_UNDER_18 | ADULT
_IN_WINDOWS = ("all", "sensitive", "minor_under_14", "ageless")  # what is asked of a window
_FIRST = next(iter(CERTAIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of rows.

    Attributes:
        every, some, none: Rows have all, at least one (if any is given), none of these bits.
        by_birth: Whether persons are told apart by name and birth date where no ID number does.
    """

    name: str
    every: int = 0
    some: int = 0
    none: int = 0
    by_birth: bool = False

    def rows(self, flags: U32) -> Mask:
        """Return which rows are chosen."""
        chosen = (flags & np.uint32(self.every)) == self.every
        if self.some:
            chosen &= (flags & np.uint32(self.some)) != 0
        return np.asarray(chosen & ((flags & np.uint32(self.none)) == 0))

    @property
    def window(self) -> str:
        """The window, ``undated``, or empty for all time."""
        return self.name.rpartition("/")[0]


def _categories() -> Iterator[Selection]:
    yield Selection(name="all")
    yield Selection(name="sensitive", some=SENSITIVE)
    for name, bit in CATEGORY_BITS.items():
        if name != "sensitive":
            yield Selection(name=name, every=bit)
    for name, bit in MINORS.items():
        yield Selection(name=name, some=bit)
        yield Selection(name=name + BY_BIRTH, some=bit, by_birth=True)
    yield Selection(name="of_age", some=ADULT)
    yield Selection(name="ageless", none=_AGED)


def _windows() -> Iterator[Selection]:
    windows = [(name, bit, 0) for name, bit in CERTAIN.items()]
    windows.append((UNDATED, POSSIBLE[_FIRST], CERTAIN[_FIRST]))
    for window, every, none in windows:
        for of in _categories():
            if of.name.removesuffix(BY_BIRTH) in _IN_WINDOWS:
                yield Selection(
                    name=f"{window}/{of.name}",
                    every=every,
                    some=of.some,
                    none=none | of.none,
                    by_birth=of.by_birth,
                )


SELECTIONS: Mapping[str, Selection] = MappingProxyType(
    {selection.name: selection for selection in (*_categories(), *_windows())}
)


def selected(every: int, some: int) -> tuple[str, tuple[str, ...]]:
    """Return the category and the windows (empty: all time) of a question as ``People.count`` is asked it.

    Raises:
        ValueError: No sketches are kept for the question.
    """
    for windows, bit in _questions():
        for name in SELECTIONS:
            of = SELECTIONS[name]
            if "/" in name or of.by_birth or (of.every | bit, of.some, of.none) != (every, some, 0):
                continue
            if not bit or name in _IN_WINDOWS:
                return name, windows
    raise ValueError(f"No sketches are kept of rows with all bits of {every:#x} and some of {some:#x}.")


def _questions() -> Iterator[tuple[tuple[str, ...], int]]:
    yield (), 0
    for window, bit in CERTAIN.items():
        yield (window,), bit
        yield (window, UNDATED), POSSIBLE[window]
