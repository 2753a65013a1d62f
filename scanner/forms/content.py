"""What a filled form consists of, whatever it is written to.

An answer is a sequence of lines, a line a sequence of pieces: words, figures, blanks for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.result import Interval
from scanner.words.texts import Tongue


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, or a name from the scan."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """What no scanner can know, for a person to fill in."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the scan counted, or that somebody declared.

    Attributes:
        text: The number as it is written in the form, with its interval and unit.
        value: The number itself; lower, estimate and upper are the same where it is certain.
        source: Scan, scope, category, window, method, interval and day, in a sentence.
    """

    text: str
    value: Interval
    source: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person answered to a blank; ``source`` says so. Never one of the numbers of the form."""

    text: str
    source: str


Piece = Words | Figure | Blank | Reply
Line = tuple[Piece, ...]
Answer = tuple[Line, ...]


def lines(*texts: str) -> Answer:
    """Return an answer of one line a text; empty ones are left out."""
    return tuple((Words(each),) for each in texts if each)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text; ``hint`` where the official text says what belongs here."""

    lines: Answer
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """A form's table of two columns: what is asked, and the answer."""

    rows: tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a heading row; ``widths`` are shares of the width of the page."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Paragraph | Fields | Grid


@dataclass(frozen=True, slots=True)
class Notice:
    """A framed text on the first page; ``tone`` says what it is, such as ``draft`` or ``missing``."""

    tone: str
    title: str
    lines: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form with everything that the scan and the declared facts give.

    Attributes:
        form: Id of the form.
        stamp: What stands on every page: a draft, and who has to sign it.
        foot: What the foot of every page says of form and scan.
        facts: Rows of the first page: processor, basis, legal source, where to file, by when.
        notices: Framed texts of the first page.
        prose: Whether it is a report in chapters, which has larger letters than a form of tables.
    """

    form: str
    tongue: Tongue
    title: str
    subtitle: str
    stamp: str
    foot: str
    facts: Fields
    notices: tuple[Notice, ...]
    blocks: tuple[Block, ...]
    signing: Fields
    prose: bool = False

    def answers(self) -> Iterator[Answer]:
        """Yield every answer of the form, in its order."""
        for notice in self.notices:
            yield notice.lines
        for block in (self.facts, *self.blocks, self.signing):
            if isinstance(block, Paragraph):
                yield block.lines
            elif isinstance(block, Fields):
                yield from (answer for _, answer in block.rows)
            elif isinstance(block, Grid):
                yield from (answer for row in block.rows for answer in row)

    def figures(self) -> tuple[Figure, ...]:
        """Return every number in the form, in its order."""
        return tuple(
            piece
            for answer in self.answers()
            for line in answer
            for piece in line
            if isinstance(piece, Figure)
        )
