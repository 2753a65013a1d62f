"""What tables and columns are shown as where their names hold values of people, and what these values are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from classifiers import Catalogue
from classifiers.named_values import NamedValue, masked, values_in, values_in_columns
from connectors import Batch, Column, RowCount, Table
from scanner.digests import SubjectKey, digest

NAMES = "values_in_names"  # the table that holds them
_OF_TABLE = (
    f"Names or comments in it hold values of people: shown as value_ and a code, counted in '{NAMES}'."
)
_OF_NAMES = "Made of the names and comments of columns, tables, files and folders that hold values of people."


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as its source has it and as it is shown, with the same columns in the same order."""

    held: Table
    shown: Table

    def held_columns(self, shown: Sequence[str]) -> list[str]:
        """Return what the source calls these columns."""
        pairs = zip(self.shown.columns, self.held.columns, strict=True)
        names = {ours.name: theirs.name for ours, theirs in pairs}
        return [names[name] for name in shown]

    def rename(self, batch: Batch) -> Batch:
        """Return a batch of the source with the names that are shown."""
        pairs = zip(self.held.columns, self.shown.columns, strict=True)
        names = {theirs.name: ours.name for theirs, ours in pairs}
        return batch.rename_columns([names[name] for name in batch.schema.names])


@dataclass(slots=True)
class ShownNames:
    """Decides what names are shown as, and keeps the values in them by the group that is shown."""

    key: SubjectKey
    catalogue: Catalogue
    _rows: dict[str, dict[tuple[tuple[str, str], ...], None]] = field(default_factory=dict)

    def text(self, text: str, persons: Collection[str] = ()) -> str:
        """Return a name, a path or a message with a label for each value: the same for the same value."""
        return masked(text, self._values(text, persons), self._label)

    def _values(self, text: str, persons: Collection[str] = ()) -> list[NamedValue]:
        return self._of_people(text, values_in(text, self.catalogue.vocabulary, persons))

    def _of_people(self, text: str, values: Collection[NamedValue]) -> list[NamedValue]:
        """Return the values without those that a user lists as being about nobody."""
        return [value for value in values if not self._is_nobody(value.type, text[value.start : value.end])]

    def _is_nobody(self, kind: str, value: str) -> bool:
        if kind not in self.catalogue.nobody:
            return False
        return not self.catalogue.canonical(kind, pa.array([value], pa.string()))[0].is_valid

    def table(self, table: Table, persons: Collection[str] = ()) -> ShownTable:
        """Return a table as it is shown; ``persons`` are words that siblings tell to be names of people."""
        group = self.text(table.group, persons)
        for name in (table.group, table.name, table.comment):
            self._keep(group, name, self._values(name, persons))
        shown = replace(
            table,
            group=group,
            name=self.text(table.name, persons),
            comment=self.text(table.comment),
            columns=self._columns(group, table.columns),
        )
        noted = replace(shown, note=f"{self.text(shown.note)} {_OF_TABLE}".strip())
        return ShownTable(table, shown if shown == table else noted)

    def _columns(self, group: str, columns: Sequence[Column]) -> tuple[Column, ...]:
        values = values_in_columns([column.name for column in columns], self.catalogue.vocabulary)
        return tuple(self._column(group, *each) for each in zip(columns, values, strict=True))

    def _column(self, group: str, column: Column, in_name: Collection[NamedValue]) -> Column:
        values, in_comment = self._of_people(column.name, in_name), self._values(column.comment)
        if not values and not in_comment:
            return column
        self._keep(group, column.name, values)
        self._keep(group, column.comment, in_comment)
        name = masked(column.name, values, self._label)
        return replace(column, name=name, comment=masked(column.comment, in_comment, self._label))

    def _label(self, value: str) -> str:
        (keyed,) = digest("value in a name", pa.array([value], pa.large_string()), self.key).tolist()
        return f"value_{keyed >> 32:08x}"

    def _keep(self, group: str, name: str, values: Collection[NamedValue]) -> None:
        """Keep the values of a name as a row, each under its type; a second one of a type begins another."""
        rows: list[dict[str, str]] = []
        for value in values:
            row = next((row for row in rows if value.type not in row), None)
            if row is None:
                rows.append(row := {})
            row[value.type] = name[value.start : value.end]
        self._rows.setdefault(group, {}).update(dict.fromkeys(tuple(sorted(row.items())) for row in rows))

    def found(self) -> list[tuple[Table, Batch]]:
        """Return the values found so far, a table a group: a column for each type, a row for each name."""
        return [_table_of(group, _batch(rows)) for group, rows in sorted(self._rows.items()) if rows]


def _table_of(group: str, rows: Batch) -> tuple[Table, Batch]:
    columns = tuple(Column(name, "string") for name in rows.schema.names)
    counted = RowCount(rows.num_rows, exact=True)
    return Table(name=NAMES, group=group, columns=columns, rows=counted, note=_OF_NAMES), rows


def _batch(rows: Collection[tuple[tuple[str, str], ...]]) -> Batch:
    cells = [dict(row) for row in rows]
    kinds = sorted({kind for row in cells for kind in row})
    return pa.record_batch([pa.array([row.get(kind) for row in cells], pa.string()) for kind in kinds], kinds)
