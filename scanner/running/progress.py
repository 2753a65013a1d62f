"""Progress where somebody looks: a bar in a terminal, one line that is replaced in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape as html_escape
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from scanner.words.texts import Tongue

Report = Callable[[str, int, int | None], None]

_EVERY = 0.2  # seconds between two lines in a notebook
_NAME = 60  # characters of what is being done
_READ: Mapping[Tongue, str] = {
    "zh": "已读取 {rows:,} 行，用时 {seconds:,.1f} 秒",
    "en": "{rows:,} rows read in {seconds:,.1f} s",
}


@contextmanager
def shown(tongue: Tongue = "en") -> Iterator[Report]:
    """Yield a function that takes what is being done, rows done, and rows in all if known.

    What stays in a notebook is said in ``tongue``.
    """
    shell = _notebook()
    with _in_terminal() if shell is None else _in_notebook(tongue) as report:
        yield report


@contextmanager
def hidden() -> Iterator[Report]:
    """Yield a function that takes the same and shows nothing."""
    yield lambda _doing, _done, _total: None


@contextmanager
def _in_terminal() -> Iterator[Report]:
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
            bar.update(task, description=escape(doing[:_NAME]), completed=done, total=total, rows=rows)

        yield report


def _notebook() -> Any:
    """Return the shell of the notebook that this runs in; None anywhere else. Nothing is imported."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell if getattr(shell, "kernel", None) is not None else None


@contextmanager
def _in_notebook(tongue: Tongue) -> Iterator[Report]:
    """Show one output that is replaced as rows are read; what stays when it is saved is a single line."""
    from IPython import display  # noqa: PLC0415 -- there, since a notebook runs

    html: Callable[[str], object] = display.HTML
    started = drawn = time.monotonic()
    handle: Any = display.display(html(""), display_id=True)  # type: ignore[no-untyped-call]
    rows: dict[str, int] = {}

    def say(text: str) -> None:
        handle.update(html(f'<small style="opacity:.7">{html_escape(text)}</small>'))

    def report(doing: str, done: int, total: int | None) -> None:
        nonlocal drawn
        rows[doing] = max(done, rows.get(doing, 0))
        if time.monotonic() - drawn >= _EVERY:
            drawn = time.monotonic()
            say(f"{doing[:_NAME]}  {_rows(done, total)}")

    try:
        yield report
    except BaseException:
        handle.update(html(""))
        raise
    say(_READ[tongue].format(rows=sum(rows.values()), seconds=time.monotonic() - started))


def _rows(done: int, total: int | None) -> str:
    if not done:
        return ""
    return f"{done:,} of {total:,} rows" if total else f"{done:,} rows"
