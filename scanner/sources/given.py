"""What a program hands to ``scan``: URLs, paths, tables, open databases, and mappings of names to these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa

from connectors import Connector, NotASource, Selection
from connectors.frame import FrameConnector, described, is_table
from connectors.lent import connect_lent, refuse_other_handles
from scanner.config import SourceConfig
from scanner.sources import name_source, open_configured, unique_name

FRAMES = "frames"  # name of the source (and dataset) that tables without a database make
FRAME = "frame"  # name of a table that was handed in without one

Open = Callable[[], Connector]


@dataclass(slots=True, kw_only=True)
class Given:
    """Sources with names, and how those that no URL opens are opened."""

    taken: set[str]
    selection: Selection
    sources: list[SourceConfig] = field(default_factory=list)
    openers: dict[str, Open] = field(default_factory=dict)
    tables: dict[str, object] = field(default_factory=dict)

    def open(self, source: SourceConfig) -> Connector:
        """Open a source of the program or of the configuration."""
        opener = self.openers.get(source.name)
        return opener() if opener else open_configured(source)

    def add(self, value: Any, name: str = "") -> None:
        """Take one source in.

        Raises:
            NotASource: It is nothing that can be read.
        """
        if isinstance(value, (str, PurePath)):
            self._name(name_source(str(value), self.taken, name), None)
        elif isinstance(value, (sa.Engine, sa.Connection)):
            url = value.engine.url
            bare = sa.URL.create(url.drivername, database=url.database or "database")
            source = name_source(bare.render_as_string(), self.taken, name)
            self._name(source, lambda: connect_lent(value, self.selection))
        elif isinstance(value, Mapping):
            self._add_mapping(value, name)
        elif is_table(value):
            self.tables[name or unique_name(FRAME, self.tables)] = value
        else:
            raise NotASource(_why_not(value, name))

    def _add_mapping(self, value: Mapping[Any, Any], name: str) -> None:
        if not name:
            for key, each in value.items():
                self.add(each, str(key))
            return
        tables = {str(key): each for key, each in value.items()}
        wrong = next((key for key, each in tables.items() if not is_table(each)), None)
        if wrong is not None:
            raise NotASource(_why_not(tables[wrong], f"{name}/{wrong}"))
        self._add_tables(name, tables)

    def _add_tables(self, name: str, tables: Mapping[str, object]) -> None:
        source = SourceConfig(name=unique_name(name, self.taken), url="memory")
        opened = FrameConnector(tables, selection=self.selection)
        self._name(source, lambda: opened)

    def _name(self, source: SourceConfig, opener: Open | None) -> None:
        self.taken.add(source.name)
        chosen = {"include": self.selection.include, "exclude": self.selection.exclude}
        self.sources.append(source.model_copy(update=chosen))
        if opener:
            self.openers[source.name] = opener

    def finish(self) -> None:
        """Make one source of all tables that came by themselves."""
        if self.tables:
            self._add_tables(FRAMES, self.tables)


def take_given(sources: Any, taken: Iterable[str], selection: Selection) -> Given:
    """Return the sources behind what was handed in.

    Args:
        sources: A URL, path or glob; a table; an engine or connection; a sequence of these; or a mapping of
            names to these or to mappings of tables.
        taken: Names that other sources have.
        selection: Which of their tables are wanted.

    Raises:
        NotASource: Something in it cannot be read; the message says what to hand in instead.
    """
    given = Given(taken=set(taken), selection=selection)
    if _is_several(sources):
        for each in sources:
            given.add(each)
    elif sources is not None:
        given.add(sources)
    given.finish()
    return given


def _is_several(sources: Any) -> bool:
    """Return whether this is a sequence of sources, and not a table as a list of dictionaries."""
    return (
        isinstance(sources, Sequence) and not isinstance(sources, str) and not (sources and is_table(sources))
    )


def _why_not(value: object, name: str) -> str:
    refuse_other_handles(value)
    where = f"Source '{name}': " if name else ""
    return f"{where}{described(value)}"
