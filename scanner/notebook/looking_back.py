"""The face for notebooks and scripts on scans of before: ``keep``, ``diff`` and ``history``.

>>> import pandas
>>> from scanner import scan
>>> table = pandas.DataFrame({"手机号": ["13902468135", "13713572468"]})
>>> before = scan({"t": table}, as_of="2026-01-01")
>>> after = scan({"t": table.assign(邮箱=["a@b.cn", "c@d.cn"])}, as_of="2026-01-01")
>>> diff(before, after).columns()[["kind", "column", "after"]].values.tolist()
[['new', '邮箱', ('email',)]]
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from markupsafe import Markup

from scanner import changes, timeline
from scanner.changes import Changes
from scanner.changes.telling import tell as tell_changes
from scanner.pages import Page, render_html, render_text
from scanner.result import Result
from scanner.running.surroundings import now
from scanner.store import Scans, open_store, series_of
from scanner.timeline import Timeline
from scanner.timeline.telling import tell as tell_timeline
from scanner.words.texts import Tongue, tongues
from scanner.words.visible import visible


class HasRecord(Protocol):
    """What ``scanner.scan`` returns."""

    @property
    def record(self) -> Result:
        """Return the frozen result."""
        ...


Named = Result | HasRecord | str | Path


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two scans, as pandas frames and as a page in a notebook.

    Attributes:
        record: The frozen changes; ``scanner.changes.to_dict`` makes them JSON.
    """

    record: Changes
    lang: Tongue = "en"

    def columns(self) -> pd.DataFrame:
        """Return one row a column that is new, vanished, of other types, or could not be compared."""
        return _frame((*self.record.columns, *self.record.not_compared), changes.ColumnChange)

    def counts(self) -> pd.DataFrame:
        """Return one row a number of persons that moved."""
        return _flat(_frame(self.record.counts, changes.CountChange), ("before", "after"))

    def lines(self) -> pd.DataFrame:
        """Return one row a verdict that changed, with its cause."""
        return _flat(_frame(self.record.lines, changes.LineChange), ("count_before", "count_after"))

    def grades(self) -> pd.DataFrame:
        """Return one row a grade that changed."""
        return _frame(self.record.grades, changes.GradeChange)

    def report(self, name: str = "html", lang: str = "both") -> str:
        """Return the page as ``html`` or ``text``."""
        return _rendered([tell_changes(self.record, tongue) for tongue in tongues(lang)], name)

    def _repr_html_(self) -> str:
        return _framed([tell_changes(self.record, self.lang)])


@dataclass(frozen=True, slots=True)
class History:
    """Kept scans of one organization, as pandas frames and as a page with charts in a notebook.

    Attributes:
        record: The frozen timeline; ``scanner.timeline.to_dict`` makes it JSON.
    """

    record: Timeline
    lang: Tongue = "en"

    def scans(self) -> pd.DataFrame:
        """Return one row a scan, the newest first."""
        found = _frame(self.record.scans, timeline.ScanFigures)
        return _flat(found, ("persons", "sensitive"))

    def counts(self) -> pd.DataFrame:
        """Return one row a count of a scan that lines of the law are tested on."""
        rows = [
            {"metric": chart.metric, "scope": chart.scope, "unit": chart.unit, **dataclasses.asdict(point)}
            for chart in self.record.charts
            for point in chart.points
        ]
        names = ("metric", "scope", "unit", "scan_id", "when", "count", "open_ended")
        return _flat(pd.DataFrame(rows, columns=list(names)), ("count",))

    def lines(self) -> pd.DataFrame:
        """Return one row a line that the counts are tested against, with its last verdict."""
        rows = [
            {"metric": chart.metric, "scope": chart.scope, **dataclasses.asdict(line)}
            for chart in self.record.charts
            for line in chart.lines
        ]
        return pd.DataFrame(rows, columns=["metric", "scope", "rule_id", "operator", "threshold", "verdict"])

    def report(self, name: str = "html", lang: str = "both") -> str:
        """Return the page as ``html`` or ``text``."""
        return _rendered([tell_timeline(self.record, tongue) for tongue in tongues(lang)], name)

    def _repr_html_(self) -> str:
        return _framed([tell_timeline(self.record, self.lang)])


def keep(result: Result | HasRecord, store: str | Path | None = None) -> str:
    """Keep a scan in a store (a file or SQLAlchemy URL; default: the user's own), and return its id.

    Raises:
        StoreError: The store cannot be used.
    """
    found = _result(result)
    open_store(store, os.environ).keep(found, now())
    return found.scan.id


def diff(before: Named, after: Named, *, store: str | Path | None = None, lang: Tongue = "en") -> Comparison:
    """Return what changed between two scans, the earlier one first.

    Args:
        before: What ``scan`` returned; the path of a ``scan.json`` or of its folder; or a kept scan: its id,
            ``latest``, ``previous`` or a day.
        after: The same.
        store: File or URL of the store; default: the user's own.
        lang: Language of the page in a notebook.

    Raises:
        ConfigError: A path is no record.
        StoreError: The store cannot be used, or has no such scan.
    """
    scans = Scans(store, os.environ)
    first, second = (
        scans.load(one) if isinstance(one, str | Path) else _result(one) for one in (before, after)
    )
    return Comparison(changes.diff(first, second, archive=scans.pack), lang)


def history(
    store: str | Path | None = None, *, organization: str | None = None, lang: Tongue = "en"
) -> History:
    """Return the kept scans of an organization (default: that of the latest scan) and their counts over time.

    Raises:
        StoreError: The store cannot be used.
    """
    opened = open_store(store, os.environ)
    every = opened.scans()
    scans = series_of(every, organization)
    ids = [scan.id for scan in scans]
    found = timeline.timeline_of(
        opened.location, scans, len(every) - len(scans), opened.counts(ids), opened.lines(ids)
    )
    return History(found, lang)


def _result(given: Result | HasRecord) -> Result:
    return given if isinstance(given, Result) else given.record


def _rendered(pages: Sequence[Page], name: str) -> str:
    if name == "html":
        return render_html(pages)
    if name == "text":
        return "\n".join(render_text(page) for page in pages)
    raise ValueError(f"No report {name!r} of this. There are: html, text.")


def _framed(pages: Sequence[Page]) -> str:
    """Return the page in a frame of its own, so that its style stays out of the notebook."""
    style = "width:100%;height:34rem;border:0"
    title = visible(pages[0].title)
    return str(
        Markup('<iframe sandbox title="{}" style="{}" srcdoc="{}"></iframe>').format(
            title, style, render_html(pages)
        )
    )


def _frame(rows: Iterable[Any], kind: type[Any]) -> pd.DataFrame:
    names = [field.name for field in dataclasses.fields(kind)]
    return pd.DataFrame([dataclasses.asdict(row) for row in rows], columns=names)


def _flat(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Return the frame with the bounds of intervals in columns of their own."""
    for name in names:
        place = list(frame.columns).index(name)
        cells = frame.pop(name)
        for offset, bound in enumerate(("lower", "estimate", "upper")):
            values = pd.Series([cell[bound] if cell else None for cell in cells], dtype="Int64")
            frame.insert(place + offset, f"{name}_{bound}", values)
    return frame
