"""A database that is open: its tables, their samples, rows and parts, through any dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors._access import UNLIMITED, Access
from connectors._arrays import batch_of_rows
from connectors._checkup import Checkup, TableCheckup
from connectors._databases import checkup as checkups
from connectors._databases.constraints import Keys, declared_keys
from connectors._databases.failures import failure, is_transient
from connectors._databases.grouping import Grouping
from connectors._databases.increments import Increment, Rule, find_rules, increment_of
from connectors._databases.load import NotMeasurable, left_out, running
from connectors._databases.relations import APPLICATION_NAME, Clause, Dialect, Relation
from connectors._errors import SourceUnreachable, TableUnreadable, TransientFailure
from connectors._listed import listed
from connectors._model import Batch, Table, TablePart, Unread
from connectors._retry import Patience
from connectors._selection import EVERYTHING, Selection
from connectors._storage.stamps import stamp

_DESCRIBED_AT_ONCE = 200  # tables; the first ones are scanned before the last are described


class SqlConnector:
    """The tables and views of one database.

    Attributes:
        patience: With what may work when it is tried again.
        listed: How many tables there are; None before they are listed.
    """

    def __init__(  # noqa: PLR0913 -- what was opened, and what of it is wanted
        self,
        engine: sa.Engine,
        dialect: Dialect,
        location: str,
        selection: Selection = EVERYTHING,
        *,
        increments: Sequence[Increment] = (),
        files: Sequence[Path] = (),
        access: Access = UNLIMITED,
    ) -> None:
        """Take an open engine; ``files`` are those that the database is in, if it is in files."""
        self.location = location
        self.patience = Patience(retries=access.retries)
        self._access = access
        self.listed: int | None = None
        self._schemas: dict[str, str | None] = {}  # by group
        self._sizes: Mapping[tuple[str, str], int] | None = None
        self._increments = increments
        self._files = files
        self._rules: dict[tuple[str, str], dict[str, Rule]] = {}
        self._engine = engine
        self._dialect = dialect
        self._selection = selection
        self._relations: dict[tuple[str, str], Relation] = {}
        dbapi: Any = engine.dialect.loaded_dbapi
        # ValueError and OverflowError: what drivers raise for values that Python cannot hold.
        self._errors = (SQLAlchemyError, dbapi.Error, ValueError, OverflowError)

    def tables(self) -> Iterator[Table | Unread]:
        """Yield the tables, some at a time: between two of them a scan may take hours.

        No transaction is open meanwhile.
        """
        try:
            listed = self.patience.keep_trying(self._listed)
        except TableUnreadable as error:
            raise SourceUnreachable(str(error)) from None
        self.listed = sum(len(names) for _, _, names in listed)
        for group, schema, names in listed:
            for start in range(0, len(names), _DESCRIBED_AT_ONCE):
                yield from self._described(group, schema, names[start : start + _DESCRIBED_AT_ONCE])

    def _described(self, group: str, schema: str | None, names: list[str]) -> list[Table | Unread]:
        def described() -> list[Table | Unread]:
            with self._explaining(), self._engine.connect() as connection:
                found = list(self._dialect.relations(connection, schema, names))
                groups = {schema: group for group, schema in self._schemas.items()}
                keys = declared_keys(connection, schema, names, groups)
                return [self._table(group, relation, keys) for relation in found]

        try:
            return self.patience.keep_trying(described)
        except TableUnreadable as error:
            return [Unread(table=name, reason=str(error), group=group) for name in names]

    def running(self) -> int:
        """Return how many statements of others the server runs now.

        Raises:
            SourceUnreachable: It cannot be told.
            TableUnreadable: The server does not answer.
        """
        try:
            with self._explaining(), self._engine.connect() as connection:
                return running(connection, APPLICATION_NAME)
        except NotMeasurable as error:
            raise SourceUnreachable(f"{self.location}: max_load: {error}.") from None

    def checkup(self) -> Checkup:
        try:
            others = self.running()
        except SourceUnreachable:
            others = None
        with self._explaining(), self._engine.connect() as connection:
            return checkups.checkup(connection, others)

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        relation = self._find(table)
        with self._explaining(), self._engine.connect() as connection:
            if self._sizes is None:
                self._sizes = checkups.sizes(connection)
            schema = relation.schema or checkups.default_schema(connection)
            size = self._sizes.get((schema, relation.name))
            return checkups.table_checkup(connection, relation, rows, size)

    def remedy(self, unread: Unread) -> str:
        with self._explaining(), self._engine.connect() as connection:
            return checkups.remedy(connection, self._schemas.get(unread.group), unread)

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        relation = self._find(table)

        def drawn() -> Batch:
            with self._reading(table), self._engine.connect() as connection:
                found = self._dialect.sample(connection, relation, rows, seed)
            return batch_of_rows(relation.column_names, found)

        return self.patience.keep_trying(drawn)

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield every row. A column that may hold anything (SQLite) may change its type between batches."""
        return self._stream(table, columns, None)

    def _stream(self, table: Table, columns: Sequence[str], where: Clause | None) -> Iterator[Batch]:
        relation = self._find(table)
        with self._reading(table), self._engine.connect() as connection:
            yield from self._dialect.stream(connection, relation, columns, where)

    def grouping(self, table: Table, columns: Sequence[str]) -> Grouping | None:
        """Return what is saved by grouping equal rows on the server while ``columns`` are streamed.

        None where they are not grouped: it would save little, or the catalogue does not tell.
        """
        asked = getattr(self._dialect, "grouping", None)
        if asked is None:
            return None
        with self._reading(table), self._engine.connect() as connection:
            found: Grouping | None = asked(connection, self._find(table), columns)
        return found

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        relation = self._find(table)
        increment = increment_of(self._increments, table.group, table.name)
        if increment is None:
            return (TablePart(name="", fingerprint=stamp(*self._files) if self._files else ""),)
        missing = [name for name in increment.columns if name not in relation.column_names]
        if missing:
            raise TableUnreadable(
                f"{self.location}: table '{table.name}' has no column '{missing[0]}'; correct its entry in "
                "'increments' of the source."
            )

        def asked() -> list[Rule]:
            with self._reading(table), self._engine.connect() as connection:
                return find_rules(connection, relation, increment, kept)

        rules = self.patience.keep_trying(asked)
        self._rules[table.group, table.name] = {rule.part.name: rule for rule in rules}
        return tuple(rule.part for rule in rules)

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        rules = self._rules.get((table.group, table.name), {})
        return self._stream(table, columns, rules[part.name].where if part.name in rules else None)

    def _listed(self) -> list[tuple[str, str | None, list[str]]]:
        """Return group, schema and names; groups only where several schemas hold tables."""
        with self._explaining(), self._engine.connect() as connection:
            found = [
                (schema, self._names(connection, schema)) for schema in self._dialect.schemas(connection)
            ]
        filled = [(schema, names) for schema, names in found if names]
        several = len(filled) > 1
        listed = [(schema if several and schema else "", schema, names) for schema, names in filled]
        self._schemas = {group: schema for group, schema, _ in listed}
        return [
            (group, schema, [name for name in names if self._selection.takes(group, name)])
            for group, schema, names in listed
        ]

    def _names(self, connection: sa.Connection, schema: str | None) -> list[str]:
        allowed = self._access
        not_wanted = left_out(connection, schema, views=allowed.views, foreign_tables=allowed.foreign_tables)
        names = self._dialect.relation_names(connection, schema)
        return [name for name in names if name not in not_wanted]

    def _table(self, group: str, relation: Relation | Unread, keys: Mapping[str, Keys]) -> Table | Unread:
        if isinstance(relation, Unread):
            return replace(relation, group=group)
        self._relations[group, relation.name] = relation
        declared = keys.get(relation.name, Keys())
        return Table(
            name=relation.name,
            group=group,
            comment=relation.comment,
            columns=relation.columns,
            rows=relation.rows,
            note=f"{relation.note} {declared.note}".strip(),
            primary_key=declared.primary,
            foreign_keys=declared.foreign,
        )

    def _find(self, table: Table) -> Relation:
        return listed(self, self._relations, table)

    @contextmanager
    def _explaining(self, what: str = "") -> Iterator[None]:
        # The chain is cut: a driver's message may quote data or parameters.
        try:
            yield
        except self._errors as error:
            reason = failure(error)
            message = f"{self.location}: {what}{reason}."
            if is_transient(reason, timeouts=self.patience.retries.timeouts):
                raise TransientFailure(message, reason) from None
            raise TableUnreadable(message) from None

    def _reading(self, table: Table) -> AbstractContextManager[None]:
        return self._explaining(f"table '{table.name}': ")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._engine.dispose()
