"""What a user knows about columns and values beforehand: allow and deny lists of the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import Field

from classifiers import Catalogue, ColumnEvidence, Evidence, Tag, confirmed_tags, decide
from classifiers.catalogue import without_values
from scanner.pi_types.types_file import values_of
from scanner.user_files.documents import ConfigError, Model


class ColumnList(Model):
    """Columns, by shell patterns of their dataset, table and name, and what is known about them.

    Attributes:
        types: PI types; for ``never``, none means any type.
    """

    dataset: str = "*"
    table: str = "*"
    column: str = "*"
    types: tuple[str, ...] = ()
    reason: str = ""

    def names(self, dataset: str, table: str, column: str) -> bool:
        """Return whether the column is meant."""
        patterns = ((dataset, self.dataset), (table, self.table), (column, self.column))
        return all(fnmatchcase(name, pattern) for name, pattern in patterns)


class ValueList(Model):
    """A file of values, one a line, that are about nobody, although they look like these types."""

    file: str
    types: tuple[str, ...] = Field(min_length=1)
    reason: str = ""


class Lists(Model):
    """Allow and deny lists.

    Attributes:
        always: Columns that hold these types, whatever the classifier finds.
        never: Columns that do not hold these types.
        ignore_values: Values that are about nobody.
    """

    always: tuple[ColumnList, ...] = ()
    never: tuple[ColumnList, ...] = ()
    ignore_values: tuple[ValueList, ...] = ()


def check_lists(lists: Lists, catalogue: Catalogue, where: str) -> None:
    """Refuse lists that name unknown types or that say nothing.

    Raises:
        ConfigError: What, where and what to do.
    """
    entries: dict[str, Sequence[ColumnList | ValueList]] = {
        "always": lists.always,
        "never": lists.never,
        "ignore_values": lists.ignore_values,
    }
    named = (
        (f"{k}, entry {n}", t) for k, of in entries.items() for n, e in enumerate(of, 1) for t in e.types
    )
    unknown = next(((place, name) for place, name in named if name not in catalogue.types), None)
    if unknown is not None:
        raise ConfigError(
            f"{where}: lists.{unknown[0]}: there is no PI type '{unknown[1]}'. `pandian types` lists them."
        )
    empty = next((number for number, entry in enumerate(lists.always, 1) if not entry.types), None)
    if empty is not None:
        raise ConfigError(f"{where}: lists.always, entry {empty}: name the types that the columns hold.")


def take_no_notice(lists: Lists, catalogue: Catalogue) -> Catalogue:
    """Return the catalogue that leaves the values of ``ignore_values`` out of tags and of counts.

    Raises:
        ConfigError: A file cannot be read, or holds no value of a type it is for.
    """
    values: dict[str, list[str]] = {}
    for number, entry in enumerate(lists.ignore_values, 1):
        where = f"lists.ignore_values, entry {number}"
        read = values_of(Path(entry.file), f"{where}: the file of values")
        for name in entry.types:
            values.setdefault(name, []).extend(read)
    quiet = without_values(catalogue, values)
    useless = sorted(name for name, left in quiet.nobody.items() if len(left) == 0)
    if useless:
        raise ConfigError(
            f"lists.ignore_values: no line of the files is a value of the type '{useless[0]}'. "
            "Correct the file, or leave out the type."
        )
    return quiet


def decide_column(
    evidence: ColumnEvidence, place: tuple[str, str, str], lists: Lists, catalogue: Catalogue
) -> tuple[Tag, ...]:
    """Return the tags of a column as the lists would have it; ``place`` is dataset, table and column.

    A denied type makes room for the next best; it stays in the record as rejected, with the reason.
    """
    tags = decide(evidence, catalogue)
    denied = _denied(lists.never, place, catalogue)
    if denied.keys() & {tag.type for tag in tags}:
        left = decide(evidence.without(denied), catalogue)
        rejected = (tag.rejected(_listed("never", denied[tag.type])) for tag in tags if tag.type in denied)
        tags = (*left, *rejected)
    for entry in lists.always:
        if entry.names(*place):
            tags = _with_types(tags, entry)
    return tags


def _denied(
    never: Sequence[ColumnList], place: tuple[str, str, str], catalogue: Catalogue
) -> Mapping[str, str]:
    named = (entry for entry in never if entry.names(*place))
    return {name: entry.reason for entry in named for name in entry.types or catalogue.types}


def _with_types(tags: Sequence[Tag], entry: ColumnList) -> tuple[Tag, ...]:
    listed = confirmed_tags(tags, entry.types, _listed("always", entry.reason))
    return (*listed, *_others(tags, entry.types))


def _others(tags: Iterable[Tag], types: Sequence[str]) -> Iterable[Tag]:
    return (tag for tag in tags if tag.type not in types)


def _listed(key: str, reason: str) -> Evidence:
    return Evidence(kind="list", detail=f"{key}: {reason}" if reason else key)
