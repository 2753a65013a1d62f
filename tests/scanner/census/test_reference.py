"""The census against the rules of docs/counting.md, in small worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.census import Census
from scanner.identifiers import ADULT, MINOR_UNDER_18
from tests.scanner.census.rules_word_by_word import Interval, Row, reference, reference_of_minors, written


def census(tables: Mapping[str, Sequence[Row]], some: int = 0) -> Interval:
    held = Census()
    held.add([written(table, rows) for table, rows in tables.items()])
    counted = held.solve().count(some=some)
    return counted.lower, counted.estimate, counted.upper


VALUES = {kind: st.integers(1, 4) for kind in ("id_card", "passport", "user_account", "mobile", "email")}
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **VALUES,
            "bank_card": st.integers(1, 7),
            "device_id": st.integers(1, 3),
            "license_plate": st.integers(1, 5),
            "pseudonym": st.integers(1, 4),
            "pseudonymous_contact": st.integers(1, 4),
            "relative_of": st.integers(1, 2),
            "thing": st.integers(1, 4),
            "of_thing": st.integers(1, 4),
            "name": st.sampled_from(["王芳", "李伟", "fang wang"]),
            "born": st.integers(1, 2),
            "age": st.sampled_from([MINOR_UNDER_18, ADULT]),
        },
    ),
    max_size=7,
)
TABLES = st.dictionaries(st.sampled_from("abc"), ROWS, min_size=1)


# The phone joins a minor without a name to somebody of the name, who may be another person all the same.
AGE_BY_CONTACT: list[Row] = [
    {"mobile": 1, "age": MINOR_UNDER_18},
    {"mobile": 1, "name": "王芳"},
    {"passport": 1, "age": ADULT, "name": "王芳"},
]


# Two rows of a thing show the same person, though only one of them tells whose relative that is.
RELATIVE_OF_A_THING: list[Row] = [
    {"thing": 1, "mobile": 1, "bank_card": 1},
    {"thing": 1, "mobile": 1, "bank_card": 1, "relative_of": 1},
    {"of_thing": 1},
]


@settings(deadline=None, max_examples=200)
@given(TABLES)
@example({"a": RELATIVE_OF_A_THING})
@example({"a": AGE_BY_CONTACT})
def test_the_census_follows_the_rules(tables: Mapping[str, Sequence[Row]]) -> None:
    assert census(tables) == reference(tables)


@settings(deadline=None, max_examples=200)
@given(TABLES)
def test_the_census_of_minors_follows_the_rules(tables: Mapping[str, Sequence[Row]]) -> None:
    assert census(tables, MINOR_UNDER_18) == reference_of_minors(tables)


def collected(*tables: Mapping[str, Sequence[Row]]) -> Census:
    held = Census()
    for some in tables:
        held.add([written(table, rows) for table, rows in some.items()])
    return held


@settings(deadline=None, max_examples=50)
@given(TABLES, TABLES, TABLES)
def test_merging_is_associative(
    first: Mapping[str, Sequence[Row]],
    second: Mapping[str, Sequence[Row]],
    third: Mapping[str, Sequence[Row]],
) -> None:
    left, right = collected(first), collected(second)
    left.merge(collected(second))
    left.merge(collected(third))
    right.merge(collected(third))
    whole = collected(first)
    whole.merge(right)

    assert left.solve().count() == whole.solve().count() == collected(first, second, third).solve().count()


# Known people who keep to the assumptions: one name, birth date and ID number each, two accounts and three
# phones at most, one of which people of different names may share; the rows that show nothing else say whose
# they are, or whose relative: each is the relative of one ward.
PEOPLE = st.lists(st.sampled_from(["王芳", "李伟", "张敏"]), min_size=1, max_size=5)
SHOWN = st.fixed_dictionaries(
    {
        "person": st.integers(0, 4),
        "held": st.sets(st.sampled_from(["id_card", "user_account", "mobile", "pseudonym"]), min_size=1),
        "account": st.integers(0, 1),
        "phone": st.integers(0, 1),
        "named": st.booleans(),
        "shared": st.booleans(),
        "relative": st.booleans(),
    }
)


def row_of(people: Sequence[str], shown: Mapping[str, Any]) -> Row:
    """Return a row about one of the people, who is known by number."""
    who = shown["person"] % len(people)
    row: dict[str, Any] = {}
    if "id_card" in shown["held"]:
        row["id_card"] = who
    if "user_account" in shown["held"]:
        row["user_account"] = 2 * who + shown["account"]
    if "pseudonym" in shown["held"]:
        row["pseudonym"] = who
    shared = shown["shared"] and people.count(people[who]) == 1
    if "mobile" in shown["held"]:
        row["mobile"] = 100 if shared else 3 * who + shown["phone"]
    if shown["relative"]:
        row["relative_of"] = who
    if shown["named"] or (shared and not shown["relative"] and shown["held"] == {"mobile"}):
        row |= {"name": people[who], "born": who}
    return row


def shown(person: int, *held: str, named: bool = False, shared: bool = False) -> dict[str, Any]:
    """Return what a row shows; see ``SHOWN``."""
    row = {"person": person, "held": set(held), "account": 0, "phone": 0}
    return row | {"named": named, "shared": shared, "relative": False}


# The second person has the first one's phone, gives the number without a name, and the name elsewhere.
DOCUMENT_WITHOUT_A_NAME = [
    shown(0, "id_card", named=True),
    shown(0, "mobile", named=True, shared=True),
    shown(1, "id_card", "mobile", shared=True),
    shown(1, "user_account", named=True),
]


@settings(deadline=None, max_examples=200)
@given(PEOPLE, st.lists(SHOWN, max_size=10), st.lists(SHOWN, max_size=6))
@example(["王芳", "李伟"], DOCUMENT_WITHOUT_A_NAME, [])
def test_a_further_table_never_lowers_the_lower_bound(
    people: Sequence[str], rows: Sequence[Mapping[str, Any]], more: Sequence[Mapping[str, Any]]
) -> None:
    before = {"a": [row_of(people, shown) for shown in rows]}
    after = before | {"b": [row_of(people, shown) for shown in more]}
    known = len({shown["person"] % len(people) for shown in [*rows, *more]})

    assert census(before)[0] <= census(after)[0] <= known <= census(after)[2]
