"""What the stages before gave, table by table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers import Candidate, Catalogue, Tag, built_in
from connectors import Table
from scanner.config import ScanConfig
from scanner.counting import Counts
from scanner.identifiers import I64
from scanner.result import NotScanned, PartsResult, Retried, ReviewResult, ScanInfo
from scanner.samples.sampled import Sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a column beside its tags; see ``ColumnResult``."""

    cells: int = 0
    against: str = ""
    considered: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A column by which rows refer to somebody.

    Attributes:
        whose: The table whose rows its values stand for, or ``(user)`` where no table lists those persons.
        slot: Whose key it is: ``""`` for the row's own person, else a word for somebody else.
        persons: Id of those persons within a source: equal values with equal ids are one person's.
        source: That source; empty: the one that the column is in.
    """

    whose: str
    slot: str = ""
    persons: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ThingNumber:
    """A column with numbers of things by which rows that show nobody are counted; see ``about_things``.

    Attributes:
        column: The column.
        list: Equal values with equal ids are numbers of one thing.
        refers: The table that lists the things; empty where it is that itself.
    """

    column: str
    list: str
    refers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IssuedNumbers:
    """Numbers in one column that somebody issues.

    Attributes:
        list: Whether the rows are people, one a number.
        sample: Those of the sample, each once, hashed by Python; never written.
        density: Their digits' share of all numbers between the least and the greatest of the sample.
        letters: Whether most begin with letters.
    """

    list: bool
    sample: I64
    density: float = 0.0
    letters: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whose the values of a table are, as far as headers and a sample tell; see ``stages.telling``.

    Attributes:
        apart: Pairs of columns whose values are of different persons.
        of_others: Columns of numbers that are not the rows' own persons', and whose.
        of_rows: Columns of numbers that are, though their headers speak of others.
        keys: Columns by which rows refer to somebody.
        numbers: Columns of numbers, and what tells them from others of their kind.
        differing: Pairs of columns of numbers of one kind that rows have two of.
        once: Columns whose headers are those of numbers, and which have another in every row of the sample.
        shared: Such columns whose numbers several people have, by what is said of them.
        issued: Columns without a tag of numbers that somebody issues; empty once keys are told by them.
        steady: Slots of second persons who are taken for the rows' own, as they never change.
        things: Columns with numbers of things that the rows have or refer to.
    """

    apart: frozenset[tuple[str, str]] = frozenset()
    of_others: Mapping[str, str] = field(default_factory=dict)
    of_rows: frozenset[str] = frozenset()
    keys: Mapping[str, Key] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    differing: tuple[tuple[str, str], ...] = ()
    once: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    issued: Mapping[str, IssuedNumbers] = field(default_factory=dict)
    steady: frozenset[str] = frozenset()
    things: tuple[ThingNumber, ...] = ()


@dataclass(slots=True, kw_only=True)
class ScannedTable:
    """One table on its way through the stages.

    Attributes:
        numbering: Where short numbers mean the same: the dataset, or the warehouse whose layer it is.
        rows_read: None until its people are counted.
        parts: How many of its parts were read; None without state.
        part_names: The parts that it has now; None if they were not asked for.
    """

    source: str
    dataset: str
    location: str
    table: Table
    numbering: str = ""
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: str = "not_scanned"
    sampled: Sampled | None = None
    rows_read: int | None = None
    parts: PartsResult | None = None
    part_names: frozenset[str] | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table.name}"


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What the stages before gave.

    Attributes:
        info: Everything about the scan but its packs.
        catalogue: The PI types that were looked for.
        review: How the decisions of reviewers fared.
    """

    config: ScanConfig
    as_of: dt.date
    info: ScanInfo
    tables: Sequence[ScannedTable]
    not_scanned: Sequence[NotScanned] = field(default=())
    retried: Sequence[Retried] = field(default=())
    counts: Counts
    catalogue: Catalogue = field(default_factory=built_in)
    review: ReviewResult = field(default_factory=ReviewResult)

    @cached_property
    def missed(self) -> frozenset[tuple[str, str]]:
        """Return dataset and table of what was not scanned, or not whole."""
        return frozenset((entry.source, entry.table) for entry in self.not_scanned)
