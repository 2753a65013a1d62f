"""Columns that refer to rows of a table about things, such as visits: a number of one is nobody's number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classifiers import Evidence, Tag
from connectors import Column, Table
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.constraints import Constraints, Place, place_of
from scanner.stages.databases import numbering
from scanner.stages.named_keys import numbers_rows, own_keys, persons_in
from scanner.stages.person_words import plain_name, reference, said
from scanner.stages.second_persons import header_words

_BEGIN = 2  # characters with which a comment begins
_ID = frozenset({"id", "uuid", "guid"})
_ACCOUNTS = frozenset("account acct wallet card 账户 账号 帐户 帐号 钱包 卡".split())  # somebody has one


def references_to_things(tables: Sequence[Table]) -> Mapping[Place, Mapping[str, str]]:
    """Return the columns in the tables of one source that refer to things, and the table that lists those."""
    constraints, things = Constraints(tables), _Things(tables)
    found: dict[Place, dict[str, str]] = {}
    for table in tables:
        for column in table.columns:
            if reference(column.name, column.comment):
                continue  # to a person, whatever the table is called
            end = constraints.end(place_of(table), column.name)
            thing = things.at(*end) if end else things.of(table, column)
            if thing:
                found.setdefault(place_of(table), {})[column.name] = thing
    return found


def without_things(
    tags: Mapping[str, tuple[Tag, ...]], columns: Mapping[str, str]
) -> dict[str, tuple[Tag, ...]]:
    """Return tags of which those are rejected that take a number of things for one of persons.

    Args:
        tags: What the columns of a table hold.
        columns: Those that refer to things, and the table that lists these.

    """
    return {
        column: tuple(_judged(tag, columns[column]) for tag in held) if column in columns else held
        for column, held in tags.items()
    }


def _judged(tag: Tag, table: str) -> Tag:
    if tag.decision != "auto" or tag.type not in ISSUER_KINDS:
        return tag
    return tag.rejected(Evidence(kind="header", detail=f"refers to rows of {table}"))


class _Things:
    """Tables whose rows are numbered, and are neither persons nor what one has, such as an account."""

    def __init__(self, tables: Sequence[Table]) -> None:
        of_things = [table for table in tables if own_keys(table) and not persons_in(table)]
        of_things = [table for table in of_things if not _is_account(table)]
        self._places = set(map(place_of, of_things))
        self._by_name = {
            (numbering(table.group), plain_name(table.name).removesuffix("s")): table.name
            for table in of_things
        }
        self._by_comment: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for table in of_things:
            words = said(table.comment)
            alike = self._by_comment.setdefault((numbering(table.group), words[:_BEGIN]), [])
            alike.append((words, table.name))

    def at(self, place: Place, column: str) -> str:
        """Return the table to which a foreign key leads, if it numbers things there; empty: it does not."""
        return place[1] if place in self._places and numbers_rows(column) else ""

    def of(self, table: Table, column: Column) -> str:
        """Return another table to which a column refers by its header or comment; empty: none."""
        group = numbering(table.group)
        *before, last = header_words(column.name) or ("",)
        named = self._by_name.get((group, "_".join(before)), "") if last in _ID else ""
        words = said(column.comment)
        stem = words[:-2] if words[-2:].lower() == "id" else ""
        if not named and len(stem) >= _BEGIN:
            begun = self._by_comment.get((group, stem[:_BEGIN]), ())
            named = next((name for words, name in begun if words.startswith(stem)), "")
        return named if named != table.name else ""


def _is_account(table: Table) -> bool:
    last = plain_name(table.name).rpartition("_")[2].removesuffix("s")
    return last in _ACCOUNTS or any(word in said(table.comment) for word in _ACCOUNTS)
