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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from connectors import Connector
from connectors.frame import FrameConnector
from scanner import frames, report, rules
from scanner.catalogues import load_catalogue
from scanner.config import ScanConfig, SourceConfig, load_config, without_file
from scanner.keys import load_key
from scanner.pipeline import run
from scanner.reader import LazyReader
from scanner.result import Result
from scanner.review import load_review
from scanner.sources import name_sources, open_configured
from scanner.state import open_state
from scanner.underway import SAMPLE_ROWS, Options


@dataclass(frozen=True, slots=True)
class ScanResult:
    """A finished scan as pandas frames and as a readable report in a notebook.

    Attributes:
        record: The frozen result; ``scanner.result.to_dict`` makes it ``scan.json``.
    """

    record: Result

    def columns(self) -> pd.DataFrame:
        """Return one row a column with personal information."""
        return frames.columns(self.record)

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

    def _repr_html_(self) -> str:
        return frames.show(self.record)


FRAMES = "frames"  # name of the source (and dataset) that frames make


def scan(  # noqa: PLR0913 -- one parameter an option of the command line
    sources: str | Sequence[str] | Mapping[str, Any] = (),
    config: str | Path | None = None,
    *,
    as_of: str | dt.date | None = None,
    sample_rows: int = SAMPLE_ROWS,
    seed: int = 0,
    count: str = "exact",
    state: str | Path | None = None,
    resume: bool = False,
) -> ScanResult:
    """Scan sources and return the result.

    Args:
        sources: SQLAlchemy URLs, paths or globs; or a mapping of names to pandas or Arrow tables.
        config: Path of a ``pandian.yaml``; its sources come first.
        as_of: Day on which ages are taken, windows end and rules are in force; today if left out.
        sample_rows: Rows of each table looked at to decide tags.
        seed: Same seed on the same data, same sample.
        count: ``exact``, ``sketch`` or ``none``.
        state: Folder in which digests are kept for later scans, which then read only what is new; it goes
            before that of the configuration.
        resume: Whether to go on with a scan that was killed: what it had finished is not read again.

    Raises:
        ConfigError: The configuration cannot be used.
        StateError: The state folder cannot be used.
        NothingScanned: No source could be opened.
    """
    if count not in ("exact", "sketch", "none"):
        raise ValueError(f"count={count!r} is not known; use 'exact', 'sketch' or 'none'.")
    tables = dict(sources) if isinstance(sources, Mapping) else {}
    urls = [sources] if isinstance(sources, str) else [] if tables else list(sources)
    settings = _settings(urls, config, tables)
    catalogue = load_catalogue(settings)
    options = Options(
        as_of=_date(as_of) or settings.as_of or _now().date(),
        sample_rows=sample_rows,
        seed=seed,
        count=count,
        review=load_review(Path(settings.review), catalogue.types) if settings.review else {},
        catalogue=catalogue,
        resume=resume,
    )
    key = load_key(Path(settings.key_file) if settings.key_file else None, os.environ)
    opener = _opener(tables) if tables else None
    reader = LazyReader(catalogue.presidio)
    with open_state(str(state) if state else settings.state.folder, key) as kept:
        return ScanResult(
            run(settings, options, key, clock=_now, reader=reader, open_source=opener, state=kept)
        )


def assess(facts: str | Path | Mapping[str, Any], *, as_of: str | dt.date | None = None) -> rules.Assessment:
    """Evaluate the rules alone, on a facts file (its path) or a mapping in that format.

    Raises:
        FactsError: The facts cannot be read.
    """
    text = facts if isinstance(facts, Mapping) else Path(facts).read_text(encoding="utf-8")
    loaded = rules.load_facts(text)
    return rules.assess(loaded, _date(as_of) or loaded.as_of or _now().date())


def _settings(urls: Sequence[str], config: str | Path | None, tables: Mapping[str, Any]) -> ScanConfig:
    settings = load_config(Path(config), os.environ) if config is not None else without_file(())
    taken = [source.name for source in settings.sources]
    given = (SourceConfig(name=FRAMES, url="memory"),) if tables else name_sources(urls, taken)
    if config is None:
        return without_file(given)
    return settings.model_copy(update={"sources": (*settings.sources, *given)})


def _opener(tables: Mapping[str, Any]) -> Any:
    def open_source(source: SourceConfig) -> Connector:
        return FrameConnector(tables) if source.name == FRAMES else open_configured(source)

    return open_source


def _date(day: str | dt.date | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
