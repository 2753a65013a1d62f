"""The diagnosis as a person reads it in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scanner.doctor.diagnosis import Cost, Diagnosis, Refused, SourceDiagnosis, TableDiagnosis
from scanner.words.visible import visible

MOST_READINGS = 5
MOST_TABLES = 40  # the largest; JSON has all
_STYLES = {"ok": "green", "partial": "yellow", "unreachable": "red"}
_SAID = {"ok": "can be read", "partial": "can be read in part", "unreachable": "cannot be read"}


def show(diagnosis: Diagnosis, *, width: int = 100, color: bool = False) -> str:
    """Return the diagnosis as text."""
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    console.print(Text(f"pandian {diagnosis.version}, Python {diagnosis.python}", style="dim"))
    for source in diagnosis.sources:
        console.print()
        for part in _source(source):
            console.print(part, soft_wrap=isinstance(part, Text))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _source(source: SourceDiagnosis) -> Iterable[RenderableType]:
    head = Text(visible(source.name), style="bold")
    head.append(f"  {_SAID[source.status]}", style=_STYLES[source.status])
    head.append(f"  {visible(source.location)}", style="dim")
    yield head
    for label, said in _facts(source):
        yield Text(f"  {label:<9} {visible(said)}")
    if source.tables:
        yield Padding(_tables(source.tables), (0, 0, 0, 1))
    if len(source.tables) > MOST_TABLES:
        yield Text(f"  and {len(source.tables) - MOST_TABLES:,} smaller tables; --format json lists all")
    if source.refused:
        yield Text("  Cannot be read:", style="yellow")
        yield from (line for refused in source.refused[:MOST_TABLES] for line in _refused(refused))
    if len(source.refused) > MOST_TABLES:
        yield Text(f"    and {len(source.refused) - MOST_TABLES:,} more; --format json lists all")
    for remark in source.remarks:
        yield Text(f"  Note: {visible(remark.what)}")
        yield from _fix(remark.fix)


def _facts(source: SourceDiagnosis) -> Iterable[tuple[str, str]]:
    if source.server:
        yield "server" if source.kind != "files" else "files", source.server
    if source.drivers:
        yield "drivers", ", ".join(source.drivers)
    if source.role:
        yield "role", source.role
    if source.session:
        yield "session", source.session
    if source.running is not None:
        yield "load", f"{source.running:,} statements of others are running"
    if source.cost and source.cost.tables:
        yield "samples", f"{_number(source.cost.sampled_rows, 'row')} to find personal information"
        yield "counts", _counting(source.cost)
    readings = Counter(table.reading for table in source.tables if table.reading)
    for reading, tables in readings.most_common(MOST_READINGS):
        yield "reads", f"{_number(tables, 'table')}: {reading}"


def _counting(cost: Cost) -> str:
    """Say what counting people reads at most."""
    no_size = not cost.bytes and cost.sizes_unknown  # of some databases no size is known at all
    unknown = cost.tables_unknown if no_size else max(cost.tables_unknown, cost.sizes_unknown)
    without = f", not counting {_number(unknown, 'table')} of unknown size" if unknown else ""
    lasting = "" if cost.seconds is None else f"; at the limit of rows {_time(cost.seconds)} in all"
    taken = "" if no_size else f", {size(cost.bytes)}"
    rows = f"at most {_number(cost.rows, 'row')}{taken}{without}"
    return f"{rows}; of them only columns about people{lasting}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _tables(tables: tuple[TableDiagnosis, ...]) -> Table:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    grid.add_column("table", overflow="fold")
    grid.add_column("rows", justify="right", no_wrap=True)
    grid.add_column("size", justify="right", no_wrap=True)
    grid.add_column("columns", justify="right", no_wrap=True)
    grid.add_column("sample", overflow="fold")
    largest = sorted(tables, key=lambda table: (-(table.bytes or 0), -(table.rows or 0), table.name))
    for table in largest[:MOST_TABLES]:
        sample = f"{table.sampled:,}: {table.sampling}" if table.sampling else f"{table.sampled:,}"
        cells = (table.name, _rows(table), _size(table), f"{table.columns:,}", sample)
        grid.add_row(*(Text(visible(cell)) for cell in cells))
    return grid


def _rows(table: TableDiagnosis) -> str:
    if table.rows is None:
        return "?"
    return f"{table.rows:,}" if table.exact else f"~{table.rows:,}"


def _size(table: TableDiagnosis) -> str:
    return "?" if table.bytes is None else size(table.bytes)


def _refused(refused: Refused) -> Iterable[Text]:
    named = f"{refused.table}.{refused.column}" if refused.column else refused.table
    yield Text(f"    {visible(f'{named}: ' if named else '')}{visible(refused.reason)}")
    yield from _fix(refused.fix, "      ")


def _fix(command: str, indent: str = "    ") -> Iterable[Text]:
    if command:
        yield Text(f"{indent}{visible(command)}", style="bold")


def size(number: int) -> str:
    """Return bytes as people say them.

    >>> size(0), size(1536), size(3 << 30)
    ('0 B', '1.5 KiB', '3.0 GiB')
    """
    value, unit = float(number), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{number} B" if unit == "B" else f"{value:,.1f} {unit}"


def _time(seconds: float) -> str:
    """Return a time as people say it."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"about {seconds / length:,.0f} {unit}"
    return f"about {seconds:,.0f} seconds"
