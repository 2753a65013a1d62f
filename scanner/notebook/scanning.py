"""The face for notebooks and scripts: ``scan`` and ``assess``.

>>> import pandas
>>> people = pandas.DataFrame({"手机号": ["13902468135", "13713572468"], "备注": ["已处理", "无"]})
>>> result = scan({"people": people}, as_of="2026-01-01")
>>> result.columns()[["table", "column", "types"]].values.tolist()
[['people', '手机号', 'mobile']]
>>> result.subjects()[["category", "lower", "estimate", "upper"]].head(1).values.tolist()
[['all', 1, 2, 2]]
"""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from connectors import Selection
from scanner import catalogue, forms, report, rules
from scanner.config import ScanConfig, StoreConfig, load_config, without_file
from scanner.notebook import frames
from scanner.notebook.display import fragment
from scanner.pipeline import NothingScanned
from scanner.result import Result
from scanner.running.configured import run_configured
from scanner.running.progress import hidden, shown
from scanner.running.surroundings import language, now, today
from scanner.sources.given import Given, take_given
from scanner.stages.underway import SAMPLE_ROWS, Options
from scanner.store import HistoryStore, StoreError, open_store
from scanner.words.texts import Tongue


@dataclass(frozen=True, slots=True)
class ScanResult:
    """A finished scan as pandas frames and as a readable report in a notebook.

    Attributes:
        record: The frozen result; ``scanner.result.to_dict`` makes it ``scan.json``.
        lang: Language of the display, ``zh`` or ``en``.
    """

    record: Result
    lang: Tongue = "en"

    def columns(self) -> pd.DataFrame:
        """Return one row a column with personal information."""
        return frames.columns(self.record)

    def profile(self) -> pd.DataFrame:
        """Return one row a column that was seen, with personal information or not."""
        return frames.profile(self.record)

    def not_scanned(self) -> pd.DataFrame:
        """Return one row a thing that was not read, with the reason."""
        return frames.not_scanned(self.record)

    def subjects(self) -> pd.DataFrame:
        """Return one row a count of natural persons: organization, datasets, tables, flows."""
        return frames.subjects(self.record)

    def linkage(self) -> pd.DataFrame:
        """Return why people were joined or not, what would narrow the count, and overlaps."""
        return frames.linkage(self.record)

    def findings(self) -> pd.DataFrame:
        """Return one row a rule, with its verdict."""
        return frames.findings(self.record)

    def report(self, name: str = "html", lang: str = "both") -> str:
        """Return a report: ``html``, ``json`` or ``text``."""
        return report.render(name, self.record, lang)

    def declare(
        self,
        form: str,
        output: str | Path,
        *,
        lang: Literal["zh", "en"] = "zh",
        facts: Mapping[str, Any] | None = None,
        flows: Sequence[str] = (),
    ) -> Path:
        """Write a declaration form (docs/forms.md) to a file that ends in ``.docx`` or ``.xlsx``.

        Raises:
            UnknownForm: There is no such form.
            FactsError: The facts are not understood.
            FormsMissing: The extra ``forms`` is not installed.
            ValueError: The file has another ending, or there is no such flow or language.
        """
        path = Path(output)
        filled = forms.fill_form(form, self.record, lang=lang, facts=[facts] if facts else (), flows=flows)
        path.write_bytes(forms.render(filled, path.suffix.removeprefix(".")))
        return path

    def export(self, target: str, output: str | Path, **names: str) -> Path:
        """Write what was found for a data catalogue or a spreadsheet (docs/exports.md), and return the file.

        Args:
            target: Such as ``datahub``, ``openmetadata``, ``csv``.
            output: A file, or a folder for a file of the usual name.
            names: What the scan cannot know of names in the catalogue; see ``scanner.catalogue.Naming``.

        Raises:
            ValueError: There is no such target.
            ExportError: The result cannot be said in it.
        """
        content = catalogue.export(target, self.record, catalogue.Naming(**names))
        return catalogue.write(content, Path(output), catalogue.file_name(target))

    def show(self, lang: Tongue) -> ScanResult:
        """Return the same with another language for the display: ``zh`` or ``en``."""
        return replace(self, lang=lang)

    def _repr_html_(self) -> str:
        return fragment(self.record, self.lang)


