from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.census import Census, Counted, Doubt, ForeignKeyError, People
from scanner.identifiers import ADULT, BLANK, CATEGORY_BITS, MINOR_UNDER_14, Records
from tests.scanner.census.people_by_rows import MINOR, WINDOW, Row, linked, records


def test_links_found_anywhere_hold_in_every_scope() -> None:
    people = linked(
        cards=[{"bank_card": 1}, {"bank_card": 2}], bind=[{"bank_card": n, "user_account": 1} for n in (1, 2)]
    )

    assert people.count(["cards"]).estimate == 1
    assert people.count(["cards", "bind"]).estimate == 1
    assert people.count(["elsewhere"]).rows == 0


def test_rows_are_chosen_by_their_flags() -> None:
    health = CATEGORY_BITS["health"]
    people = linked(
        a=[{"id_card": n, "flags": flags} for n, flags in enumerate([0, health, WINDOW, health | WINDOW])]
    )

    assert people.count(some=health).estimate == 2
    assert people.count(every=health | WINDOW).estimate == 1
    assert people.count(every=WINDOW, some=health).estimate == 1
    assert people.count(some=health | WINDOW).estimate == 3


@pytest.mark.parametrize(("names", "open_point"), [(20, []), (21, [Doubt("many_names", "a", 20)])])
def test_somebody_with_more_names_than_anybody_has_is_the_first_open_point(names, open_point) -> None:
    chain: list[Row] = [
        {"user_account": n, "bank_card": n + more, "name": f"王{n}"} for n in range(names) for more in (0, 1)
    ]
    people = linked(a=[*chain, *[{}] * 100], b=chain[:10])

    assert people.doubts(["a", "b"])[: len(open_point)] == open_point
    assert [doubt for doubt in people.doubts(["a", "b"]) if doubt.what == "many_names"] == open_point


def test_cars_tell_no_people_of_one_name_apart() -> None:
    names = ["王芳", "李伟", "张敏", "刘洋", "陈静", "杨军"]
    fines: list[Row] = [{"license_plate": n, "name": "王芳"} for n in range(1, 6)]

    people = linked(drivers=[{"id_card": n, "name": name} for n, name in enumerate(names, 1)], fines=fines)

    assert people.count().lower == len(names)


def test_blank_rows_count_where_most_rows_are_about_somebody() -> None:
    blank: Row = {"flags": BLANK}

    assert linked(a=[{"mobile": 1}, {"mobile": 2}, blank]).count().anonymous_rows == 1
    assert linked(a=[{"mobile": 1}, blank, blank]).count().anonymous_rows == 0


def test_digests_of_another_key_are_refused() -> None:
    census, other = Census(), Census()
    census.add([records("a", [{"id_card": 1}])])
    other.add([records("a", [{"id_card": 1}], key="other")])

    with pytest.raises(ForeignKeyError, match="'other'"):
        census.merge(other)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'shoe_size' is no kind"):
        Census().add([records("a", [{"shoe_size": 1}])])


def test_a_table_that_is_no_state_is_refused() -> None:
    with pytest.raises(ValueError, match="not the state"):
        Census.from_arrow(pa.table({"a": [1]}))


def test_the_state_of_an_empty_census_can_be_stored() -> None:
    assert Census.from_arrow(Census().to_arrow()).solve().count().rows == 0


KINDS = ("id_card", "passport", "user_account", "mobile", "email", "device_id")
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **{kind: st.integers(1, 5) for kind in KINDS},
            "name": st.sampled_from(["王芳", "李伟", "张敏", "fang wang"]),
            "flags": st.sampled_from([0, MINOR, ADULT, WINDOW, CATEGORY_BITS["health"]]),
        },
    ),
    max_size=14,
)
TABLES = st.fixed_dictionaries({"a": ROWS, "b": ROWS, "c": ROWS})
SCOPES: list[dict[str, int]] = [
    {},
    {"some": MINOR_UNDER_14},
    {"every": WINDOW},
    {"some": CATEGORY_BITS["health"] | MINOR},
]


def every_count(people: People) -> list[Counted]:
    tables: list[list[str] | None] = [None, ["a"], ["b"], ["a", "c"]]
    return [people.count(scope, **flags) for scope in tables for flags in SCOPES]


def collected(parts: Iterable[Records]) -> Census:
    census = Census()
    census.add(parts)
    return census


@settings(deadline=None)
@given(TABLES, st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_and_cutting_of_rows_change_nothing(
    tables: dict[str, list[Row]], random: object, size: int
) -> None:
    expected = every_count(collected(records(t, rows) for t, rows in tables.items()).solve())
    parts: list[Records] = []
    for table, rows in tables.items():
        shuffled = list(rows)
        random.shuffle(shuffled)
        parts += [records(table, shuffled[i : i + size]) for i in range(0, len(shuffled), size)]
    random.shuffle(parts)
    half = len(parts) // 2
    census = collected(parts[:half])
    census.merge(collected(parts[half:]))

    assert every_count(census.solve()) == expected
    assert every_count(Census.from_arrow(census.to_arrow()).solve()) == expected


@settings(deadline=None)
@given(TABLES)
def test_intervals_are_in_order_and_within_the_rows(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    assert bool(people.count().estimate) == bool(people.count().lower)
    for counted in every_count(people):
        assert 0 <= counted.lower <= counted.estimate <= counted.upper
        assert counted.estimate <= counted.rows
        assert counted.anonymous_rows <= counted.upper


@settings(deadline=None)
@given(TABLES)
def test_a_union_is_between_the_largest_and_the_sum(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    a, b, both = (people.count(scope) for scope in (["a"], ["b"], ["a", "b"]))

    assert max(a.estimate, b.estimate) <= both.estimate <= a.estimate + b.estimate
    assert both.lower >= max(a.lower, b.lower)
    assert both.upper <= a.upper + b.upper
    assert both.anonymous_rows == a.anonymous_rows + b.anonymous_rows


@settings(deadline=None)
@given(TABLES, st.integers(1, 9))
def test_anonymous_rows_change_the_upper_bound_only(tables: dict[str, list[Row]], more: int) -> None:
    before = linked(**tables).count()
    after = linked(**tables, d=[{}] * more).count()

    assert (after.lower, after.estimate) == (before.lower, before.estimate)
    assert after.upper == before.upper + more
    assert after.anonymous_rows == before.anonymous_rows + more


@settings(deadline=None)
@given(TABLES)
def test_k_resident_ids_are_at_least_k_persons(tables: dict[str, list[Row]]) -> None:
    people = linked(**tables)
    rows = [row for part in tables.values() for row in part]
    cards = {row["id_card"] for row in rows if "id_card" in row}

    assert people.count().estimate >= people.count().lower >= len(cards)


@settings(deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(("id_card", "user_account", "mobile")), min_size=1), max_size=30),
    st.integers(1, 9),
)
def test_persons_with_their_own_identifiers_are_counted_exactly(seen: list[set[str]], persons: int) -> None:
    rows = [dict.fromkeys(sorted({"user_account", *kinds}), n % persons) for n, kinds in enumerate(seen)]

    assert linked(a=rows).count().estimate == min(len(seen), persons)
