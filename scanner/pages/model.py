"""What a page says, in one language. Texts are plain: whoever shows them makes names harmless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from scanner.words.texts import Tongue


class Figure(Protocol):
    """A chart."""

    @property
    def title(self) -> str:
        """Return what it shows."""
        ...

    def text(self, width: int) -> str:
        """Return the chart as lines of at most ``width`` cells."""
        ...

    def svg(self) -> Markup:
        """Return the chart as inline SVG."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``tone`` is ``alarm``, ``caution``, ``good`` or empty."""

    cells: tuple[str, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table with its title, or a chart.

    Attributes:
        key: Names it in links.
        numbers: Positions of the columns that stand to the right.
        whole: Positions of the columns whose cells are never broken over lines.
        notes: Sentences below it.
    """

    key: str
    title: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    numbers: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()
    figure: Figure | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page.

    Attributes:
        banner: The answer first, with its tone.
        lead: What is shown, in a few lines.
    """

    tongue: Tongue
    title: str
    lead: tuple[str, ...]
    banner: tuple[str, str] | None
    sections: tuple[Section, ...]