def scan(  # noqa: PLR0913 -- one parameter an option of the command line
    sources: Any = (),
    config: str | Path | None = None,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    as_of: str | dt.date | None = None,
    sample_rows: int = SAMPLE_ROWS,
    seed: int = 0,
    count: str = "exact",
    state: str | Path | None = None,
    resume: bool = False,
    review: str | Path | None = None,
    lang: Tongue | None = None,
    progress: bool = True,
    examples: int = 0,
    store: str | Path | bool | None = None,
) -> ScanResult:
    """Scan sources and return the result.

    Args:
        sources: A SQLAlchemy URL, path or glob; a pandas or Polars frame, a LazyFrame, an Arrow table, reader
            or dataset, a DuckDB relation or a list of dictionaries; an open SQLAlchemy engine or connection;
            a sequence of these; or a mapping of names to these, or to mappings of tables. Open databases are
            only read: no connection is closed or committed.
        config: Path of a ``pandian.yaml``; its sources come first.
        include: Patterns (as in a shell) on the tables of ``sources`` to read; default: all.
        exclude: The same, for tables to leave out.
        as_of: Day on which ages are taken, windows end and rules are in force; today if left out.
        sample_rows: Rows of each table looked at to decide tags.
        seed: Same seed on the same data, same sample.
        count: ``exact``, ``sketch`` or ``none``.
        state: Folder in which digests are kept for later scans, which then read only what is new; it goes
            before that of the configuration.
        resume: Whether to go on with a scan that was killed: what it had finished is not read again.
        review: File of reviewers' decisions (docs/review.md); it goes before that of the configuration.
        lang: Language of the display in a notebook, ``zh`` or ``en``; default: as the locale has it.
        progress: Whether progress is shown in terminals and notebooks.
        examples: Masked values to show of each column with personal information, at most 5.
        store: File or SQLAlchemy URL of the store that keeps the scan (docs/history.md), True for the user's
            own, False for none; default: that of the configuration, if it names one.

    Raises:
        NotASource: Something in ``sources`` cannot be read; the message says what to hand in instead.
        ConfigError: The configuration cannot be used.
        StateError: The state folder cannot be used.
        NothingScanned: No source could be opened.
        StoreError: The store cannot be used; found out before the scan, and not after it.
    """
    if count not in ("exact", "sketch", "none"):
        raise ValueError(f"count={count!r} is not known; use 'exact', 'sketch' or 'none'.")
    settings, given = _settings(config, sources, Selection(tuple(include), tuple(exclude)))
    if not settings.sources:
        raise NothingScanned("There is nothing to scan. Hand in a source, or a config= that names some.")
    settings = settings.with_state(state).with_review(review)
    options = Options(
        as_of=_date(as_of) or settings.as_of or today(),
        sample_rows=sample_rows,
        seed=seed,
        count=count,
        resume=resume,
        examples=examples,
    )
    history = _history(settings.store, store)
    tongue = lang or language(os.environ)
    with shown(tongue) if progress else hidden() as report_progress:
        result, _ = run_configured(
            settings, options, os.environ, progress=report_progress, open_source=given.open
        )
    if history:
        _keep(history, result)
    return ScanResult(result, tongue)


def _settings(config: str | Path | None, sources: Any, selection: Selection) -> tuple[ScanConfig, Given]:
    """Return the settings of a scan, and the sources handed in, which they name too."""
    if config is None:
        given = take_given(sources, [], selection)
        return without_file(tuple(given.sources)), given
    settings = load_config(Path(config), os.environ)
    given = take_given(sources, [source.name for source in settings.sources], selection)
    return settings.with_sources(given.sources), given


def _history(configured: StoreConfig, named: str | Path | bool | None) -> HistoryStore | None:
    """Return the store in which a scan is kept; None for none."""
    if named is None:
        wanted = configured.keep and configured.url is not None
        return open_store(configured.url, os.environ) if wanted else None
    if isinstance(named, bool):
        return open_store(configured.url, os.environ) if named else None
    return open_store(named, os.environ)


def _keep(history: HistoryStore, result: Result) -> None:
    """Keep a scan; whoever has waited for it gets it all the same."""
    try:
        history.keep(result, now())
    except StoreError as error:
        warnings.warn(f"Not kept in the history: {error}", stacklevel=3)


def assess(facts: str | Path | Mapping[str, Any], *, as_of: str | dt.date | None = None) -> rules.Assessment:
    """Evaluate the rules alone, on a facts file (its path) or a mapping in that format.

    Raises:
        FactsError: The facts cannot be read.
    """
    text = facts if isinstance(facts, Mapping) else Path(facts).read_text(encoding="utf-8")
    loaded = rules.load_facts(text)
    return rules.assess(loaded, _date(as_of) or loaded.as_of or today())


def _date(day: str | dt.date | None) -> dt.date | None:
    if not isinstance(day, str):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"as_of={day!r} is no date; write it as 2026-01-31.") from None
