"""Configuration: ``pandian.yaml`` checked in one place and turned into frozen values.

``${NAME}`` in any text is replaced by the environment variable of that name; the expanded text is never
printed, and ``digest`` is taken before expansion, so that it says nothing about secrets. It covers the files
of types and values that the configuration names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from connectors import Retries
from scanner.documents import ConfigError, Model, checked, parse_document, read_text
from scanner.grading import DataCatalogue, IndicatorPack
from scanner.lists import Lists
from scanner.necessity import ScenarioNeeds
from scanner.negative_lists import NegativeList
from scanner.notify.settings import ChannelConfig
from scanner.schedule.settings import MetricsConfig, ScheduleConfig
from scanner.supplied import read_supplied
from scanner.types_file import files_of

__all__ = [
    "ConfigError",
    "FlowConfig",
    "FlowTable",
    "ScanConfig",
    "SourceConfig",
    "TableConfig",
    "load_config",
    "parse_config",
    "without_file",
]

# Sections of the facts file (docs/facts.md) that may stand in the configuration as they are.
FACTS = (
    "held",
    "incident",
    "activities",
    "retention",
    "automotive",
    "filings",
    "records",
    "outbound",
    "entities",
    "events",
    "history",
)

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class StateConfig(Model):
    """What scans keep between them.

    Attributes:
        folder: Beside this file; empty: nothing is kept.
        vanished: Whether parts that a source has no more are kept for the windows of flows, or forgotten.
    """

    folder: str | None = None
    vanished: Literal["keep", "forget"] = "keep"


class StoreConfig(Model):
    """Where finished scans are kept, and how long.

    Attributes:
        url: SQLAlchemy URL, or a file beside this file; default: the user's own store.
        keep: Whether scans are kept at all.
        retention_years: From when on ``pandian history prune`` deletes a scan. The law has reports of impact
            assessments and records of processing kept for at least three years (PIPL, article 56; so do
            NDSMR, article 12, for records of provision).
    """

    url: str | None = Field(default=None, repr=False)
    keep: bool = True
    retention_years: int = Field(default=3, ge=0)


class IncrementConfig(Model):
    """How to tell what is new in tables of a database; ``table`` is a pattern as in ``include``."""

    table: str = Field(min_length=1)
    partition: str = ""
    changed: str = ""
    grows: str = ""

    @model_validator(mode="after")
    def _either(self) -> IncrementConfig:
        if bool(self.partition) == bool(self.grows) or (self.changed and self.grows):
            raise ValueError("name either 'partition' (with or without 'changed') or 'grows'")
        return self


class RetriesConfig(Model):
    """How often something is tried: see ``connectors.Retries``."""

    attempts: int = Field(default=Retries().attempts, ge=1)
    wait: float = Field(default=Retries().wait, ge=0)
    timeouts: bool = False


class SourceConfig(Model):
    """One source. Its name is the name of its dataset.

    Attributes:
        views, foreign_tables: Whether they are read.
        max_rows_per_second: Rows read at most, on average.
        max_load: Statements of others on the server, above which it is left alone.
        retries: How often something is tried that may work a little later.
        password_from: Where the password of the URL is, if it has none: ``keyring:SERVICE/USER``.
    """

    name: str = Field(min_length=1)
    url: str = Field(min_length=1, repr=False)
    password_from: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    dictionary: str | None = None
    increments: tuple[IncrementConfig, ...] = ()
    views: bool = True
    foreign_tables: bool = True
    max_rows_per_second: float | None = Field(default=None, gt=0)
    max_load: int | None = Field(default=None, ge=0)
    retries: RetriesConfig = RetriesConfig()


class FlowTable(Model):
    """A table that goes abroad; ``columns`` when only some of it does."""

    dataset: str
    table: str
    time_column: str | None = None
    columns: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}"


class TableConfig(Model):
    """What is known of a table.

    Attributes:
        deleted_column: Column that marks deleted rows.
        deleted_values: Its marks; default: 1, true, 是, ... (docs/configuration.md).
        deleted_time_column: Column with the time of deletion; empty for rows that are not deleted.
        slots: Whose column it is: ``self`` for the person of the row, else any word, such as ``guardian``.
    """

    dataset: str
    table: str
    deleted_column: str | None = None
    deleted_values: tuple[str, ...] = ()
    deleted_time_column: str | None = None
    slots: dict[str, str] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}"

    @property
    def marks_deleted(self) -> bool:
        return self.deleted_column is not None or self.deleted_time_column is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that it names, with what it is named for."""
        return tuple(c for c in (self.deleted_column, self.deleted_time_column, *self.slots) if c is not None)


class FlowConfig(Model):
    """A declared cross-border provision."""

    name: str = Field(min_length=1)
    recipient_country: str = ""
    recipient: str = ""
    purpose: str = ""
    scenario: str | None = None
    exemption: str | None = None
    mechanism: str | None = None
    important_data: bool | None = None
    retention_days: int | None = Field(default=None, gt=0)
    scope_changed: bool | None = None
    contract_effective: dt.date | None = None
    assessment_result: dt.date | None = None
    certificate_expiry: dt.date | None = None
    approved_subjects: int | None = None
    forecast_subjects: int | None = None
    health_subjects: int | None = None
    approved_important_volume: int | None = None
    forecast_important_volume: int | None = None
    tables: tuple[FlowTable, ...] = ()


