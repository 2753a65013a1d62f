"""Counts of every scope, and the facts that the rules read from them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.assembly.derive import window_in_force, window_start
from scanner.census import Census
from scanner.config import FlowConfig, FlowTable
from scanner.counting import CATEGORIES, WINDOWS, Counts, flow_table_id
from scanner.identifiers import SubjectKey, identify, plan_table
from scanner.identifiers.windows import CERTAIN, POSSIBLE

KEY = SubjectKey(bytes(range(16)))
AS_OF = dt.date(2026, 11, 22)
CERTAINLY = CERTAIN["year_to_date"] | POSSIBLE["year_to_date"]
PERHAPS = POSSIBLE["year_to_date"]


def counted(tables, flags=None, categories=(), kind="id_card"):
    """Count the persons of tables of one column; ``flags`` are the window bits of each row of each table."""
    census = Census()
    for name, values in tables.items():
        plan = plan_table("crm", name, [("x", (kind,), categories)], {"x": ""})
        batch = pa.record_batch({"x": pa.array(values, pa.string())})
        bits = np.array((flags or {}).get(name, [0] * len(values)), np.uint32)
        census.add(identify(batch, plan, KEY, as_of=AS_OF, row_flags=bits))
    return Counts(census.solve())


def flow(*tables):
    return FlowConfig(name="eu", tables=tuple(FlowTable(dataset="crm", table=t) for t in tables))


def bounds(subjects, category="all", window="all_time"):
    (found,) = (c for c in subjects if (c.category, c.window) == (category, window))
    return found.lower, found.estimate, found.upper


@pytest.fixture(scope="module")
def ids(make_people):
    return [p.id_card for p in make_people(30)]


def test_without_people_there_are_no_counts():
    counts = Counts(None)

    assert counts.scope("organization", "", []) == counts.flow("eu", [flow("t")]) == ()
    assert counts.faces([]) is None


def test_a_scope_of_no_tables_holds_nobody(ids):
    counts = counted({"t": ids})

    assert {(c.lower, c.estimate, c.upper, c.method) for c in counts.scope("table", "x", ["crm/x"])} == {
        (0, 0, 0, "exact")
    }


def test_everybody_and_sensitive_are_always_there_and_categories_where_they_occur(ids):
    always = ["all", "sensitive", "minor_under_14", "minor_under_18"]

    plain = counted({"t": ids}).scope("table", "t", ["crm/t"])
    financial = counted({"t": ids}, categories=("financial", "sensitive")).scope("table", "t", ["crm/t"])

    assert [c.category for c in plain] == always
    assert [c.category for c in financial] == [*always[:2], "financial", *always[2:]]
    assert bounds(financial, "sensitive") == bounds(financial, "financial") == (30, 30, 30)


def test_people_without_an_age_may_be_minors(make_people):
    mobiles = [p.mobile for p in make_people(30)]
    subjects = counted({"t": mobiles}, kind="mobile").scope("table", "t", ["crm/t"])

    assert bounds(subjects, "minor_under_14") == (0, 0, 30)
    assert "age" in next(c for c in subjects if c.category == "minor_under_14").note


def test_every_window_has_everybody_sensitive_and_children(ids):
    subjects = counted({"t": ids}).flow("eu", [flow("t")])

    assert [c.window for c in subjects] == [window for window in WINDOWS for _ in range(3)]
    assert {c.scope for c in subjects} == {"flow"}


def test_rows_without_a_time_widen_the_upper_bound_only(ids):
    flags = {"t": [CERTAINLY] * 10 + [PERHAPS] * 5 + [0] * 15}

    subjects = counted({"t": ids}, flags).flow("eu", [flow("t")])

    assert bounds(subjects, window="year_to_date") == (10, 10, 15)
    assert "without a readable time" in next(c.note for c in subjects if c.window == "year_to_date")


def test_where_no_row_has_a_time_all_are_the_estimate(ids):
    subjects = counted({"t": ids}, {"t": [PERHAPS] * 30}).flow("eu", [flow("t")])

    assert bounds(subjects, window="year_to_date") == (0, 30, 30)


def test_a_flow_of_some_columns_has_rows_of_its_own():
    whole, some = (
        FlowTable(dataset="crm", table="t"),
        FlowTable(dataset="crm", table="t", columns=("mobile",)),
    )

    assert flow_table_id("eu", whole) == "crm/t"
    assert flow_table_id("eu", some) not in ("crm/t", flow_table_id("us", some))


def test_all_categories_have_a_bit():
    from scanner.identifiers import CATEGORY_BITS

    assert set(CATEGORIES) <= set(CATEGORY_BITS)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0, PERHAPS, CERTAINLY])), max_size=30),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0, PERHAPS, CERTAINLY])), max_size=30),
)
def test_bounds_are_ordered_and_a_union_lies_between_its_largest_part_and_the_sum(first, second):
    pool = [f"139{i * 7_919_317 % 10**8:08}" for i in range(1, 14)]
    tables = {"a": [pool[i] for i, _ in first], "b": [pool[i] for i, _ in second]}
    flags = {"a": [bits for _, bits in first], "b": [bits for _, bits in second]}
    counts = counted(tables, flags, kind="mobile")

    parts = [counts.flow(name, [flow(name)]) for name in "ab"]
    union = counts.flow("both", [flow("a"), flow("b")])

    for subjects in (*parts, union):
        assert all(0 <= c.lower <= c.estimate <= c.upper for c in subjects)
    for window in WINDOWS:
        a, b, both = (bounds(subjects, window=window) for subjects in (*parts, union))
        assert max(a[0], b[0]) <= both[0]
        assert both[2] <= a[2] + b[2]


@pytest.mark.parametrize(
    ("as_of", "window", "start"),
    [
        (dt.date(2026, 11, 22), "year_to_date", dt.date(2026, 1, 1)),
        (dt.date(2024, 3, 22), "year_to_date", dt.date(2024, 1, 1)),
        (dt.date(2024, 3, 21), "since_1_jan_previous_year", dt.date(2023, 1, 1)),
        (dt.date(2022, 9, 1), "since_1_jan_previous_year", dt.date(2021, 1, 1)),
        (dt.date(2022, 8, 31), "all_time", None),
    ],
)
def test_the_window_in_force(as_of, window, start):
    assert (window_in_force(as_of), window_start(as_of)) == (window, start)


def test_what_was_counted_ahead_is_not_counted_again(ids, monkeypatch):
    tables = {"t": ids[:9], "u": ids[10:20]}
    alone, ahead = (replace(counted(tables), marked=frozenset({"crm/t"})) for _ in range(2))
    scopes, flows = [["crm/t"], ["crm/u"], ["crm/t", "crm/u"]], [[flow("t")], [flow("t"), flow("u")]]

    def everything(counts):
        return (
            [counts.scope("dataset", "x", of) for of in scopes[:-1]],
            counts.scope("organization", "x", scopes[-1]),
            [counts.flow("x", of) for of in flows],
            counts.faces(scopes[-1]),
        )

    expected = everything(alone)
    ahead.prepare(scopes, flows)
    monkeypatch.setattr("scanner.census.walks.Walks.ask", None)
    assert everything(ahead) == expected
