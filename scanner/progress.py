"""A progress bar on standard error; nothing is drawn where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int | None], None]


@contextmanager
def shown() -> Iterator[Report]:
    """Yield a function that takes what is being done, rows done, and rows in all if known."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, rows="")

        def report(doing: str, done: int, total: int | None) -> None:
            rows = f"{done:,} rows" if done else ""
            bar.update(task, description=escape(doing[:60]), completed=done, total=total, rows=rows)

        yield report
