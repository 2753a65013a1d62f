"""What names of tables tell of columns that refer to rows elsewhere: to persons, companies or things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors import Table
from scanner.stages.companies import lists_companies, references_to_companies
from scanner.stages.constraints import Place
from scanner.stages.issuers import Numbers, numbers_apart
from scanner.stages.named_keys import Keys, keys_of
from scanner.stages.things import Thing, references_to_things


@dataclass(frozen=True, slots=True)
class References:
    """What one table refers to.

    Attributes:
        keys: Columns that may be keys of persons.
        companies: Columns that refer to companies, and the table that lists those.
        lists_companies: Whether the table is such a one.
        things: Columns that refer to things, and to which.
        numbers: Columns with numbers that their headers tell from others of their kind.
    """

    keys: Keys
    companies: Mapping[str, str]
    lists_companies: bool
    things: Mapping[str, Thing]
    numbers: Numbers


def references_of(tables: Sequence[Table]) -> dict[Place, References]:
    """Return what the tables of one source refer to, by group and name of the table."""
    lists = [table for table in tables if lists_companies(table)]
    of_companies = {(table.group, table.name) for table in lists}
    companies, things = references_to_companies(tables, lists), references_to_things(tables)
    keys = keys_of(tables, lists)
    numbers = numbers_apart(tables, keys)
    return {
        place: References(
            held, companies.get(place, {}), place in of_companies, things.get(place, {}), numbers[place]
        )
        for place, held in keys.items()
    }
