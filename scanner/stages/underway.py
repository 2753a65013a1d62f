"""A scan under way: what it was asked, and what it has found so far. The stages hand it on."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from classifiers import Catalogue, TextReader, built_in
from classifiers.presidio import RecognizerFailed
from connectors import ConnectorError
from scanner.assembly import ScannedTable
from scanner.census import Census
from scanner.compiled.loading import Acceleration
from scanner.config import ScanConfig
from scanner.identifiers import SubjectKey
from scanner.machine.spill import Memory, SpillFull
from scanner.result import NotScanned, Retried
from scanner.review import Review
from scanner.sketches import SketchCensus
from scanner.state import Keeper, StateError

SAMPLE_ROWS = 2_000

_ROOT = Path(__file__).parents[2]
_OURS = frozenset({"connectors", "classifiers", "scanner"})

Progress = Callable[[str, int, int | None], None]  # what is being done, rows done, rows in all if known


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to scan.

    Attributes:
        as_of: Day on which ages are taken, windows end and rules are in force.
        sample_rows: Rows of each table that are looked at to decide tags.
        seed: Same seed on the same data, same sample.
        count: ``exact``, ``sketch`` or ``none``.
        review: Decisions of a reviewer; they replace what the classifier says.
        catalogue: The PI types that are looked for.
        memory: How much may be used, and where to put what does not fit.
        threads: How many may work at once; default: as many as there are cores.
        resume: Whether a scan that was killed goes on: tables that it had finished are taken as they were,
            even where the source cannot tell whether they changed.
        examples: How many masked values to show of a column with personal information.
    """

    as_of: dt.date
    sample_rows: int = SAMPLE_ROWS
    seed: int = 0
    count: str = "exact"
    review: Review = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=built_in)
    memory: Memory = field(default_factory=Memory)
    threads: int | None = None
    resume: bool = False
    examples: int = 0


@dataclass(slots=True, kw_only=True)
class ScanUnderWay:
    """One scan; ``keeper`` looks after the state, where there is one."""

    config: ScanConfig
    options: Options
    key: SubjectKey
    reader: TextReader | None
    progress: Progress
    keeper: Keeper | None = None
    tables: list[ScannedTable] = field(default_factory=list)
    not_scanned: list[NotScanned] = field(default_factory=list)
    retried: list[Retried] = field(default_factory=list)
    acceleration: Acceleration = field(init=False)
    census: Census | SketchCensus = field(init=False)
    opened: int = 0
    listed: tuple[int, int | None] = (0, None)  # tables of the source so far, and in all if known

    def __post_init__(self) -> None:
        self.acceleration = Acceleration(waits=self.options.memory.limit is not None)
        self.census = Census(self.options.memory, self.acceleration, self.options.threads)

    def show(self, table: str, rows: int, total: int | None) -> None:
        """Show which table is at work, and how many of its rows are done."""
        number, tables = self.listed
        of = f" of {tables:,}" if tables is not None else ""
        self.progress(f"{number:,}{of}  {table}", rows, total)

    def miss(self, source: str, table: str, reason: str, column: str = "") -> None:
        """Note something that was not read."""
        self.not_scanned.append(NotScanned(source=source, table=table, reason=reason, column=column))

    def retry(self, source: str, table: str, reasons: Mapping[str, int]) -> None:
        """Note what was read after further attempts; a table is read twice."""
        for reason, times in reasons.items():
            now = Retried(source=source, table=table, reason=reason, times=times)
            alike = [r for r in self.retried if replace(r, times=times) == now]
            self.retried = [r for r in self.retried if r not in alike]
            self.retried.append(replace(now, times=times + sum(r.times for r in alike)))

    @contextmanager
    def noting(self, source: str, table: str) -> Iterator[None]:
        """Turn an unreadable source or table into an entry of the result; nothing else is lost."""
        try:
            yield
        except (SpillFull, StateError):
            raise
        except (ConnectorError, RecognizerFailed) as error:
            self.miss(source, table, str(error))
        except Exception as error:  # noqa: BLE001 -- one table must not lose the scan; library messages quote values
            self.miss(source, table, unexpected(error))


def explained(error: Exception) -> str:
    """Return what an error says if it is one of ours; what libraries say may quote values."""
    ours = type(error).__module__.partition(".")[0] in _OURS
    return str(error) if ours else f"The scan was {unexpected(error)}."


def unexpected(error: BaseException) -> str:
    """Return the kind of an error and its place in our own code."""
    return f"stopped by an unexpected {type(error).__name__} in {_place(error)}; please report"


def _place(error: BaseException) -> str:
    """Return the innermost place in our own code, without any value."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(Path(frame.filename))]
    if not ours:
        return "a library"
    module = ".".join(Path(ours[-1].filename).relative_to(_ROOT).with_suffix("").parts)
    return f"{module}.{ours[-1].name}, line {ours[-1].lineno}"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_ROOT) and file.relative_to(_ROOT).parts[0] in _OURS
