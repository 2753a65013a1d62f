"""Which columns are new, vanished, or only not looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.changes import diff


def told(changes):
    return [(c.kind, f"{c.table}.{c.column}", c.why) for c in (*changes.columns, *changes.not_compared)]


def test_a_scan_does_not_differ_from_itself(base):
    changes = diff(base, base)

    assert changes.nothing
    assert not changes.settings


def test_new_and_vanished_columns_and_tables(scanned, base):
    after = scanned({"customer": (["mobile", "email", "note"], 40), "guest": (["bank_card"], 40)})

    assert told(diff(base, after)) == [
        ("new", "customer.email", "column_new"),
        ("vanished", "customer.id_card", "column_gone"),
        ("new", "guest.bank_card", "table_new"),
        ("vanished", "member.mobile", "table_gone"),
    ]
    assert [(c.before, c.after, c.sensitive) for c in diff(base, after).columns[1:3]] == [
        (("id_card",), (), False),
        ((), ("bank_card",), True),
    ]


def test_backwards_new_and_vanished_change_places(scanned, base):
    after = scanned({"customer": (["mobile", "email", "note"], 40)})
    swapped = {"new": "vanished", "vanished": "new"}
    there = {(c.kind, c.table, c.column) for c in diff(base, after).columns}

    assert {(swapped[c.kind], c.table, c.column) for c in diff(after, base).columns} == there


def columns_of(result, table, change):
    """Return a result with ``change`` applied to each column of a table."""
    (dataset,) = result.datasets
    tables = tuple(
        replace(t, columns=tuple(map(change, t.columns))) if t.name == table else t for t in dataset.tables
    )
    return replace(result, datasets=(replace(dataset, tables=tables),))


def test_a_column_of_another_type_is_retyped(base):
    other = columns_of(base, "member", lambda c: replace(c, tags=(replace(c.tags[0], type="landline"),)))

    (change,) = diff(base, other).columns

    assert (change.kind, change.before, change.after) == ("retyped", ("mobile",), ("landline",))


def test_a_type_that_a_standard_makes_sensitive_is_no_new_column(base):
    other = columns_of(base, "member", lambda c: replace(c, tags=(replace(c.tags[0], sensitive=True),)))

    (change,) = diff(base, other).columns

    assert (change.kind, change.sensitive) == ("sensitivity", True)


def test_a_tag_that_a_reviewer_rejected_makes_its_column_vanish(base):
    rejected = columns_of(
        base, "member", lambda c: replace(c, tags=(replace(c.tags[0], decision="rejected"),))
    )

    assert told(diff(base, rejected)) == [("vanished", "member.mobile", "not_found")]
    assert told(diff(rejected, base)) == [("new", "member.mobile", "found")]


@pytest.mark.parametrize(
    ("missing", "columns"),
    [
        ({"table": "customer"}, ["customer.id_card", "customer.mobile"]),
        ({"table": "customer", "listed": False}, ["customer.id_card", "customer.mobile"]),
        ({"table": "customer", "column": "id_card"}, ["customer.id_card"]),
        ({}, ["customer.id_card", "customer.mobile", "member.mobile"]),
    ],
)
def test_what_was_not_read_has_neither_vanished_nor_come(missing, columns, base, without):
    unread = without(base, **missing)

    assert told(diff(base, unread)) == [("not_compared", name, "unread_after") for name in columns]
    assert told(diff(unread, base)) == [("not_compared", name, "unread_before") for name in columns]


def test_coverage_says_what_was_not_read_and_why(base, without):
    unread = without(base, "customer")

    (change,) = diff(base, unread).coverage

    assert (change.table, change.before, change.after) == ("customer", "", "permission denied")
    assert diff(base, unread).coverage_changed
    assert not diff(unread, unread).coverage_changed


def test_a_source_that_the_other_scan_did_not_have_is_outside_of_it(base):
    elsewhere = replace(base, datasets=tuple(replace(d, name="hr", source="hr") for d in base.datasets))

    whys = {(c.dataset, c.why) for c in diff(base, elsewhere).not_compared}

    assert whys == {("frames", "outside_after"), ("hr", "outside_before")}
    assert diff(base, elsewhere).columns == ()


def test_a_dataset_of_a_source_that_was_read_has_vanished(base):
    (dataset,) = base.datasets
    two = replace(base, datasets=(dataset, replace(dataset, name="frames/old")))

    assert {c.why for c in diff(two, base).columns} == {"table_gone"}
