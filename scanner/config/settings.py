"""Everything that a configuration says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator

from scanner.config.channels import ChannelConfig
from scanner.config.keeping import StateConfig, StoreConfig
from scanner.config.schedules import MetricsConfig, ScheduleConfig
from scanner.config.sources import SourceConfig
from scanner.config.tables import FlowConfig, TableConfig
from scanner.grading import DataCatalogue, IndicatorPack
from scanner.necessity import ScenarioNeeds
from scanner.negative_lists import NegativeList
from scanner.pi_types.lists import Lists
from scanner.user_files.documents import Model

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

    def with_sources(self, further: Iterable[SourceConfig]) -> ScanConfig:
        """Return the configuration with further sources behind its own."""
        return self.model_copy(update={"sources": (*self.sources, *further)})

    def with_review(self, file: str | Path | None) -> ScanConfig:
        """Return the configuration with another review file; None changes nothing."""
        return self if file is None else self.model_copy(update={"review": str(file)})

    def with_state(self, folder: str | Path | None) -> ScanConfig:
        """Return the configuration with another state folder; None and an empty one change nothing."""
        given = {"folder": str(folder)} if folder else {}
        return self.model_copy(update={"state": self.state.model_copy(update=given)})

    def with_store(self, **changes: object) -> ScanConfig:
        """Return the configuration with another place for finished scans, or with none."""
        return self.model_copy(update={"store": self.store.model_copy(update=changes)})

    @property
    def organization_name(self) -> str:
        return str(self.organization.get("name", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """Return the sections of the facts file that are declared here; left out is unknown, not none."""
        return {name: declared for name in FACTS if (declared := getattr(self, name))}
