from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.census import Census, Doubt, People
from scanner.census.kinds import HUB_PERSONS
from scanner.identifiers import ADULT, MINOR_UNDER_18, Records

Row = Mapping[str, int]
NOT_IDS = frozenset(("name", "age"))


def linked(**tables: Sequence[Row]) -> People:
    census = Census()
    census.add([_records(table, rows) for table, rows in tables.items()])
    return census.solve()


def _records(table: str, rows: Sequence[Row]) -> Records:
    def column(key: str, factor: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
        return np.array([row.get(key, 0) * factor for row in rows], np.uint64)

    return Records(
        table=table,
        slot="",
        ids=tuple((kind, column(kind, 3)) for kind in sorted({k for row in rows for k in row} - NOT_IDS)),
        names=column("name", 2),
        born_as=np.zeros(len(rows), np.uint64),
        flags=np.array([row.get("age", 0) for row in rows], np.uint32),
        present=np.ones(len(rows), np.bool_),
        key="k",
    )


def test_joins_are_counted_in_persons_by_kind() -> None:
    people = linked(
        a=[{"id_card": 1, "mobile": 1}, {"id_card": 2, "user_account": 2}],
        b=[{"id_card": 1}, {"mobile": 1}, {"user_account": 2, "bank_card": 1}],
    )

    assert people.reasons().joined == {"id_card": 1, "mobile": 1, "user_account": 1}


REFUSALS: list[tuple[str, list[Row]]] = [
    ("documents", [{"id_card": 1, "name": 1}, {"id_card": 2, "name": 2}]),
    ("names", [{"name": 1}, {"name": 2}]),
    ("ages", [{"user_account": 1, "age": MINOR_UNDER_18}, {"age": ADULT}]),
    ("accounts", [{"user_account": 1}, {"user_account": 2}]),
]


@pytest.mark.parametrize(("why", "rows"), REFUSALS, ids=[why for why, _ in REFUSALS])
def test_refused_joins_say_why(why: str, rows: list[Row]) -> None:
    people = linked(a=[{**row, "mobile": 7} for row in rows])

    assert people.count().estimate == 2
    assert people.reasons().refused == {("mobile", why): 1}
    assert people.reasons().joined == {}


def test_hubs_are_counted_by_kind() -> None:
    people = linked(a=[{"mobile": 1, "id_card": n + 1} for n in range(HUB_PERSONS)])

    assert people.reasons().hubs == {"mobile": 1}


def test_doubts_add_up_what_is_open_the_widest_first() -> None:
    people = linked(
        masked=[{} for _ in range(9)],
        calls=[{"mobile": 1}, {"mobile": 1}, {"mobile": 1}],
        till=[{"bank_card": n} for n in range(1, 11)],
        crm=[{"id_card": 1, "name": 1, "email": 1}],
        news=[{"email": 1}],
    )
    found = people.doubts(["calls", "crm", "masked", "news", "till"])

    assert [doubt for doubt in found if doubt.what != "unknown_ages"] == [
        Doubt("anonymous_rows", "masked", 9),
        Doubt("unnamed", "bank_card", 8),
        Doubt("shared_contacts", "calls", 2),
        Doubt("contact_links", "", 1),
        Doubt("unnamed", "mobile", 0),
    ]
    counted = people.count()
    assert counted.upper - counted.estimate == 9 + 2 + 1


def test_an_account_under_other_names_is_an_open_point_of_the_table_that_shows_them() -> None:
    """A phone that joins a row to an account is the other open point."""
    people = linked(
        customers=[{"user_account": n, "name": n, "mobile": n} for n in range(1, 5)],
        prospects=[{"user_account": n, "name": 10 + n} for n in range(1, 4)] * 2,
        calls=[{"mobile": 4, "name": 4}],
    )
    found = people.doubts(["calls", "customers", "prospects"])
    links = {(doubt.what, doubt.subject): doubt.persons for doubt in found if doubt.what.endswith("links")}

    assert sum(number for (what, _), number in links.items() if what == "account_links") == 3
    assert links["contact_links", ""] == 1
    assert people.count().upper - people.count().estimate == 3 + 1


def test_doubts_of_age_come_last_and_count_whom_the_table_shows_with_all_that_is_theirs() -> None:
    """A nameless phone may be two people's, one row each; whose age any row shows is in no doubt."""
    people = linked(
        masked=[{} for _ in range(9)],
        calls=[{"mobile": 1}, {"mobile": 1}],
        till=[{"bank_card": n, "mobile": n} for n in (1, 2, 3)],
        staff=[{"bank_card": 3, "age": ADULT}],
    )
    found = people.doubts(["calls", "masked", "staff", "till"])

    ages = [
        Doubt("unknown_ages", "masked", 9),
        Doubt("unknown_ages", "till", 4),
        Doubt("unknown_ages", "calls", 3),
    ]
    assert found[-3:] == ages
    assert people.count(some=MINOR_UNDER_18).upper == 9 + 4


ROWS = st.fixed_dictionaries(
    {},
    optional={key: st.integers(1, 4) for key in ("id_card", "user_account", "mobile", "name")}
    | {"age": st.just(ADULT)},
)
TABLES = st.dictionaries(st.sampled_from("abc"), st.lists(ROWS, min_size=1, max_size=6), min_size=1)


@given(TABLES, st.data())
def test_a_doubt_of_age_is_by_how_much_minors_narrow_if_everybody_in_the_table_is_of_age(
    tables: dict[str, list[Row]], data: st.DataObject
) -> None:
    answered = data.draw(st.sampled_from(sorted(tables)))
    asked = linked(**tables)
    told = linked(**{**tables, answered: [{**row, "age": ADULT} for row in tables[answered]]})
    doubts = {each.subject: each.persons for each in asked.doubts(tables) if each.what == "unknown_ages"}

    narrower = asked.count(some=MINOR_UNDER_18).upper - told.count(some=MINOR_UNDER_18).upper
    assert doubts.get(answered, 0) == narrower


def test_overlaps_are_persons_with_a_row_in_both() -> None:
    people = linked(
        a=[{"id_card": n} for n in range(1, 6)],
        b=[{"id_card": n, "user_account": n} for n in range(4, 9)],
        c=[{"user_account": 8}, {"user_account": 99}],
    )
    groups: dict[str, tuple[list[str], int]] = {name: ([name], 0) for name in "abc"}

    assert people.overlap(groups) == {("a", "b"): 2, ("a", "c"): 0, ("b", "c"): 1}
    assert people.overlap({"a": (["a"], 0)}) == {}
    assert people.overlap({"a": (["a"], 1), "b": (["b"], 0)}) == {("a", "b"): 0}
