"""What a pack, a catalogue or a list says of columns, and the columns it is said of.

Every key that a pattern gives must fit; of the entries of one key, one is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from pydantic import BaseModel, ConfigDict, model_validator

from classifiers import pi_types
from scanner.grading.words import found_word, pattern, spell
from scanner.result import ColumnResult, TableResult


class Model(BaseModel):
    """A frozen part of a data file; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Model):
    """The same words in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Item:
    """A data item: one column where it stands, with the PI types it holds."""

    dataset: str
    table: TableResult
    column: ColumnResult

    @property
    def name(self) -> str:
        return f"{self.dataset}/{self.table.name}.{self.column.name}"

    @property
    def types(self) -> frozenset[str]:
        return frozenset(tag.type for tag in self.column.held)

    @property
    def spelled(self) -> str:
        return f"{spell(self.column.name)} | {spell(self.column.comment)}"

    @property
    def decimals(self) -> int | None:
        """Digits behind the point of its coordinates, if it holds any."""
        found = [tag.decimals for tag in self.column.tags if tag.decimals is not None]
        return max(found, default=None)


class Pattern(Model):
    """Which columns are meant.

    Attributes:
        datasets, tables, columns: Shell patterns on the names, upper and lower case alike.
        pi_types: PI types, one of which the column holds.
        words: Header words, one of which is in the column's name or comment.
        table_words: The same for the name or comment of the table.
        unless: Words in the column or table that say something else is meant.
    """

    datasets: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    pi_types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    table_words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Pattern:
        if not any((self.datasets, self.tables, self.columns, self.pi_types, self.words, self.table_words)):
            raise ValueError(
                "nothing says which columns are meant; give datasets, tables, columns, pi_types, words or "
                "table_words"
            )
        unknown = sorted(set(self.pi_types) - set(pi_types()))
        if unknown:
            raise ValueError(f"there is no PI type {unknown[0]!r}; `pandian types` lists them")
        return self

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str] | None, ...]:
        return pattern(self.words), pattern(self.table_words), pattern(self.unless)

    def evidence(self, item: Item) -> tuple[str, ...]:
        """Return what fits, a phrase for each key; nothing when the column is not meant."""
        words, table_words, unless = self._compiled
        about_table = f"{spell(item.table.name)} | {spell(item.table.comment)}"
        if found_word(unless, item.spelled) or found_word(unless, about_table):
            return ()
        found = {
            "dataset": _glob(self.datasets, item.dataset),
            "table": _glob(self.tables, item.table.name),
            "column": _glob(self.columns, item.column.name),
            "type": next((name for name in self.pi_types if name in item.types), ""),
            "word": found_word(words, item.spelled),
            "table word": found_word(table_words, about_table),
        }
        given = (self.datasets, self.tables, self.columns, self.pi_types, self.words, self.table_words)
        fits = dict(zip(found, given, strict=True))
        if any(fits[key] and not found[key] for key in found):
            return ()
        return tuple(f"{key} {what}" for key, what in found.items() if what)


def _glob(patterns: tuple[str, ...], name: str) -> str:
    return next((one for one in patterns if fnmatchcase(name.casefold(), one.casefold())), "")