class ScanConfig(Model):
    """What ``pandian scan`` does when no flag says otherwise.

    Attributes:
        organization: ``name`` and the facts of the organization (docs/facts.md).
        tables: What is known of tables: deleted rows, and whose columns they are.
        held, outbound: Declared facts about what is held, such as ``users``, and about what leaves; counted
            ones win.
        incident, activities, retention, automotive, filings, records, entities, events, history: Further
            sections of the facts file.
        review: File of review decisions, beside this file.
        types: Files of PI types of your own, beside this file.
        lists: What is known about columns and values beforehand.
        catalogues: Notified or published important data; in the file, paths beside it.
        indicators: Further indicator packs; in the file, paths beside it.
        negative_lists: Lists of free-trade zones; in the file, paths beside it.
        scenarios: What scenarios of your own need; in the file, paths beside it.
        state: What scans keep between them.
        schedules: When to scan by itself (docs/schedules.md).
        store: Where finished scans are kept; in the file also a URL or file alone, or false.
        notify: Who is told what changed; its ``${NAME}`` stay as they are until a message is sent.
        metrics: Where schedules show Prometheus what they did.
        key_file: File of the secret key of the digests; created with owner-only permission on first use.
        memory: What a scan may use, such as ``4GiB``; default: as much as there is.
        spill: Folder, beside this file, for what does not fit into memory.
        threads: How many may work at once; default: as many as there are cores.
        max_rows_per_second, max_load: Of every source that has no limit of its own.
    """

    organization: dict[str, Any] = Field(default_factory=dict)
    sources: tuple[SourceConfig, ...] = ()
    flows: tuple[FlowConfig, ...] = ()
    tables: tuple[TableConfig, ...] = ()
    held: dict[str, Any] = Field(default_factory=dict)
    incident: dict[str, Any] = Field(default_factory=dict)
    activities: dict[str, Any] = Field(default_factory=dict)
    retention: dict[str, Any] = Field(default_factory=dict)
    automotive: dict[str, Any] = Field(default_factory=dict)
    filings: dict[str, Any] = Field(default_factory=dict)
    records: dict[str, Any] = Field(default_factory=dict)
    outbound: dict[str, Any] = Field(default_factory=dict)
    entities: tuple[dict[str, Any], ...] = ()
    events: dict[str, Any] = Field(default_factory=dict)
    history: dict[str, Any] = Field(default_factory=dict)
    review: str | None = None
    types: tuple[str, ...] = ()
    lists: Lists = Lists()
    catalogues: tuple[DataCatalogue, ...] = ()
    indicators: tuple[IndicatorPack, ...] = ()
    negative_lists: tuple[NegativeList, ...] = ()
    scenarios: tuple[ScenarioNeeds, ...] = ()
    state: StateConfig = StateConfig()
    schedules: tuple[ScheduleConfig, ...] = ()
    store: StoreConfig = StoreConfig()
    notify: tuple[ChannelConfig, ...] = ()
    metrics: MetricsConfig = MetricsConfig()
    key_file: str | None = None
    memory: str | None = None
    spill: str | None = None
    threads: int | None = Field(default=None, ge=1)
    max_rows_per_second: float | None = Field(default=None, gt=0)
    max_load: int | None = Field(default=None, ge=0)
    as_of: dt.date | None = None
    digest: str = ""

    @field_validator("sources", "flows", "schedules", "notify")
    @classmethod
    def _names_differ(cls, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [entry.name for entry in entries]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(
                f"the name {twice[0]!r} is used twice; every source, flow, schedule and channel needs its own"
            )
        return entries

    @model_validator(mode="after")
    def _times_agree(self) -> ScanConfig:
        columns: dict[str, str | None] = {}
        for flow in self.flows:
            for table in flow.tables:
                if columns.setdefault(table.id, table.time_column) != table.time_column:
                    raise ValueError(f"flows name two time columns of table {table.id!r}; use one")
        return self

    @model_validator(mode="after")
    def _tables_differ(self) -> ScanConfig:
        ids = [table.id for table in self.tables]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"tables names {twice[0]!r} twice; put everything about a table into one entry")
        return self

    @model_validator(mode="after")
    def _schedules_name_sources(self) -> ScanConfig:
        there = {source.name for source in self.sources}
        for schedule in self.schedules:
            if unknown := sorted(set(schedule.sources) - there):
                raise ValueError(
                    f"schedule {schedule.name!r} names a source {unknown[0]!r} that is not there"
                )
        planned = {schedule.name for schedule in self.schedules}
        for channel in self.notify:
            if unknown := sorted(set(channel.schedules) - planned):
                raise ValueError(f"notify {channel.name!r} names a schedule {unknown[0]!r} that is not there")
        return self

    @property
    def limited_sources(self) -> tuple[SourceConfig, ...]:
        """Return the sources, with the limits of all where they have none of their own."""
        return tuple(source.model_copy(update=self._limits_for(source)) for source in self.sources)

    def _limits_for(self, source: SourceConfig) -> dict[str, float | None]:
        names = ("max_rows_per_second", "max_load")
        return {name: getattr(self, name) for name in names if getattr(source, name) is None}

    def with_access(self, **wanted: float | bool | None) -> ScanConfig:
        """Return the configuration with what the command line says of all sources; None says nothing."""
        given = {name: value for name, value in wanted.items() if value is not None}
        sources = tuple(source.model_copy(update=given) for source in self.sources)
        return self.model_copy(update={"sources": sources})

    @property
    def organization_name(self) -> str:
        return str(self.organization.get("name", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """Return the sections of the facts file that are declared here; left out is unknown, not none."""
        return {name: declared for name in FACTS if (declared := getattr(self, name))}


def load_config(path: Path, environment: Mapping[str, str]) -> ScanConfig:
    """Read a configuration file.

    Raises:
        ConfigError: The file is missing, is no YAML, or has keys or values that are not understood.
    """
    text = read_text(path, "the configuration")
    return parse_config(text, environment, where=str(path), folder=path.parent)


def parse_config(text: str, environment: Mapping[str, str], *, where: str, folder: Path) -> ScanConfig:
    """Return the configuration that ``text`` describes; relative files are beside it, in ``folder``."""
    document = parse_document(text, where)
    expanded = {
        key: value if key == "notify" else _expand(value, environment, where)
        for key, value in document.items()
    }
    _place_beside(folder, expanded)
    expanded["digest"] = _digest(text, _files_that_decide(expanded))
    read_supplied(expanded, folder, where)
    return checked(ScanConfig, expanded, where, "docs/configuration.md")


def _digest(text: str, files: Iterable[Path]) -> str:
    """Return the digest of the configuration and of the files that decide what columns hold.

    Values of identifiers are counted under kinds that depend on the types file: a kept count must be able
    to tell that it changed.
    """
    made = hashlib.sha256(text.encode())
    for file in files:
        made.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return made.hexdigest()[:16]


def _files_that_decide(settings: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the files of types, dictionaries, recognizers and values that a configuration names."""
    types = settings.get("types")
    for name in types if isinstance(types, list) else ():
        yield from files_of(Path(name)) if isinstance(name, str) else ()
    yield from (Path(entry["file"]) for entry in _value_lists(settings))


def _value_lists(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    lists = settings.get("lists")
    entries = (lists.get("ignore_values") or ()) if isinstance(lists, dict) else ()
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("file"), str)]


def _schedules(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    entries = settings.get("schedules")
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _place_beside(folder: Path, settings: dict[str, Any]) -> None:
    """Make relative file names relative to the folder of the configuration, in place."""
    for key in ("review", "key_file", "spill"):
        if isinstance(settings.get(key), str):
            settings[key] = str(folder / settings[key])
    state = settings.get("state")
    if isinstance(state, dict) and isinstance(state.get("folder"), str):
        state["folder"] = str(folder / state["folder"])
    metrics = settings.get("metrics")
    if isinstance(metrics, dict) and isinstance(metrics.get("file"), str):
        metrics["file"] = str(folder / metrics["file"])
    for schedule in _schedules(settings):
        if isinstance(schedule.get("output"), str):
            schedule["output"] = str(folder / schedule["output"])
    _place_store(folder, settings)
    types = settings.get("types")
    named = [types] if isinstance(types, str) else types
    if isinstance(named, list):
        settings["types"] = [str(folder / name) if isinstance(name, str) else name for name in named]
    for entry in _value_lists(settings):
        entry["file"] = str(folder / entry["file"])


def _place_store(folder: Path, settings: dict[str, Any]) -> None:
    """Write out the short forms of ``store``, a place or whether to keep, and place its file."""
    store = settings.get("store")
    if isinstance(store, str | bool):
        store = {"keep": store} if isinstance(store, bool) else {"url": store}
        settings["store"] = store
    if isinstance(store, dict) and isinstance(store.get("url"), str) and "://" not in store["url"]:
        store["url"] = str(folder / store["url"])


def _expand(node: Any, environment: Mapping[str, str], where: str) -> Any:
    if isinstance(node, dict):
        return {key: _expand(value, environment, where) for key, value in node.items()}
    if isinstance(node, list):
        return [_expand(value, environment, where) for value in node]
    return _VARIABLE.sub(lambda m: _lookup(m[1], environment, where), node) if isinstance(node, str) else node


def _lookup(name: str, environment: Mapping[str, str], where: str) -> str:
    if name not in environment:
        raise ConfigError(f"{where}: uses ${{{name}}}, but there is no environment variable {name}. Set it.")
    return environment[name]


def without_file(sources: tuple[SourceConfig, ...]) -> ScanConfig:
    """Return the configuration of a scan that has command-line sources only."""
    digest = hashlib.sha256(json.dumps([source.name for source in sources]).encode()).hexdigest()[:16]
    return ScanConfig(sources=sources, digest=digest)
