"""Listing a source: to its end, or as far as it goes, with word of how far that is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors import Column, Table, Unread
from scanner.stages.listing import is_table, listing_of


class Source:
    """A source of so many tables, the list of which may break off."""

    def __init__(self, tables: int, *, breaks: bool = False) -> None:
        self.number, self.breaks = tables, breaks

    def tables(self) -> Iterator[Table | Unread]:
        for number in range(self.number):
            yield Table(name=f"t{number}", columns=(Column("id", "int64"),))
        if self.breaks:
            raise OSError("gone")


def test_it_says_how_far_the_list_is():
    said: list[str] = []

    listing = listing_of(Source(250), said.append)
    assert (len(listing.tables), listing.broken) == (250, None)
    assert said == ["listing tables: 100", "listing tables: 200"]


def test_what_was_listed_before_the_end_is_kept():
    listing = listing_of(Source(3, breaks=True), print)

    assert [table.name for table in listing.tables] == ["t0", "t1", "t2"]
    assert isinstance(listing.broken, OSError)


def test_a_display_that_fails_is_not_the_end_of_the_list():
    def tell(_doing: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        listing_of(Source(250), tell)


def test_a_column_that_cannot_be_read_is_no_table():
    assert is_table(Unread(table="t", reason="locked"))
    assert not is_table(Unread(table="t", reason="odd", column="c"))
