"""Databases of which ``traits`` says what differs: as ``generic``, and a sample all over large tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from connectors._databases.relations import Clause, NotByArrow, Relation, Rows, undone
from connectors._model import Batch, RowCount, Unread
from connectors.dialects import generic
from connectors.dialects.arrow_cursors import arrow_batches
from connectors.dialects.traits import Traits

_SMALL = 100_000  # rows; up to here all are drawn from
_SPREAD = 8  # rows read per row wanted: blocks come as a whole, and few blocks are no sample
_LEAST_READ = 20_000  # rows
_UNREPEATABLE = "The sample cannot be drawn again: the database's TABLESAMPLE takes no seed."


@dataclass(frozen=True, slots=True)
class Described:
    """A dialect made of traits."""

    traits: Traits

    def open_engine(self, url: sa.URL) -> sa.Engine:
        engine = generic.open_engine(url)
        escape_quotes(engine.dialect)
        sa.event.listen(engine, "connect", self._prepare)
        if self.traits.transaction:
            sa.event.listen(engine, "begin", self._begin)
        return engine

    def _prepare(self, connection: Any, _record: object) -> None:
        for name, value in self.traits.attributes.items():
            if hasattr(connection, name):
                setattr(connection, name, value)
        cursor = connection.cursor()
        for statement in self.traits.session:
            cursor.execute(statement)
        cursor.close()

    def _begin(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(self.traits.transaction)

    def schemas(self, connection: sa.Connection) -> Sequence[str | None]:
        return generic.schemas(connection)

    def relation_names(self, connection: sa.Connection, schema: str | None) -> Sequence[str]:
        return generic.relation_names(connection, schema)

    def relations(
        self, connection: sa.Connection, schema: str | None, names: Sequence[str]
    ) -> Iterator[Relation | Unread]:
        for relation in generic.relations(connection, schema, names):
            if isinstance(relation, Unread) or relation.is_view:
                yield relation
            else:
                yield self._counted(connection, relation)

    def _counted(self, connection: sa.Connection, relation: Relation) -> Relation:
        count = self._rows(connection, relation)
        note = "" if self.traits.is_repeatable else _UNREPEATABLE
        sampled = count is not None and self.traits.sample and count.value > _SMALL
        whole = count is not None and count.value <= _SMALL
        return replace(relation, rows=count, note=note if sampled else "" if whole else relation.note)

    def _rows(self, connection: sa.Connection, relation: Relation) -> RowCount | None:
        """Ask the catalogue; where it does not say, or may not be asked, nothing is counted."""
        if not self.traits.estimate:
            return None
        try:
            with undone(connection):
                statement = self.estimate_statement(connection.dialect, relation)
                rows = connection.execute(statement).mappings().all()
        except (SQLAlchemyError, NotImplementedError):
            return None
        return _count(rows[-1]) if rows else None

    def estimate_statement(self, dialect: sa.Dialect, relation: Relation) -> sa.TextClause:
        """Return the query of the catalogue for the number of rows."""
        quote = dialect.identifier_preparer.quote
        schema = quote(relation.quoted(relation.schema)) if relation.schema else ""
        table = ".".join(filter(None, (schema, quote(relation.quoted(relation.name)))))
        text = self.traits.estimate.replace("{table}", _literal(table)).replace("{schema}", _literal(schema))
        folded = [_folded(dialect, name) for name in (relation.schema, relation.name)]
        bound = {
            name: value for name, value in zip(("schema", "name"), folded, strict=True) if f":{name}" in text
        }
        return sa.text(text).bindparams(**bound)

    def sample_clause(self, relation: Relation, rows: int, seed: int) -> str | None:
        """Return what reads blocks from all over a large table; None where that cannot be said.

        Empty where all rows are read.
        """
        if relation.is_view or relation.rows is None or not self.traits.sample:
            return None
        percent = 100.0 * max(rows * _SPREAD, _LEAST_READ) / max(1, relation.rows.value)
        if relation.rows.value <= _SMALL or percent >= 100:
            return ""
        return self.traits.sample.format(percent=f"{percent:.6f}", seed=seed % 2**31)

    def sample_statement(self, relation: Relation, rows: int, seed: int) -> sa.Select[Any] | None:
        """Return the statement of a sample; None where the clause cannot be said."""
        clause = self.sample_clause(relation, rows, seed)
        if clause is None:
            return None
        statement = relation.select(relation.column_names)
        # The clause stands at the end of the statement, which is behind the table's name.
        return statement.suffix_with(sa.text(clause)) if clause else statement

    def sample(self, connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
        statement = self.sample_statement(relation, rows, seed)
        if statement is None:
            return generic.sample(connection, relation, rows, seed)
        found = generic.by_reservoir(generic.fetch(connection, statement), rows, seed)
        total = relation.rows.value if relation.rows else 0
        return (
            found if len(found) >= min(rows, total // 2) else generic.sample(connection, relation, rows, seed)
        )

    def stream(
        self, connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
    ) -> Iterator[Batch]:
        with suppress(NotByArrow):
            yield from arrow_batches(connection, relation, names, where)
            return
        yield from generic.stream(connection, relation, names, where)


def escape_quotes(dialect: sa.Dialect) -> None:
    """Make a dialect escape the sign that it quotes names with; some escape another one (Hive, BigQuery)."""
    preparer: Any = dialect.identifier_preparer
    if preparer.initial_quote == preparer.final_quote != preparer.escape_quote:
        preparer.escape_quote = preparer.final_quote
        preparer.escape_to_quote = 2 * preparer.final_quote


def _count(row: Any) -> RowCount | None:
    value = row.get("row_count", list(row.values())[-1])
    try:
        number = int(float(value))
    except (TypeError, ValueError):
        return None
    return RowCount(number, exact=False) if number >= 0 else None


def _literal(text: str) -> str:
    """Return text in which a statement sees no parameter."""
    return text.replace(":", "\\:")


def _folded(dialect: sa.Dialect, name: str | None) -> str | None:
    """Return a name as the catalogue has it: some databases keep theirs in capitals."""
    fold: Any = getattr(dialect, "denormalize_name", None)
    return fold(name) if name and dialect.requires_name_normalize and fold else name
